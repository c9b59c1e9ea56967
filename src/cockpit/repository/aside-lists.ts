import type { CommitsBySha } from "../../domain/contents/content-rows.ts";
import type { DeployContents } from "../../domain/contents/deploy-contents.ts";
import { groupBy } from "../../domain/group-by.ts";
import type { CommitSha } from "../../domain/model.ts";
import * as wording from "../../domain/wording/cockpit/contents.ts";
import { counted } from "../../domain/wording/counted.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink } from "../view/links.ts";
import { commitItem } from "./commit-list.ts";
import type { RepositoryView } from "./repository-view.ts";

/** What these lists show at most; all of them are counted. */
const SHOWN = 100;

/** What holds nothing and is good to know: commits that need no ticket and why, and what takes work back. */
export function asideLists(view: RepositoryView, contents: DeployContents, commits: CommitsBySha): Html {
  return html`${exempt(view, contents, commits)}${reverts(view, contents)}`;
}

/** Live commits that are not in what would go out: in sight, because they would be gone. */
export function lostCommits(view: RepositoryView, contents: DeployContents, commits: CommitsBySha): Html {
  if (contents.lost.length === 0) return NOTHING;
  return html`<p class="hp-panel-note">${wording.lostWhy()}</p>
    <ul class="hp-commit-list hp-lost">
      ${items(view, contents.lost, commits)}
    </ul>`;
}

function exempt(view: RepositoryView, contents: DeployContents, commits: CommitsBySha): Html {
  if (contents.exempt.length === 0) return NOTHING;
  const groups = groupBy(contents.exempt, ({ because }) => because);
  return html`<details class="hp-aside" id="exempt">
    <summary>${wording.exemptTitle(contents.exempt.length)}</summary>
    ${[...groups].map(
      ([because, group]) =>
        html`<p class="hp-aside-why">${counted(group.length, "commit")}: ${wording.exemptBecause(because)}</p>
          <ul class="hp-commit-list">
            ${items(
              view,
              group.map(({ sha }) => sha),
              commits,
            )}
          </ul>`,
    )}
  </details>`;
}

function reverts({ repository, githubUrl }: RepositoryView, contents: DeployContents): Html {
  if (contents.reverts.length === 0) return NOTHING;
  return html`<details class="hp-aside" id="reverts">
    <summary>${wording.revertsTitle(contents.reverts.length)}</summary>
    <ul class="hp-commit-list">
      ${contents.reverts
        .slice(0, SHOWN)
        .map(
          ({ sha, reverts: taken }) =>
            html`<li>
              ${commitLink(githubUrl, repository.facts, sha)} ${wording.takesBack()}
              ${commitLink(githubUrl, repository.facts, taken)}
            </li>`,
        )}
    </ul>
  </details>`;
}

function items(view: RepositoryView, shas: readonly CommitSha[], commits: CommitsBySha): readonly Html[] {
  const rest = shas.length - SHOWN;
  const shown = shas.slice(0, SHOWN).flatMap((sha) => {
    const commit = commits.get(sha);
    return commit === undefined ? [] : [commitItem(view, commit)];
  });
  return rest <= 0 ? shown : [...shown, html`<li>${wording.moreCommits(rest)}</li>`];
}
