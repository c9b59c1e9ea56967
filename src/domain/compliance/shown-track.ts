import type { CommitSha } from "../model.ts";
import type { CheckSource } from "./evidence.ts";

/** What one deferred check said on the newest commits of the trunk, as a page shows it. Moments are ISO 8601. */
export interface ShownTrack {
  readonly key: string;
  readonly name: string;
  /** Its name in the policy; null: an open case's check that the policy no longer names. */
  readonly policyName: string | null;
  readonly source: CheckSource;
  /** Newest commit first; commits without a result included. */
  readonly commits: readonly TrackCommit[];
}

export interface TrackCommit {
  readonly sha: CommitSha;
  readonly subject: string;
  readonly committedAt: string;
  /** The newest result on that commit; `none`: nothing that proves anything. */
  readonly result: "green" | "red" | "running" | "none";
  /** GitHub's word; null where there was none. */
  readonly said: string | null;
  readonly at: string | null;
  readonly url: string | null;
}

/** What the check of a case said from the last green commit on, as it was when it ended or was looked at last. */
export interface CaseTrack {
  /** Newest commit first. */
  readonly commits: readonly TrackCommit[];
  /** How many commits are left out after the first so many; null: none. */
  readonly gap: { readonly after: number; readonly commits: number } | null;
}
