import type { RepositoryFacts } from "../../domain/model.ts";

type Place = Pick<RepositoryFacts, "owner" | "name">;

/** Below `/{owner}/{repo}/mend`; names of GitHub's need no escaping, what stands behind them does. */
export function mendingAddress({ owner, name }: Place, rest: string, environment?: string | null): string {
  const query =
    environment === undefined || environment === null
      ? ""
      : `?environment=${encodeURIComponent(environment)}`;
  return `/${owner}/${name}/mend/${encodeURIComponent(rest)}${query}`;
}
