import { readHappening } from "../../domain/history/read-record.ts";
import { plainOfMarkdown } from "../../domain/escape/plain-of-markdown.ts";
import { plainOfSlack } from "../../domain/escape/plain-of-slack.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/case.ts";
import { happened } from "../../domain/wording/cockpit/happenings.ts";
import type { CaseHappening } from "../../store/case-history.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { clockTime } from "../view/moment.ts";
import { octicon } from "../view/octicon.ts";
import { panel } from "../view/panel.ts";
import { pill } from "../view/pill.ts";
import type { CaseView } from "./case-view.ts";

const TEXT_LENGTH = 500;
const ANSWER_LENGTH = 200;
const HOUR = 3_600_000;

/** Everything said and done, newest first: what was decided, and what was said of it where, and whether it got there. */
export function historyPanel(view: CaseView): Html {
  const rows = view.history.flatMap((one) => happeningRow(view, one));
  const body =
    rows.length === 0
      ? html`<p class="hp-panel-body hp-muted">${wording.historyEmpty()}</p>`
      : html`<ol class="hp-rows hp-log">
          ${rows}
        </ol>`;
  return panel({ id: "history", title: wording.historyTitle(), body });
}

function happeningRow(view: CaseView, one: CaseHappening): readonly Html[] {
  const { now } = view;
  if (one.kind === "done") {
    const said = readDone(view, one);
    if (said === null) return [];
    return [
      html`<li>
        <span class="hp-log-at hp-small hp-muted">${clockTime(one.at, now)}</span>
        <div>
          <p>${said.what}</p>
          ${said.because === null ? NOTHING : html`<p class="hp-small hp-muted">${visibleText(said.because, TEXT_LENGTH)}</p>`}
        </div>
      </li>`,
    ];
  }
  const lines = linesOf(view, one).map((line) => visibleText(line, TEXT_LENGTH));
  return [
    html`<li>
      <span class="hp-log-at hp-small hp-muted">${clockTime(one.at, now)}</span>
      <div>
        <p class="hp-small hp-muted">
          ${octicon(one.kind === "slack" ? "megaphone" : "comment")}
          ${one.kind === "slack" ? visibleText(wording.saidInSlack(one.to), TEXT_LENGTH) : wording.saidOnIssue()}
          ${one.state === "done" ? NOTHING : pill(wording.saidState(one.state), one.state === "waiting" ? "muted" : "danger")}
        </p>
        <div class="hp-said">${lines.map((line) => html`<p>${line}</p>`)}</div>
        ${
          one.answer === null || one.state === "done"
            ? NOTHING
            : html`<p class="hp-small hp-danger">${visibleText(one.answer, ANSWER_LENGTH)}</p>`
        }
      </div>
    </li>`,
  ];
}

/** A line that is nothing but links, to this page among others, says nothing without them. */
const LINKS_ALONE = /^(?:[A-Z][\w ]*: )?<[^>]*>(?:(?: · |, )<[^>]*>)*$/;

function linesOf(
  { policy }: CaseView,
  one: Extract<CaseHappening, { readonly text: string }>,
): readonly string[] {
  if (one.kind !== "slack") return [plainOfMarkdown(one.text)];
  const people = [...(policy?.notify.slack?.people ?? [])];
  const loginOf = (id: string): string | null => people.find(([, known]) => known === id)?.[0] ?? null;
  const lines = one.text.split("\n").filter((line) => line.trim() !== "" && !LINKS_ALONE.test(line.trim()));
  return lines.map((line) => plainOfSlack(line, loginOf));
}

/** null: the record tells of nothing that a history shows. */
function readDone(
  { shown, policy }: CaseView,
  { at, record }: Extract<CaseHappening, { kind: "done" }>,
): { readonly what: string; readonly because: string | null } | null {
  const { id, name, firstRed } = shown.case;
  const redSince = firstRed.at;
  const named: readonly { readonly id: number; readonly name: string }[] = [{ id, name }, ...shown.others];
  const cases = new Map(named.map((one) => [one.id, { name: one.name, redSince }]));
  const happening = readHappening({ key: "", at, record }, { cases, lasted: new Map() });
  if (happening === null) return null;
  return { what: happened(happening, policy?.deferred.hour ?? HOUR), because: happening.because };
}
