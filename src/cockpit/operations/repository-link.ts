import type { RepositoryFacts } from "../../domain/model.ts";
import { type Html, html } from "../view/html.ts";

type Named = Pick<RepositoryFacts, "owner" | "name">;

/** Where a repository's pages are. */
export function repositoryPath({ owner, name }: Named): string {
  return `/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

/** Whose row it is, with the way to its page. */
export function repositoryLink(repository: Named): Html {
  return html`<a href="${repositoryPath(repository)}">${repository.owner}/${repository.name}</a>`;
}
