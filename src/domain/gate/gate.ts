import type { ComplianceCase } from "../compliance/case.ts";
import type { Answer } from "../decision.ts";
import type { Verdict } from "../finding.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../model.ts";
import type { Policy } from "../policy.ts";
import type { Halt, Override, RollbackPermit } from "./override.ts";

/** Where a commit stands, as far as going out is concerned (J2). */
export type Place = "deploy-branch" | "pull-request" | "merge-group" | "elsewhere";

/** What is known of one commit for one environment: read from GitHub and Jira, kept for at most 60 seconds. */
export interface Judgement {
  readonly environment: string;
  readonly sha: CommitSha;
  readonly place: Place;
  /** It was deployed there successfully before. */
  readonly wasLive: boolean;
  /** null: the policy names no environments, so that nothing is judged but holds. */
  readonly verdict: Verdict | null;
  /** When the facts behind it were read. */
  readonly readAt: Date;
}

/** All that the gate is a function of. */
export interface GateFacts {
  readonly at: Date;
  readonly repository: Pick<RepositoryFacts, "id" | "owner" | "name" | "private">;
  /** null: no policy, or none that can be used: `noPolicy` says which. */
  readonly policy: Policy | null;
  readonly noPolicy: "none" | "unusable" | null;
  /**
   * J9: the policy that open cases and halts stand on while a looser one waits to be accepted; null: the one in force.
   */
  readonly heldTo: Policy | null;
  readonly environment: string;
  readonly sha: CommitSha;
  readonly intent: "deploy" | "rollback";
  /** missing: there is no such commit. unknown: could not be read, or is older than 60 seconds. */
  readonly judgement: Reading<Judgement>;
  /** Not ended ones of the repository. */
  readonly cases: readonly (ComplianceCase & { readonly issueUrl: string | null })[];
  readonly halts: readonly (Halt & { readonly issueUrl: string | null })[];
  readonly overrides: readonly Override[];
  readonly rollbacks: readonly RollbackPermit[];
}

export type ReasonKind = "verdict" | "case" | "halt" | "unverified" | "override" | "policy";

/** Why the gate is as it is; every field but the kind and the code is for people. */
export interface Reason {
  readonly kind: ReasonKind;
  /** Stable, for machines: `expired`, `halt`, `diverged`, `not-on-deploy-branch`, `no-policy`, ... */
  readonly code: string;
  readonly message: string;
  readonly since: Date | null;
  readonly until: Date | null;
  /** Who can do what about it. */
  readonly who: string;
  readonly url: string | null;
}

/** The one answer at every door. */
export interface GateAnswer {
  readonly decision: Answer;
  readonly wouldBe: Answer;
  readonly mode: "enforce" | "observe" | null;
  /** What holds first, then what is unknown, then what was lifted and by whom. */
  readonly reasons: readonly Reason[];
  /** When the answer changes by itself, if nothing else happens: a deadline, the end of an override. */
  readonly changesAt: Date | null;
}
