import { dueAt } from "../../domain/compliance/case.ts";
import type { GateFacts } from "../../domain/gate/gate.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/repository.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { moment } from "../view/moment.ts";
import type { RepositoryView } from "./repository-view.ts";

/** What the clock alone will do to this answer, and when: a check that halts, an override that ends. */
export function nextChange({ gate, now }: Pick<RepositoryView, "gate" | "now">): Html {
  const { changesAt } = gate.answer;
  if (changesAt === null) return NOTHING;
  const isThen = (at: Date | null): boolean => at?.getTime() === changesAt.getTime();
  const { before, after } = whatChanges(gate.facts, isThen);
  return html`<p class="hp-gate-next">${before} ${moment(changesAt, now)}${after}</p>`;
}

function whatChanges(
  { cases, overrides, rollbacks }: Pick<GateFacts, "cases" | "overrides" | "rollbacks">,
  isThen: (at: Date | null) => boolean,
): wording.AroundMoment {
  const due = cases.filter((one) => isThen(dueAt(one))).map(({ name }) => visibleText(name, 80));
  if (due.length > 0) return wording.checksHalt(due);
  if (overrides.some(({ endsAt }) => isThen(endsAt))) return wording.overrideEnds();
  return rollbacks.some(({ endsAt }) => isThen(endsAt)) ? wording.rollbackEnds() : wording.answerChanges();
}
