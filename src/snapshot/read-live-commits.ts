import type { ChangeSet, Commit, RepositoryFacts } from "../domain/model.ts";
import type { Carriage } from "../domain/tickets/carriage.ts";
import { mayRevertLive } from "../domain/tickets/may-revert-live.ts";
import type { Sources } from "./sources.ts";

/** How far back a revert may reach for what it takes back: one page of commits, one call. */
const LIVE_COMMITS = 100;

/**
 * The newest commits that are live already, read only where a commit without a ticket says that it reverts
 * something: a verified revert of live work needs no ticket.
 */
export async function readLiveCommits(
  github: Sources["github"],
  repository: RepositoryFacts,
  changeSet: ChangeSet,
  carriage: Carriage,
): Promise<readonly Pick<Commit, "sha" | "message">[]> {
  const { base } = changeSet;
  if (base === null || !mayRevertLive(changeSet, carriage)) return [];
  return await github.readRecentCommits(repository, base, LIVE_COMMITS);
}
