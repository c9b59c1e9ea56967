import type { PullRequest, TicketKey } from "../model.ts";
import { type BranchKey, findBranchKeys } from "./branch-keys.ts";
import { readMessage } from "./read-message.ts";

/** What a pull request says of tickets: its title reads like a subject, its head branch by its words. */
export interface PullRequestReading {
  readonly number: number;
  readonly named: readonly TicketKey[];
  readonly branches: readonly BranchKey[];
  readonly seen: readonly TicketKey[];
}

export function readPullRequest(
  pullRequest: Pick<PullRequest, "number" | "title" | "headBranch">,
): PullRequestReading {
  const title = readMessage(pullRequest.title);
  return {
    number: pullRequest.number,
    named: title.named,
    branches: findBranchKeys(pullRequest.headBranch),
    seen: title.seen,
  };
}

/** Those that brought a commit: the merged ones; an open one counts where there is no other. */
export function bringers(pullRequests: readonly PullRequest[]): readonly PullRequest[] {
  const merged = pullRequests.filter(({ state }) => state === "merged");
  return merged.length > 0 ? merged : pullRequests;
}
