import type { CommitMade, SimulatedPolicy } from "../fact.ts";
import { ancestors, type Known } from "./known.ts";

export interface Wrong {
  /** As Holdpoint calls it; `lost` where it would be taken away, whether by going back or by going elsewhere. */
  readonly code: string;
  readonly what: string;
}

/** What is wrong with letting this commit out, one line each: from what is live up to it. Empty: nothing. */
export function wrongWith(known: Known, policy: SimulatedPolicy, sha: string): readonly Wrong[] {
  const live = known.branches.get("production") ?? null;
  const head = known.branches.get("main") ?? null;
  if (live === null || head === null)
    return [{ code: "branch-not-found", what: "what is live is not known" }];
  if (sha === live) return [];
  const upTo = ancestors(known, sha);
  const notOnTrunk = ancestors(known, head).has(sha)
    ? []
    : [{ code: "not-on-deploy-branch", what: `${short(sha)} is not on the trunk` }];
  if (!upTo.has(live))
    return [...notOnTrunk, { code: "lost", what: `${short(sha)} would take away what is live` }];
  const isLive = ancestors(known, live);
  const range = [...known.commits.values()].filter((one) => upTo.has(one.sha) && !isLive.has(one.sha));
  return [...notOnTrunk, ...wrongTickets(known, policy, range, isLive)];
}

function wrongTickets(
  known: Known,
  policy: SimulatedPolicy,
  range: readonly CommitMade[],
  isLive: ReadonlySet<string>,
): readonly Wrong[] {
  const surviving = withoutReverted(known, range);
  const carriedBy = carriedIn(known, range);
  const tickets = new Set<string>();
  const wrong: Wrong[] = [];
  for (const commit of surviving) {
    const carried = carriedBy.get(commit.sha) ?? new Set();
    for (const key of carried) tickets.add(key);
    const needsNone = commit.parents.length > 1 || (commit.reverts !== null && isLive.has(commit.reverts));
    if (policy.require === "commit" && carried.size === 0 && !needsNone) {
      wrong.push({ code: "no-ticket", what: `${short(commit.sha)} "${commit.subject}" carries no ticket` });
    }
  }
  for (const key of [...tickets].toSorted()) wrong.push(...wrongTicket(known, policy, key));
  return wrong;
}

function wrongTicket(known: Known, policy: SimulatedPolicy, key: string): readonly Wrong[] {
  const ticket = known.tickets.get(key) ?? null;
  if (ticket === null) return [{ code: "not-found", what: `Jira does not know ${key}` }];
  return [
    ...(policy.statuses.length > 0 && !policy.statuses.includes(ticket.status)
      ? [{ code: "status-not-allowed", what: `${key} is "${ticket.status}"` }]
      : []),
    ...(policy.riskRequired && ticket.risk === null
      ? [{ code: "field-empty", what: `${key} says nothing of its risk` }]
      : []),
  ];
}

/** A revert and what it takes back go out as nothing; a revert that is taken back itself takes nothing back. */
function withoutReverted(known: Known, range: readonly CommitMade[]): readonly CommitMade[] {
  const gone = new Set<string>();
  // A commit is told of after its parents, so from the end every revert comes before what it takes back.
  for (const commit of range.toReversed()) {
    if (gone.has(commit.sha) || commit.reverts === null) continue;
    const target = range.find(({ sha }) => sha === commit.reverts);
    if (target === undefined) continue;
    gone.add(commit.sha);
    for (const sha of broughtBy(known, target)) gone.add(sha);
  }
  return range.filter(({ sha }) => !gone.has(sha));
}

/** A merge brings what its second parent has and its first one does not. */
function broughtBy(known: Known, commit: CommitMade): readonly string[] {
  const [first, second] = commit.parents;
  if (first === undefined || second === undefined) return [commit.sha];
  const before = ancestors(known, first);
  return [commit.sha, ...[...ancestors(known, second)].filter((sha) => !before.has(sha))];
}

/** By commit of the range: what its own message carries, and the pull request by which it came, even inside a merge. */
function carriedIn(known: Known, range: readonly CommitMade[]): ReadonlyMap<string, ReadonlySet<string>> {
  const carried = new Map(range.map(({ sha, carries }) => [sha, new Set(carries)]));
  for (const commit of range) {
    const pull = known.merged.get(commit.sha);
    if (pull === undefined || pull.carries.length === 0) continue;
    for (const sha of broughtBy(known, commit)) for (const key of pull.carries) carried.get(sha)?.add(key);
  }
  return carried;
}

function short(sha: string): string {
  return sha.slice(0, 7);
}
