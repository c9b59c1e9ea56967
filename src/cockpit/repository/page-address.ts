import { repositoryPath } from "../../domain/cockpit-paths.ts";
import type { RepositoryFacts } from "../../domain/model.ts";

/** Where a repository's page is, and what of it is shown; parts that are left out or empty are not named. */
export function pageAddress(
  repository: Pick<RepositoryFacts, "owner" | "name">,
  {
    path = "",
    hash,
    ...query
  }: {
    readonly path?: "" | "/gate/check";
    readonly environment?: string | null;
    readonly q?: string;
    readonly from?: number;
    readonly until?: number;
    readonly request?: number;
    readonly hash?: string;
  } = {},
): string {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "" && value !== 0) given.set(key, String(value));
  }
  const search = given.size === 0 ? "" : `?${given.toString()}`;
  return `${repositoryPath(repository)}${path}${search}${hash === undefined ? "" : `#${hash}`}`;
}
