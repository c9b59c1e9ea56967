import type { ComplianceCase } from "../../domain/compliance/case.ts";
import type { CaseTrack, TrackCommit } from "../../domain/compliance/shown-track.ts";
import type { CommitSha } from "../../domain/model.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/track.ts";
import type { VisibleRepository } from "../person.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, outsideLink, outsideUrl } from "../view/links.ts";
import { moment } from "../view/moment.ts";
import { panel } from "../view/panel.ts";
import { commitShape, stretchesOf } from "./track-picture.ts";

const SUBJECT_LENGTH = 120;
const SAID_LENGTH = 40;

export interface StreakGiven {
  readonly repository: VisibleRepository;
  readonly case: Pick<ComplianceCase, "firstRed" | "lastGreen">;
  readonly track: CaseTrack | null;
  readonly githubUrl: string;
  readonly now: Date;
}

/** The streak commit by commit, oldest first; each leads to its run. Below, the same as a table. */
export function streakPanel(given: StreakGiven): Html {
  const { track } = given;
  if (track === null) {
    const body = html`<p class="hp-panel-body hp-muted">${wording.noTrack()}</p>`;
    return panel({ id: "streak", title: wording.streakTitle(), body });
  }
  const oldestFirst = track.commits.toReversed();
  const summary = wording.trackSummary(oldestFirst.length, stretchesOf(oldestFirst));
  const body = html`<div class="hp-panel-body hp-stack">
    <ol class="hp-streak" aria-label="${summary}">
      ${oldestFirst.map((one, index) => [gapBefore(track, index), cellOf(given, one)])}
    </ol>
    ${legend()}
    <details class="hp-more" id="streak-table">
      <summary>${wording.asTable()}</summary>
      ${tableOf(given, track.commits)}
    </details>
  </div>`;
  return panel({ id: "streak", title: wording.streakTitle(), aside: wording.oldestLeft(), body });
}

/** Counted from the newest: what is left out stands before the newest commits. */
function gapBefore({ commits, gap }: CaseTrack, index: number): Html {
  if (gap === null || index !== commits.length - gap.after) return NOTHING;
  return html`<li class="hp-streak-gap hp-small hp-muted">${wording.leftOut(gap.commits)}</li>`;
}

function cellOf(
  { case: { firstRed, lastGreen }, repository, githubUrl }: StreakGiven,
  { sha, result, subject, url }: TrackCommit,
): Html {
  const label = wording.cellLabel(shortSha(sha), result, visibleText(subject, SUBJECT_LENGTH));
  const { owner, name } = repository.facts;
  const commit = `${githubUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/commit/${sha}`;
  const href = (url === null ? null : outsideUrl(url)) ?? commit;
  return html`<li class="hp-streak-cell">
    <a href="${href}" title="${label}" aria-label="${label}">${commitShape(result)}</a>
    ${markOf(sha, firstRed.sha, lastGreen)}
  </li>`;
}

function markOf(sha: CommitSha, firstRed: CommitSha, lastGreen: CommitSha | null): Html {
  if (sha === firstRed)
    return html`<span class="hp-streak-mark hp-streak-below hp-danger">${wording.firstRedMark()}</span>`;
  if (sha === lastGreen)
    return html`<span class="hp-streak-mark hp-streak-above hp-success">${wording.lastGreenMark()}</span>`;
  return NOTHING;
}

function legend(): Html {
  const all = ["green", "red", "running", "none"] as const;
  return html`<ul class="hp-legend hp-small hp-muted">
    ${all.map((result) => html`<li>${commitShape(result)} ${wording.resultWord(result)}</li>`)}
  </ul>`;
}

function tableOf({ repository, githubUrl, now }: StreakGiven, newestFirst: readonly TrackCommit[]): Html {
  return html`<div class="hp-table-box" tabindex="0" role="region" aria-label="${wording.asTable()}">
    <table class="hp-table">
      <thead>
        <tr>
          ${wording.tableHeads().map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${newestFirst.map(
          ({ sha, subject, result, said, at, url }) =>
            html`<tr>
              <td>${commitLink(githubUrl, repository.facts, sha)} ${visibleText(subject, SUBJECT_LENGTH)}</td>
              <td>
                ${wording.resultWord(result)}${said === null ? NOTHING : html` (${visibleText(said, SAID_LENGTH)})`}
              </td>
              <td>${at === null ? NOTHING : moment(new Date(at), now)}</td>
              <td>${url === null ? NOTHING : outsideLink(wording.openRun(), url)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
