import type { Commit, CommitSha, TicketKey } from "../model.ts";
import type { MatchedReverts } from "./match-reverts.ts";
import type { Projects } from "./projects.ts";
import type { ReadCommit } from "./read-change-set.ts";
import { type MessageReading, readMessage } from "./read-message.ts";
import type { PullRequestReading } from "./read-pull-request.ts";

/**
 * The keys that each commit carries, in the order in which they are named. A commit that takes back a revert
 * which is live brings that work out again, and carries it.
 */
export function carriedKeys(
  commits: readonly ReadCommit[],
  projects: Projects,
  reverts: MatchedReverts,
  live: readonly Pick<Commit, "sha" | "message">[],
): ReadonlyMap<CommitSha, readonly TicketKey[]> {
  const inRange = new Set(commits.map(({ commit }) => commit.sha));
  const carried = new Map<CommitSha, readonly TicketKey[]>();
  for (const { commit, message, pullRequests } of commits) {
    const keys = [message, ...pullRequests].flatMap((reading) => namedIn(reading, projects));
    const targets = reverts.targets.get(commit.sha);
    const own = targets === undefined || message.claim?.bySubject !== true ? keys : beside(keys, targets);
    const back = targets?.every((sha) => !inRange.has(sha)) === true ? message.broughtBack : [];
    carried.set(commit.sha, [...new Set([...own, ...back.filter(projects.holds)])]);
  }
  return carried;

  /** A revert carries no ticket of what it takes back, however it names it. */
  function beside(keys: readonly TicketKey[], targets: readonly CommitSha[]): readonly TicketKey[] {
    const ofTargets = new Set(targets.flatMap((sha) => carried.get(sha) ?? namedLive(sha)));
    return keys.filter((key) => !ofTargets.has(key));
  }

  function namedLive(sha: CommitSha): readonly TicketKey[] {
    const message = inRange.has(sha) ? undefined : live.find((commit) => commit.sha === sha)?.message;
    return message === undefined ? [] : namedIn(readMessage(message), projects);
  }
}

/**
 * What a message or a title names, else what a branch names: where both speak and differ, the title was
 * reviewed, and the branch is a slip of the pen or another tracker's number. In lower case a branch names only
 * projects that are known from elsewhere, as every key must be.
 */
function namedIn(reading: MessageReading | PullRequestReading, projects: Projects): readonly TicketKey[] {
  const leading = "leading" in reading ? reading.leading : [];
  const written = [...reading.named, ...leading].filter(projects.holds);
  return written.length > 0 ? written : reading.branches.map(({ key }) => key).filter(projects.holds);
}
