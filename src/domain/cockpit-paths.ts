import type { RepositoryFacts } from "./model.ts";

type Named = Pick<RepositoryFacts, "owner" | "name">;

/** The cockpit's page of a repository; null: of its main environment. */
export function repositoryPath({ owner, name }: Named, environment: string | null = null): string {
  const query = environment === null ? "" : `?${new URLSearchParams({ environment }).toString()}`;
  return `/${encodeURIComponent(owner)}/${encodeURIComponent(name)}${query}`;
}

/** Why the gate says what it says of a commit. With the whole sha it can be sent to somebody. */
export function whyPath(
  repository: Named,
  asked: {
    /** null: the main one. */
    readonly environment: string | null;
    readonly sha: string;
    readonly intent?: "deploy" | "rollback";
  },
): string {
  const query = new URLSearchParams({
    ...(asked.environment === null ? {} : { environment: asked.environment }),
    sha: asked.sha,
    ...(asked.intent === "rollback" ? { intent: "rollback" } : {}),
  });
  return `${repositoryPath(repository)}/why?${query.toString()}`;
}

export function casePath(repository: Named, id: number): string {
  return `${repositoryPath(repository)}/cases/${id}`;
}
