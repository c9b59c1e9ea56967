import type { Judged } from "../judged.ts";
import type { CommitSha, RepositoryFacts } from "../model.ts";

/**
 * Where "Details" leads. On GitHub itself, where that is known: its page of the commit's checks shows the
 * report to exactly those who may read the repository.
 */
export function checksUrl({
  repository,
  sha,
  githubUrl,
  publicUrl,
}: {
  readonly repository: Pick<RepositoryFacts, "owner" | "name">;
  readonly sha: CommitSha;
  readonly githubUrl: string | null;
  readonly publicUrl: string;
}): string {
  if (githubUrl === null) return publicUrl;
  return `${githubUrl}/${repository.owner}/${repository.name}/commit/${sha}/checks`;
}

export function reportUrl({ snapshot, githubUrl = null, publicUrl }: Judged): string {
  return checksUrl({ repository: snapshot.repository, sha: snapshot.head, githubUrl, publicUrl });
}
