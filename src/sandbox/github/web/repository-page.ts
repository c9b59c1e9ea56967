import { html } from "hono/html";
import { type Piece, sandboxPage } from "../../sandbox-page.ts";
import type { Repository } from "../model.ts";
import { findAccount, fullName, type World } from "../world.ts";

const SHOWN_COMMITS = 30;

/** The branches, the newest commits, and what is open. */
export function repositoryPage(world: World, repository: Repository): Promise<Response> {
  const name = fullName(repository);
  const { graph, refs } = repository.git;
  const branches = [...refs].filter(([ref]) => ref.startsWith("refs/heads/"));
  const head = refs.get(`refs/heads/${repository.defaultBranch}`);
  const commits = head === undefined ? [] : [...graph.list([head])].slice(0, SHOWN_COMMITS);
  return sandboxPage("GitHub", {
    title: name,
    body: html`<h2>Branches</h2>
      <ul>
        ${branches.map(([ref, sha]) => html`<li>${ref.slice("refs/heads/".length)}: ${commitLink(name, sha)}</li>`)}
      </ul>
      <h2>Commits of ${repository.defaultBranch}</h2>
      <ul>
        ${commits.map((sha) => html`<li>${commitLink(name, sha)} ${subjectOf(graph.get(sha)?.message)}</li>`)}
      </ul>
      <h2>Issues and pull requests</h2>
      <ul>
        ${[...repository.issues.values()].map((issue) => {
          const kind = issue.pullRequest === null ? "issues" : "pull";
          return html`<li>
            <a href="/${name}/${kind}/${issue.number}">#${issue.number}</a> ${issue.title} (${issue.state})
          </li>`;
        })}
      </ul>
      <p>
        <a href="/${name}/new/${repository.defaultBranch}">Add a file</a> · ${world.app.name} is an App of
        this sandbox.
      </p>`,
  });
}

/** null: nobody of that name is here. */
export function personPage(world: World, login: string): Promise<Response> | null {
  const account = findAccount(world, login);
  if (account === null) return null;
  const theirs = [...world.repositories.values()].filter(({ owner }) => owner.id === account.id);
  return sandboxPage("GitHub", {
    title: account.login,
    body: html`<p>${account.type}</p>
      <ul>
        ${theirs.map((one) => html`<li><a href="/${fullName(one)}">${fullName(one)}</a></li>`)}
      </ul>`,
  });
}

export function commitLink(name: string, sha: string): Piece {
  return html`<a href="/${name}/commit/${sha}"><code>${sha.slice(0, 7)}</code></a>`;
}

export function subjectOf(message: string | undefined): string {
  return message?.split("\n")[0] ?? "";
}
