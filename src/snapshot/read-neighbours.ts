import type { PullRequest, Reading, RepositoryFacts } from "../domain/model.ts";
import { listNeighbours } from "../store/subject.ts";
import type { Sources } from "./sources.ts";

export interface Neighbours {
  /** Open, with the same head, by number. */
  readonly sameHead: readonly PullRequest[];
  /** Open, and no longer at this head: what their old head shows was decided together with this pull request. */
  readonly parted: readonly PullRequest[];
}

/**
 * The pull requests that share their head with this one. GitHub has one status for a commit and context, so
 * that they would overwrite each other's answer. No list of GitHub's is asked for: at every look that would be
 * one call more, for something that hardly ever happens. Our own rows name the candidates, and only these are
 * read. A pull request that was never looked at is missed until its own look, which finds this one.
 */
export async function readNeighbours(
  { github, database }: Pick<Sources, "github" | "database">,
  repository: RepositoryFacts,
  pullRequest: PullRequest,
): Promise<Reading<Neighbours>> {
  const { number, headSha } = pullRequest;
  const subject = { kind: "pull-request", repositoryId: repository.id, number } as const;
  const open: PullRequest[] = [];
  for (const neighbour of await listNeighbours(database, subject, headSha)) {
    const reading = await github.readPullRequest(repository, neighbour);
    if (reading.state === "unknown") return reading;
    if (reading.state === "known" && reading.value.state === "open") open.push(reading.value);
  }
  const sorted = open.toSorted((one, other) => one.number - other.number);
  return {
    state: "known",
    value: {
      sameHead: sorted.filter((one) => one.headSha === headSha),
      parted: sorted.filter((one) => one.headSha !== headSha),
    },
  };
}
