import { dueAt } from "../../domain/compliance/case.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { moment } from "../view/moment.ts";
import type { RepositoryView } from "./repository-view.ts";

/** The check that halts deploys next, and when. What is lifted for a time says until when in its own row. */
export function nextChange({ gate, now }: Pick<RepositoryView, "gate" | "now">): Html {
  const { changesAt } = gate.answer;
  if (changesAt === null) return NOTHING;
  const isThen = (at: Date | null): boolean => at?.getTime() === changesAt.getTime();
  const due = gate.facts.cases.filter((one) => isThen(dueAt(one))).map(({ name }) => visibleText(name, 80));
  if (due.length === 0) return NOTHING;
  const { before, after } = wording.checksHalt(due);
  return html`<p class="hp-gate-next">${before} ${moment(changesAt, now)}${after}</p>`;
}
