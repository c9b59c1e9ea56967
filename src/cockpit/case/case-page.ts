import { casePath } from "../../domain/cockpit-paths.ts";
import { type CaseLook } from "../../domain/compliance/case-look.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { timeSpan } from "../../domain/time-span.ts";
import * as wording from "../../domain/wording/cockpit/case.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { issueLink, outsideElement } from "../view/links.ts";
import { clockTime, moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import { requestNotice } from "../view/request-notice.ts";
import { caseForms } from "./case-forms.ts";
import { historyPanel } from "./history-panel.ts";
import { clockLine } from "./case-moments.ts";
import { largeCaseSign, toneOfCase } from "./case-sign.ts";
import { type CaseView, nameOfCase } from "./case-view.ts";
import { clockBar } from "./clock-bar.ts";
import { peoplePanel } from "./people-panel.ts";
import { rangePanel } from "./range-panel.ts";
import { streakPanel } from "./streak-panel.ts";
import { waysPanel } from "./ways-panel.ts";

const HOUR = 3_600_000;

/** One streak of one deferred check: how it stands, its clock, where it broke, who is told, the ways out, all that was done. */
export function casePage(view: CaseView): Html {
  const { request, person, shown, repository, githubUrl, now } = view;
  return html`<div class="hp-stack">
    ${requestNotice(request, person)} ${caseHead(view)}
    <div class="hp-columns">
      <div class="hp-stack">
        ${streakPanel({ repository, case: shown.case, track: shown.track, githubUrl, now })}
        ${rangePanel(view)} ${view.look.state === "ended" ? NOTHING : waysPanel(view)} ${historyPanel(view)}
      </div>
      <div class="hp-stack">${clockPanel(view)} ${peoplePanel(view)} ${othersPanel(view)}</div>
    </div>
  </div>`;
}

function caseHead(view: CaseView): Html {
  const { look, shown, now } = view;
  const { environments } = shown.case;
  const names = environments?.map((one) => visibleText(one, 60)) ?? null;
  return html`<section
    class="hp-gate-panel hp-gate-panel-${panelTone(look)}"
    id="case"
    aria-labelledby="case-title"
  >
    <div class="hp-gate-head">
      ${largeCaseSign(look.state)}
      <div class="hp-gate-say">
        <h1 class="hp-gate-title" id="case-title">
          ${wording.caseHeadline(look.state, nameOfCase(view), names)}
        </h1>
        <p class="hp-gate-line">${clockLine(look, now)}${more(look, now)}</p>
        <p class="hp-gate-line">${sourceLine(view)}</p>
      </div>
    </div>
    <div class="hp-case-clock">${clockBar(shown.case, look, now)}</div>
    ${caseForms(view)}
  </section>`;
}

function more(look: CaseLook, now: Date): Html {
  switch (look.state) {
    case "running":
      return html`, ${wording.unlessGreen()}`;
    case "unverified":
      return html`. ${wording.unverifiedWhy()}`;
    case "untold":
      return html`. ${wording.untoldWhy()}`;
    case "lifted": {
      const because = look.by.because === null ? null : visibleText(look.by.because, 300);
      return html`. ${wording.liftedBy(visibleText(look.by.by, 60), because)}`;
    }
    case "ended": {
      const { as, by, because, at } = look.end;
      const reason = because === null ? null : visibleText(because, 300);
      const said = wording.howItEnded({ as, by: by === null ? null : visibleText(by, 60), because: reason });
      return html`${said} ${outsideElement(clockTime(at, now), look.end.url)} (${moment(at, now)})`;
    }
    case "expired":
      return NOTHING;
  }
}

function sourceLine({ shown, repository, githubUrl, now }: CaseView): Html {
  const { firstRed, reds, source } = shown.case;
  const from = source.kind === "workflow" ? source.workflow : source.kind === "app" ? source.app : null;
  const issue =
    shown.issueNumber === null
      ? html`${wording.noIssueYet()}`
      : html`${wording.issueAtGitHub()} ${issueLink(githubUrl, repository.facts, shown.issueNumber)}`;
  return html`${wording.redSince()} ${clockTime(firstRed.at, now)} (${moment(firstRed.at, now)}) ·
  ${wording.redCommits(reds)}${from === null ? NOTHING : html` · <code>${visibleText(from, 100)}</code>`} ·
  ${issue}`;
}

function clockPanel({ shown, look, policy, now }: CaseView): Html {
  const { openedAt, deadline, grace, adopted } = shown.case;
  const body = html`<div class="hp-panel-body hp-stack">
    <dl class="hp-facts">
      <dt>${wording.clockBegan()}</dt>
      <dd>${clockTime(openedAt, now)}</dd>
      ${
        deadline === null
          ? NOTHING
          : html`<dt>${wording.clockDeadline()}</dt>
              <dd>
                ${clockTime(deadline, now)}${look.state === "ended" ? NOTHING : html` (${moment(deadline, now)})`}
              </dd>`
      }
    </dl>
    <p class="hp-small hp-muted">
      ${wording.graceOf(timeSpan(grace, policy?.deferred.hour ?? HOUR))}${adopted ? html`. ${wording.adopted()}` : NOTHING}
    </p>
  </div>`;
  return panel({ id: "clock", title: wording.clockTitle(), body });
}

function othersPanel({ shown, repository }: CaseView): Html {
  if (shown.others.length === 0) return NOTHING;
  const body = html`<ul class="hp-rows">
    ${shown.others.map(
      ({ id, name }) =>
        html`<li><a href="${casePath(repository.facts, id)}">${visibleText(name, 120)}</a></li>`,
    )}
  </ul>`;
  return panel({ id: "others", title: wording.othersTitle(), body });
}

function panelTone({ state }: CaseLook): string {
  const tone = toneOfCase(state);
  return tone === "danger" ? "held" : tone === "success" ? "open" : "unknown";
}
