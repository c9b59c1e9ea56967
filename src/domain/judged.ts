import type { UnheardCheck } from "./compliance/unheard-checks.ts";
import type { Verdict } from "./finding.ts";
import type { Pin } from "./gate/unpinned.ts";
import type { CommitSha } from "./model.ts";
import type { PolicyState } from "./policy.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Carriage } from "./tickets/carriage.ts";

/** A verdict with all it was made of: what deciding and reporting need. */
export interface Judged<Facts extends Snapshot = Snapshot> {
  readonly snapshot: Facts;
  /** null where the change set is not known. */
  readonly carriage: Carriage | null;
  readonly verdict: Verdict;
  /** Where Holdpoint answers: `https://holdpoint.example.com`. */
  readonly publicUrl: string;
  /** Where the cockpit answers; null, or left out: nobody can sign in there. */
  readonly cockpitUrl?: string | null;
  /** GitHub for browsers, `https://github.com`, for links to commits; none are made without. */
  readonly githubUrl?: string | null;
  /** The policy's own commit and problems, for the report. */
  readonly policyState?: PolicyState;
  /** Deferred checks that the policy names and that say nothing. */
  readonly unheard?: readonly UnheardCheck[];
  /** Whether what is required of ours on the branch counts from anybody else, too. */
  readonly pin?: Pin;
  /** Other open pull requests with this head, which are judged too; this one is the worst of them. */
  readonly sameHead?: readonly number[];
  /** The head of the deploy branch, whose check run belongs to the deploy; null where there is none. */
  readonly deployHead?: CommitSha | null;
}
