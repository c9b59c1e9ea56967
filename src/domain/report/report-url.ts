import { repositoryPath, whyPath } from "../cockpit-paths.ts";
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

/**
 * Of a deploy, the cockpit's page where there is one: it shows more than a report, and lets people mend it. Of an earlier commit, why it
 * may go out or may not.
 */
export function deployUrl({
  cockpitUrl = null,
  environment,
  deployHead = null,
  ...given
}: Parameters<typeof checksUrl>[0] & {
  readonly cockpitUrl?: string | null;
  /** null: the main one. */
  readonly environment: string | null;
  /** What goes out next; null, or left out: this commit. */
  readonly deployHead?: CommitSha | null;
}): string {
  if (cockpitUrl === null) return checksUrl(given);
  const { repository, sha } = given;
  const isHead = deployHead === null || deployHead === sha;
  return `${cockpitUrl}${isHead ? repositoryPath(repository, environment) : whyPath(repository, { environment, sha })}`;
}

export function reportUrl(judged: Judged): string {
  const { snapshot, githubUrl = null, publicUrl, cockpitUrl = null, deployHead = null } = judged;
  const given = { repository: snapshot.repository, sha: snapshot.head, githubUrl, publicUrl };
  return snapshot.kind === "deploy"
    ? deployUrl({ ...given, cockpitUrl, deployHead, environment: snapshot.environment })
    : checksUrl(given);
}
