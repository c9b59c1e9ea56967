import type { RepositoryFacts } from "../../domain/model.ts";

type Place = Pick<RepositoryFacts, "owner" | "name">;

interface Shown {
  /** null: the main one. */
  readonly environment?: string | null;
  readonly request?: number | null;
  readonly hash?: string;
}

/** Below `/{owner}/{repo}/mend`. */
export function mendingAddress(place: Place, rest: string, shown: Shown = {}): string {
  return `${repositoryPath(place)}/mend/${encodeURIComponent(rest)}${queryOf(shown)}`;
}

/** The repository's page, with what is to be seen on it. */
export function repositoryAddress(place: Place, shown: Shown = {}): string {
  return `${repositoryPath(place)}${queryOf(shown)}`;
}

function repositoryPath({ owner, name }: Place): string {
  return `/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

function queryOf({ environment = null, request = null, hash }: Shown): string {
  const query = new URLSearchParams();
  if (environment !== null && environment !== "") query.set("environment", environment);
  if (request !== null) query.set("request", String(request));
  return `${query.size === 0 ? "" : `?${query.toString()}`}${hash === undefined ? "" : `#${hash}`}`;
}
