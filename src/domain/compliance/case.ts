import type { Brand, CommitSha, RepositoryId } from "../model.ts";
import type { CheckSource } from "./evidence.ts";

export type CaseId = Brand<number, "CaseId">;

/** A run that was red, as a case keeps it. */
export interface RedRun {
  readonly sha: CommitSha;
  readonly runId: number;
  readonly sequence: number;
  readonly said: string;
  readonly at: Date;
  readonly url: string | null;
}

/** How a case ended. `void`: the repository was archived, or the check was dropped and that was accepted. */
export interface CaseEnd {
  readonly as: "green" | "gone" | "by-hand" | "void";
  readonly at: Date;
  /** A login; null where nobody did it by hand. */
  readonly by: string | null;
  readonly because: string | null;
  /** The green run, where there is one. */
  readonly url: string | null;
  readonly sha: CommitSha | null;
}

/** One streak of one deferred check, as it is stored. What state it is in is derived: `caseState`. */
export interface ComplianceCase {
  readonly id: CaseId;
  readonly repositoryId: RepositoryId;
  /** The check by name and source: `checkKey`. One open case each. */
  readonly checkKey: string;
  /** The concrete name, as GitHub shows it. */
  readonly name: string;
  readonly source: CheckSource;
  /** Its name in the policy. */
  readonly policyName: string;
  readonly firstRed: RedRun;
  readonly newestRed: RedRun;
  readonly reds: number;
  /** The newest green before the first red, on the trunk; null where none was found. */
  readonly lastGreen: CommitSha | null;
  /**
   * When the clock began, from which the grace counts: GitHub's time of the first red (of the `confirm`-th in a row), or
   * the moment of adoption.
   */
  readonly openedAt: Date;
  /** It was red already when Holdpoint began to watch the check. */
  readonly adopted: boolean;
  /** Copied from the policy when it opened: loosening the policy changes nothing for open cases (J9). Milliseconds. */
  readonly grace: number;
  readonly verifyGrace: number;
  /** null: all environments. */
  readonly environments: readonly string[] | null;
  readonly owners: readonly string[];
  /** When somebody was told for the first time; null: nobody was yet, and nobody is halted. */
  readonly warnedAt: Date | null;
  /** When people were reminded last; null: never. */
  readonly remindedAt: Date | null;
  /** J9: the later of first red + grace and first warning + the smaller of grace and 24 h, extensions included. */
  readonly deadline: Date | null;
  /** The check's newer run may still turn it green until then (`verify_grace`); later than the deadline. */
  readonly verifyUntil: Date | null;
  /** Since when GitHub could not be read at the deadline; null: it could, or it is not due. */
  readonly unverifiedSince: Date | null;
  /** When the confirming read found it still red past its deadline. */
  readonly expiredAt: Date | null;
  readonly end: CaseEnd | null;
  /** Counts changes; a save with an older number is refused. */
  readonly version: number;
}

export type CaseState = "open" | "expired" | "resolved" | "void";

/** The one place that says what state a case is in. */
export function caseState({ end, expiredAt }: Pick<ComplianceCase, "end" | "expiredAt">): CaseState {
  if (end !== null) return end.as === "void" ? "void" : "resolved";
  return expiredAt === null ? "open" : "expired";
}

/** When the case is due: its deadline, or later while a newer run is waited for. null: not before somebody is warned. */
export function dueAt({
  deadline,
  verifyUntil,
}: Pick<ComplianceCase, "deadline" | "verifyUntil">): Date | null {
  return verifyUntil ?? deadline;
}

/**
 * Whether the case keeps the gate shut at a moment. `unverified`: it is due, and GitHub has not confirmed yet that it is
 * still red; that shuts the gate from the very moment, whether or not anybody has looked (J12).
 */
export function caseHolds(
  given: Pick<ComplianceCase, "end" | "expiredAt" | "deadline" | "verifyUntil">,
  at: Date,
): "no" | "unverified" | "expired" {
  switch (caseState(given)) {
    case "resolved":
    case "void":
      return "no";
    case "expired":
      return "expired";
    case "open": {
      const due = dueAt(given);
      return due !== null && at.getTime() >= due.getTime() ? "unverified" : "no";
    }
  }
}
