import { visibleText } from "../../domain/escape/visible-text.ts";
import type { CommitSha, RepositoryFacts, TicketKey } from "../../domain/model.ts";
import { shortSha } from "../../domain/wording/counted.ts";
import { type Html, html } from "./html.ts";

type Named = Pick<RepositoryFacts, "owner" | "name">;
const NAME_LIMIT = 100;
/** What GitHub lets accounts be called; the names of Apps end in `[bot]`. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})$/;
const BOT = /^([A-Za-z0-9](?:[A-Za-z0-9_-]{0,99}))\[bot\]$/;

/** Where a repository of GitHub's is, for browsers. */
export function repositoryUrl(githubUrl: string, { owner, name }: Named): string {
  return `${githubUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

/** As many hex digits as people read; the whole commit is behind it. */
export function commitLink(githubUrl: string, repository: Named, sha: CommitSha): Html {
  const href = `${repositoryUrl(githubUrl, repository)}/commit/${encodeURIComponent(sha)}`;
  return html`<a class="hp-sha" href="${href}" title="${sha}">${shortSha(sha)}</a>`;
}

export function pullRequestLink(githubUrl: string, repository: Named, number: number): Html {
  return html`<a href="${repositoryUrl(githubUrl, repository)}/pull/${number}">#${number}</a>`;
}

export function issueLink(githubUrl: string, repository: Named, number: number): Html {
  return html`<a href="${repositoryUrl(githubUrl, repository)}/issues/${number}">#${number}</a>`;
}

/** A person or an App; a name in a commit that is no login stays a name. */
export function personLink(githubUrl: string, login: string): Html {
  if (LOGIN.test(login)) return html`<a class="hp-person" href="${githubUrl}/${login}">${login}</a>`;
  const app = BOT.exec(login)?.[1];
  if (app !== undefined) return html`<a class="hp-person" href="${githubUrl}/apps/${app}">${login}</a>`;
  return html`<span class="hp-person">${visibleText(login, NAME_LIMIT)}</span>`;
}

/** The key, and Jira behind it where its address is known. */
export function ticketLink(key: TicketKey | string, url: string | null): Html {
  const text = visibleText(key, NAME_LIMIT);
  const href = url === null ? null : outsideUrl(url);
  if (href === null) return html`<span class="hp-key">${text}</span>`;
  return html`<a class="hp-key" href="${href}">${text}</a>`;
}

/** A text that leads somewhere else, if the address is one that may be followed; else the text alone. */
export function outsideLink(text: string, url: string | null): Html {
  const href = url === null ? null : outsideUrl(url);
  const shown = visibleText(text, 500);
  return href === null ? html`${shown}` : html`<a href="${href}">${shown}</a>`;
}

/** The same around what is more than a text. */
export function outsideElement(shown: Html, url: string | null): Html {
  const href = url === null ? null : outsideUrl(url);
  return href === null ? shown : html`<a href="${href}">${shown}</a>`;
}

/** null: not `https`, nor `http` on this machine; or somebody's name and password are in it. */
export function outsideUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, username, password, href } = new URL(url);
  if (username !== "" || password !== "") return null;
  if (protocol === "https:") return href;
  return protocol === "http:" && LOOPBACK.has(hostname) ? href : null;
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);
