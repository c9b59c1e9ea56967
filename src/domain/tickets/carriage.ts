import type { CommitSha, TicketKey } from "../model.ts";

/**
 * What the commits of a change set carry: the one reading of messages, titles and branches that the rules,
 * the report and the command line share.
 */
export interface Carriage {
  /** Every carried key, sorted, with the carrying commits (reverts left out). */
  readonly tickets: readonly CarriedTicket[];
  /** Disjoint from the carried ones, sorted. */
  readonly mentioned: readonly TicketKey[];
  /** Pairs inside the range, and reverts of something that is live already (`reverts` is then not in the range). */
  readonly reverts: readonly Revert[];
  /** Commits that need a ticket and carry none. */
  readonly unticketed: readonly CommitSha[];
  /** Commits that need none, and why. */
  readonly exempt: readonly Exemption[];
}

export interface CarriedTicket {
  readonly key: TicketKey;
  readonly commits: readonly CommitSha[];
  /** None of the carrying commits survives: it goes out as nothing. */
  readonly reverted: boolean;
}

export interface Revert {
  readonly sha: CommitSha;
  readonly reverts: CommitSha;
}

export interface Exemption {
  readonly sha: CommitSha;
  readonly because: "merge" | "author" | "subject" | "reverted" | "revert" | "require-off" | "pull-request";
}
