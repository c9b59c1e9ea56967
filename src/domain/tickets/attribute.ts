import { groupBy } from "../group-by.ts";
import type { ChangeSet, Commit, CommitSha, TicketKey } from "../model.ts";
import type { TicketPolicy } from "../policy.ts";
import type { Attachment } from "./attachment.ts";
import { carriedKeys } from "./carried-keys.ts";
import type { CarriedTicket, Carriage } from "./carriage.ts";
import { findExemptions } from "./exemption.ts";
import { matchReverts } from "./match-reverts.ts";
import { type Projects, hasDoubtfulPrefix, listedProjects, observedProjects } from "./projects.ts";
import { type ReadCommit, readChangeSet, sightingsIn, sightingsOf } from "./read-change-set.ts";

export interface AttributionInput {
  readonly changeSet: ChangeSet;
  readonly policy: Pick<TicketPolicy, "projects" | "require" | "exempt">;
  /** Jira's own project keys, upper case; null where no Jira can tell. */
  readonly knownProjects: readonly string[] | null;
  /**
   * Commits before the range that a revert may name: what is live already, newest first. Empty where not
   * known. Where nobody can tell which projects exist, their messages also show what keys look like here.
   */
  readonly live: readonly Pick<Commit, "sha" | "message">[];
  /** Tickets that people attached to commits; none where nobody keeps any. */
  readonly attached?: readonly Pick<Attachment, "sha" | "key">[];
}

/** Reads messages, titles and branches of a change set: what each commit carries, mentions and takes back. */
export function attributeTickets(input: AttributionInput): Carriage {
  const { changeSet, policy, live } = input;
  const commits = readChangeSet(changeSet);
  const projects = findProjects(input, commits);
  const reverts = matchReverts(
    commits.map(({ commit, message }) => ({ commit, claim: message.claim, ...message.lines })),
    live,
  );
  const carried = withAttached(carriedKeys(commits, projects, reverts, live), input);
  const exempt = findExemptions({
    commits,
    carried,
    reverts,
    policy,
    knowsLogins: changeSet.knowsPullRequests,
  });
  const needNone = new Set(exempt.map(({ sha }) => sha));
  const tickets = listTickets(carried, reverts.takenBack);
  return {
    tickets,
    mentioned: listMentioned(commits, projects, new Set(tickets.map(({ key }) => key))),
    reverts: reverts.reverts,
    unticketed: [...carried].flatMap(([sha, keys]) => (keys.length === 0 && !needNone.has(sha) ? [sha] : [])),
    exempt,
  };
}

/**
 * What was attached to a commit counts as if its message said it, unless a list of projects says that it is no ticket any more. It
 * belongs to that commit alone: one that was written anew, or brings the work back, is another one.
 */
function withAttached(
  carried: ReadonlyMap<CommitSha, readonly TicketKey[]>,
  { attached = [], policy, knownProjects }: AttributionInput,
): ReadonlyMap<CommitSha, readonly TicketKey[]> {
  if (attached.length === 0) return carried;
  const listed = policy.projects.length > 0 ? policy.projects : knownProjects;
  const counts = listed === null ? () => true : listedProjects(listed).holds;
  const added = groupBy(
    attached.filter(({ key }) => counts(key)),
    ({ sha }) => sha,
  );
  return new Map(
    [...carried].map(([sha, keys]) => [
      sha,
      [...new Set([...keys, ...(added.get(sha) ?? []).map(({ key }) => key)])],
    ]),
  );
}

function findProjects(
  { policy, knownProjects, live }: AttributionInput,
  commits: readonly ReadCommit[],
): Projects {
  if (policy.projects.length > 0) return listedProjects(policy.projects);
  if (knownProjects !== null) return listedProjects(knownProjects);
  const here = sightingsOf(commits);
  // What is live is read only where it could tell more: most ranges show their projects often enough.
  return observedProjects(hasDoubtfulPrefix(here) ? [...here, ...live.flatMap(sightingsIn)] : here);
}

function listTickets(
  carried: ReadonlyMap<CommitSha, readonly TicketKey[]>,
  takenBack: ReadonlySet<CommitSha>,
): readonly CarriedTicket[] {
  const byKey = new Map<TicketKey, CommitSha[]>();
  for (const [sha, keys] of carried) {
    for (const key of keys) byKey.set(key, [...(byKey.get(key) ?? []), sha]);
  }
  return [...byKey]
    .map(([key, commits]) => ({ key, commits, reverted: commits.every((sha) => takenBack.has(sha)) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function listMentioned(
  commits: readonly ReadCommit[],
  projects: Projects,
  carried: ReadonlySet<TicketKey>,
): readonly TicketKey[] {
  const seen = commits.flatMap(({ message, pullRequests }) =>
    [message, ...pullRequests].flatMap(({ seen: written, branches }) => [
      ...written,
      ...branches.flatMap(({ key, upperCase }) => (upperCase ? [key] : [])),
    ]),
  );
  return [...new Set(seen)].filter((key) => !carried.has(key) && projects.mayMention(key)).toSorted();
}
