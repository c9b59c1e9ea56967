import type { CommitSha } from "../model.ts";

/** A commit of the trunk's first-parent chain. */
export interface TrunkCommit {
  readonly sha: CommitSha;
  /** The first parent; null for the root. */
  readonly parent: CommitSha | null;
  readonly subject: string;
  readonly committedAt: Date;
}

/** Where a check comes from. A green of another source never stands in for a red of this one. */
export type CheckSource =
  /** `.github/workflows/ci.yml` */
  | { readonly kind: "workflow"; readonly workflow: string }
  | { readonly kind: "app"; readonly app: string; readonly appId: number }
  | { readonly kind: "status" };

/**
 * One result of one check on one commit of the trunk. `said` is GitHub's own word, in lower case: a conclusion, a
 * status' state, or `running` while there is none yet.
 */
export interface TrunkResult {
  readonly sha: CommitSha;
  readonly name: string;
  readonly source: CheckSource;
  /** The workflow run; 0 where there is none. */
  readonly runId: number;
  /** Grows with each attempt: the number of the check run or of the status. */
  readonly sequence: number;
  readonly said: string;
  /** GitHub's time of the end, or of the beginning while it runs. */
  readonly at: Date;
  /** Of what has ended; left out where the source does not say. */
  readonly startedAt?: Date;
  readonly url: string | null;
  /** `push`, `schedule`, ...; null where the source has no events. */
  readonly event: string | null;
  /** A job that deploys to an environment of the policy: never a deferred check. */
  readonly governed: boolean;
}

/** One run of a workflow on a commit of the trunk, jobs or no jobs. */
export interface TrunkRun {
  readonly sha: CommitSha;
  readonly workflow: string;
  readonly runId: number;
  readonly event: string;
  /** As in `TrunkResult`; `startup_failure` has no jobs. */
  readonly said: string;
  readonly at: Date;
  readonly url: string | null;
}

/** What was seen of the trunk, newest commit first, as far back as was read. */
export interface TrunkEvidence {
  readonly branch: string;
  readonly head: CommitSha;
  readonly chain: readonly TrunkCommit[];
  /** The chain ends with the root: there is nothing older. */
  readonly complete: boolean;
  readonly results: readonly TrunkResult[];
  readonly runs: readonly TrunkRun[];
}
