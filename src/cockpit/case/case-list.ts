import { casePath, repositoryPath } from "../../domain/cockpit-paths.ts";
import { lookOfCase } from "../../domain/compliance/case-look.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import type { Override } from "../../domain/gate/override.ts";
import * as wording from "../../domain/wording/cockpit/cases.ts";
import { lasting } from "../../domain/wording/cockpit/moments.ts";
import type { CaseList, ListedCase } from "../../store/shown-case.ts";
import type { VisibleRepository } from "../person.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { clockTime } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import { pill } from "../view/pill.ts";
import { clockLine } from "./case-moments.ts";
import { smallCaseSign, toneOfCase } from "./case-sign.ts";
import { clockBar } from "./clock-bar.ts";
import { trackPicture } from "./track-picture.ts";

const NAME_LENGTH = 100;
/** What fits on a phone. */
const RUNS = 16;

export interface CaseListGiven {
  readonly repository: VisibleRepository;
  readonly list: CaseList;
  /** In force. */
  readonly overrides: readonly Override[];
  /** The ended case after which this page begins; null: the first page. */
  readonly before: number | null;
  readonly now: Date;
}

/** Open cases, what halts first, then those that have ended. */
export function caseList(given: CaseListGiven): Html {
  const { list, before } = given;
  return html`<div class="hp-stack">
    <div class="hp-page-head">
      <h1>${wording.casesTitle()}</h1>
      <p class="hp-muted">${wording.casesWhat()}</p>
    </div>
    ${before === null ? openPanel(given) : NOTHING}
    ${panel({
      id: "ended",
      title: wording.endedCasesTitle(),
      aside: wording.endedInAll(list.endedInAll),
      body: endedRows(given),
    })}
    ${pages(given)}
  </div>`;
}

function openPanel(given: CaseListGiven): Html {
  const { open } = given.list;
  const body =
    open.length === 0
      ? blank({ title: wording.noOpenCase(), body: wording.noOpenCaseWhy(), icon: "check-circle" })
      : html`<ul class="hp-rows">
          ${open.map((one) => openRow(given, one))}
        </ul>`;
  return panel({ id: "open", title: wording.openCasesTitle(), aside: String(open.length), body });
}

function openRow({ repository, overrides, now }: CaseListGiven, { case: one, track }: ListedCase): Html {
  const look = lookOfCase(one, overrides, now);
  return html`<li class="hp-case-row" data-row>
    <div class="hp-case-say">
      <p class="hp-check-name hp-${toneOfCase(look.state)}">
        ${smallCaseSign(look.state)}
        <a href="${casePath(repository.facts, one.id)}">${visibleText(one.name, NAME_LENGTH)}</a>
      </p>
      <p class="hp-small hp-muted">${clockLine(look, now)}</p>
      ${clockBar(one, look, now)}
    </div>
    ${track === null ? NOTHING : trackPicture(track.commits, RUNS)}
  </li>`;
}

function endedRows({ repository, list, now }: CaseListGiven): Html {
  if (list.ended.length === 0) return html`<p class="hp-panel-body hp-muted">${wording.noEndedCase()}</p>`;
  const rows = list.ended.map(({ case: one, track }) => {
    const { id, name, firstRed, expiredAt, end } = one;
    if (end === null) return NOTHING;
    const lasted = wording.lastedFor(lasting(end.at.getTime() - firstRed.at.getTime()));
    return html`<li class="hp-case-row" data-row>
      <div class="hp-case-say">
        <p class="hp-check-name">
          ${smallCaseSign("ended")}
          <a href="${casePath(repository.facts, id)}">${visibleText(name, NAME_LENGTH)}</a>
          ${expiredAt === null ? NOTHING : pill(wording.hadExpired(), "danger")}
        </p>
        <p class="hp-small hp-muted">${wording.endedAs(end.as)} ${clockTime(end.at, now)} · ${lasted}</p>
      </div>
      ${track === null ? NOTHING : trackPicture(track.commits, RUNS)}
    </li>`;
  });
  return html`<ul class="hp-rows">
    ${rows}
  </ul>`;
}

function pages({ repository, list, before }: CaseListGiven): Html {
  const path = `${repositoryPath(repository.facts)}/cases`;
  const last = list.ended.at(-1)?.case.id;
  return html`<nav class="hp-actions" aria-label="${wording.casesTitle()}">
    ${before === null ? NOTHING : linkButton(wording.newestCases(), path)}
    ${list.more && last !== undefined ? linkButton(wording.olderCases(), `${path}?before=${last}`) : NOTHING}
  </nav>`;
}
