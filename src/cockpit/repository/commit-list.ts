import type { ContentCommit } from "../../domain/contents/deploy-contents.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/contents.ts";
import { attachedTickets } from "../mending/attach-form.ts";
import type { VisibleRepository } from "../person.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { commitLink, personLink, pullRequestLink, repositoryUrl } from "../view/links.ts";
import type { RepositoryView } from "./repository-view.ts";

/** What one looks through; the rest is at GitHub. */
const COMMITS_SHOWN = 50;
const NAMES_SHOWN = 4;

/** After `3 commits`: `· #4790 #4801 · hubot, monalisa`. */
export function whoseCommits(
  githubUrl: string,
  { facts }: VisibleRepository,
  commits: readonly ContentCommit[],
): Html {
  const numbers = [...new Set(commits.flatMap((one) => one.pullRequests.map(({ number }) => number)))];
  const authors = [...new Set(commits.map(({ author }) => author))];
  const requests = numbers
    .slice(0, NAMES_SHOWN)
    .map((number, index) => html`${index === 0 ? "· " : " "}${pullRequestLink(githubUrl, facts, number)}`);
  const people = authors
    .slice(0, NAMES_SHOWN)
    .map((author, index) => html`${index === 0 ? " · " : ", "}${personLink(githubUrl, author)}`);
  return html`<span>${requests}${more(numbers)}${people}${more(authors)}</span>`;
}

function more(all: readonly unknown[]): string {
  return all.length > NAMES_SHOWN ? ` +${all.length - NAMES_SHOWN}` : "";
}

/** The commits of a ticket, opened by who wants to see them. */
export function commitList(view: RepositoryView, commits: readonly ContentCommit[], key: string): Html {
  const { repository, githubUrl, contents } = view;
  if (commits.length === 0) return NOTHING;
  const rest = commits.length - COMMITS_SHOWN;
  return html`<details class="hp-commits" id="commits-${key}">
    <summary>${wording.commits(commits.length)}</summary>
    <ul class="hp-commit-list">
      ${commits.slice(0, COMMITS_SHOWN).map((commit) => commitItem(view, commit))}
      ${
        rest <= 0 || contents === null
          ? NOTHING
          : html`<li>
              <a href="${compareUrl(githubUrl, repository, contents)}">${wording.moreCommits(rest)}</a>
            </li>`
      }
    </ul>
  </details>`;
}

export function commitItem(view: RepositoryView, commit: ContentCommit): Html {
  const { repository, person, gate, githubUrl } = view;
  const { facts } = repository;
  const { sha, subject, author, pullRequests } = commit;
  return html`<li>
    ${commitLink(githubUrl, facts, sha)} ${visibleText(subject, 160)}
    <span class="hp-muted"
      >${wording.by()}
      ${personLink(githubUrl, author)}${pullRequests.map(
        ({ number }) => html` ${pullRequestLink(githubUrl, facts, number)}`,
      )}</span
    >
    ${attachedTickets({ repository, person, commit, environment: gate.environment, githubUrl })}
  </li>`;
}

function compareUrl(
  githubUrl: string,
  { facts }: VisibleRepository,
  { base, head }: NonNullable<RepositoryView["contents"]>,
): string {
  const url = repositoryUrl(githubUrl, facts);
  return base === null ? `${url}/commits/${head}` : `${url}/compare/${base.sha}...${head}`;
}
