import type { ChangeSet, Commit } from "../model.ts";
import type { Sighting } from "./projects.ts";
import { type MessageReading, readMessage } from "./read-message.ts";
import { type PullRequestReading, bringers, readPullRequest } from "./read-pull-request.ts";

/** A commit with everything that was read of it. */
export interface ReadCommit {
  readonly commit: Commit;
  readonly message: MessageReading;
  readonly pullRequests: readonly PullRequestReading[];
}

/** Reads every message, and every pull request once, in the order of the change set. */
export function readChangeSet({ commits, pullRequests }: ChangeSet): readonly ReadCommit[] {
  const read = new Map<number, PullRequestReading>();
  return commits.map((commit) => ({
    commit,
    message: readMessage(commit.message),
    pullRequests: bringers(pullRequests.get(commit.sha) ?? []).map((pullRequest) => {
      const known = read.get(pullRequest.number) ?? readPullRequest(pullRequest);
      read.set(pullRequest.number, known);
      return known;
    }),
  }));
}

/** Each message, title and branch as a place of its own where keys were seen. */
export function sightingsOf(commits: readonly ReadCommit[]): readonly Sighting[] {
  const pullRequests = new Map(
    commits.flatMap((read) => read.pullRequests.map((one) => [one.number, one] as const)),
  );
  return [...commits.map(({ message }) => message), ...pullRequests.values()].flatMap(sightingsOfReading);
}

/** The same for a commit outside the range. */
export function sightingsIn({ message }: Pick<Commit, "message">): readonly Sighting[] {
  return sightingsOfReading(readMessage(message));
}

function sightingsOfReading(reading: MessageReading | PullRequestReading): readonly Sighting[] {
  const { named, seen, branches } = reading;
  const upper = [...new Set(branches.flatMap(({ key, upperCase }) => (upperCase ? [key] : [])))];
  const lower = branches.flatMap(({ key, upperCase }) => (upperCase ? [] : [key]));
  const leading = "leading" in reading ? reading.leading : [];
  return [
    { named, seen, unproven: [...leading, ...lower] },
    { named: upper, seen: upper, unproven: [] },
  ];
}
