import type { ChangeSet, Commit, CommitSha } from "../model.ts";
import { keysGoingOut } from "../rules/rule.ts";
import type { DeploySnapshot } from "../snapshot.ts";
import { attributeTickets } from "../tickets/attribute.ts";
import type { Carriage } from "../tickets/carriage.ts";
import { mayRevertLive } from "../tickets/may-revert-live.ts";

export interface Narrowed {
  readonly snapshot: DeploySnapshot;
  readonly carriage: Carriage;
}

/**
 * The facts for an earlier commit of the range, out of those that were read for its head: nobody is asked again. null where
 * they do not tell: the commit is not in the range, goes on from before the base, or carries a ticket that was taken back
 * later and so was not looked up, or reverts what may be live and was taken back later. Results of required checks are the head's, and say nothing of an earlier commit.
 */
export function narrowToSha(
  {
    snapshot,
    live,
  }: { readonly snapshot: DeploySnapshot; readonly live: readonly Pick<Commit, "sha" | "message">[] },
  sha: CommitSha,
): Narrowed | null {
  if (snapshot.changeSet.state !== "known") return null;
  const changeSet = narrowChangeSet(snapshot.changeSet.value, sha);
  if (changeSet === null) return null;
  const { tickets, projects, outside, attached } = snapshot;
  const knownProjects = projects.state === "known" ? projects.value : null;
  const policy = snapshot.policy.tickets;
  const carriage = attributeTickets({ changeSet, policy, knownProjects, live, attached });
  if (tickets.state === "on" && keysGoingOut(carriage).some((key) => !tickets.answers.has(key))) return null;
  // Of the head's range nobody had to know what is live: the revert is taken back there, and its ticket is not missed.
  if (live.length === 0 && mayRevertLive(changeSet, carriage)) return null;
  const kept = new Set(changeSet.commits.map((commit) => commit.sha));
  const left = snapshot.changeSet.value.commits.filter((commit) => !kept.has(commit.sha));
  return {
    snapshot: {
      ...snapshot,
      head: sha,
      changeSet: { state: "known", value: changeSet },
      outside:
        outside.state === "known"
          ? {
              ...outside,
              value: [...outside.value, ...left.map(({ sha: one, message }) => ({ sha: one, message }))],
            }
          : outside,
    },
    carriage,
  };
}

/** What the commit reaches of the range; null where it does not go on from the base. */
function narrowChangeSet(changeSet: ChangeSet, sha: CommitSha): ChangeSet | null {
  const { base, commits, relation } = changeSet;
  if (relation !== "ahead") return null;
  const reached = new Set<CommitSha>([sha]);
  // Children come after their parents: from the newest to the oldest, every ancestor is met.
  for (const one of commits.toReversed()) {
    if (reached.has(one.sha)) for (const parent of one.parents) reached.add(parent);
  }
  const kept = commits.filter((one) => reached.has(one.sha));
  if (kept.at(-1)?.sha !== sha) return null;
  if (base !== null && !reached.has(base)) return null;
  const shas = new Set(kept.map((one) => one.sha));
  return {
    ...changeSet,
    head: sha,
    aheadBy: kept.length,
    commits: kept,
    pullRequests: new Map([...changeSet.pullRequests].filter(([one]) => shas.has(one))),
  };
}
