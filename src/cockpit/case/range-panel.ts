import type { RedRange } from "../../domain/compliance/issue-view.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/case.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, personLink, pullRequestLink } from "../view/links.ts";
import { panel } from "../view/panel.ts";
import type { CaseView } from "./case-view.ts";

const TITLE_LENGTH = 200;
const MOST_ROWS = 60;

/** What came in after the last green commit, up to the first red: the pull requests, and commits that came without one. */
export function rangePanel(view: CaseView): Html {
  const { range } = view.shown;
  if (range === null) {
    const body = html`<p class="hp-panel-body hp-muted">${wording.rangeUnknown()}</p>`;
    return panel({ id: "range", title: wording.rangeTitle(), body });
  }
  const rows = [...broughtBy(view, range), ...direct(view, range)];
  const body = html`<p class="hp-panel-body">${fromTo(view, range)}</p>
    <ul class="hp-rows hp-rows-after">
      ${rows.slice(0, MOST_ROWS)}
      ${rows.length > MOST_ROWS ? html`<li class="hp-muted">${wording.andMore(rows.length - MOST_ROWS)}</li>` : NOTHING}
    </ul>
    ${
      range.incomplete && range.after !== null
        ? html`<p class="hp-panel-body hp-small hp-muted">${wording.rangeIncomplete()}</p>`
        : NOTHING
    }`;
  return panel({ id: "range", title: wording.rangeTitle(), body });
}

function fromTo({ githubUrl, repository }: CaseView, { after, upTo }: RedRange): Html {
  const to = commitLink(githubUrl, repository.facts, upTo);
  if (after === null) return html`${wording.rangeUpTo()} ${to}. ${wording.rangeWithoutGreen()}`;
  const from = commitLink(githubUrl, repository.facts, after);
  return html`${wording.rangeAfter()} ${from}, ${wording.rangeUpTo()} ${to}:`;
}

function broughtBy(
  { githubUrl, repository }: CaseView,
  { pullRequests, commits }: RedRange,
): readonly Html[] {
  return pullRequests.map(({ number, title, author }) => {
    const shas = commits.filter(({ pullRequest }) => pullRequest === number);
    return html`<li data-row>
      ${pullRequestLink(githubUrl, repository.facts, number)} ${visibleText(title, TITLE_LENGTH)}
      <p class="hp-small hp-muted">
        ${author === null ? NOTHING : html`${wording.byWhom()} ${personLink(githubUrl, author)} · `}
        ${shas.map(({ sha }) => html`${commitLink(githubUrl, repository.facts, sha)} `)}
      </p>
    </li>`;
  });
}

function direct({ githubUrl, repository }: CaseView, { commits }: RedRange): readonly Html[] {
  return commits
    .filter(({ pullRequest }) => pullRequest === null)
    .map(
      ({ sha, subject }) =>
        html`<li data-row>
          ${commitLink(githubUrl, repository.facts, sha)} ${visibleText(subject, TITLE_LENGTH)}
          <p class="hp-small hp-muted">${wording.withoutPullRequest()}</p>
        </li>`,
    );
}
