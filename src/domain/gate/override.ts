import type { CaseId } from "../compliance/case.ts";
import type { CommitSha, RepositoryId } from "../model.ts";

/** A hold lifted by an authorised person, for a time. It ends by itself. */
export interface Override {
  readonly id: number;
  readonly repositoryId: RepositoryId;
  readonly scope:
    /** The expired cases of one issue, in the environments they hold (or one of them). */
    | {
        readonly kind: "cases";
        readonly caseIds: readonly CaseId[];
        readonly environment: string | null;
      }
    /** Any reasons, for one commit in one environment: `expired`, `halt`, `status-not-allowed`, ... */
    | {
        readonly kind: "reasons";
        readonly environment: string;
        readonly sha: CommitSha;
        readonly codes: readonly string[];
      };
  readonly by: string;
  /** null: none was given yet. */
  readonly because: string | null;
  readonly beganAt: Date;
  readonly endsAt: Date;
  /** Ended before its time; null: it was not. */
  readonly endedAt: Date | null;
}

/** A manual halt. */
export interface Halt {
  readonly id: number;
  readonly repositoryId: RepositoryId;
  /** null: all environments. */
  readonly environment: string | null;
  readonly by: string;
  readonly because: string | null;
  /** The issue or pull request that it was said on; null: in the cockpit. */
  readonly issueNumber: number | null;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
}

/** J4: for one hour this commit, which was live there before, may go out in spite of tickets and expired cases. */
export interface RollbackPermit {
  readonly repositoryId: RepositoryId;
  readonly environment: string;
  readonly sha: CommitSha;
  readonly by: string;
  readonly because: string;
  readonly beganAt: Date;
  readonly endsAt: Date;
}

/** In force: begun, not ended, not over. The end itself is over. */
export function isInForce(
  given: { readonly beganAt: Date; readonly endsAt: Date; readonly endedAt?: Date | null },
  at: Date,
): boolean {
  if (given.endedAt !== undefined && given.endedAt !== null && given.endedAt.getTime() <= at.getTime())
    return false;
  return given.beganAt.getTime() <= at.getTime() && at.getTime() < given.endsAt.getTime();
}
