import type { ComplianceCase } from "./case.ts";

/** What happened to a case in one look. Each is one change of state with one audit record; `went-on` is none. */
export type CaseNews =
  | { readonly what: "opened" }
  /** Red again within 24 h of its green, and no new pull request since: the clock goes on. */
  | { readonly what: "relapsed" }
  /** The first warning went out: its deadline is known. */
  | { readonly what: "clock-started" }
  /** Enforced from now on, observed before: the full grace anew. */
  | { readonly what: "adopted" }
  /** Ended by green, gone or void; `case.end` says which. */
  | { readonly what: "resolved" }
  /** Due, and a newer run may turn it green yet. */
  | { readonly what: "verifying" }
  /** Due, and GitHub cannot be read. */
  | { readonly what: "unverified" }
  | { readonly what: "expired" }
  /** `before`: what is left until the deadline. `first`: nobody was reminded of the case before. */
  | { readonly what: "reminder"; readonly before: number; readonly first: boolean }
  /** A newer red run of the same streak: in silence. */
  | { readonly what: "went-on" };

/** A case as it is from now on, and what happened to it. Unchanged: no news. */
export interface CaseOutcome {
  readonly case: ComplianceCase;
  readonly news: readonly CaseNews[];
}
