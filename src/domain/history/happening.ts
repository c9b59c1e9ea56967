import type { Answer } from "../decision.ts";
import type { CaseEnd } from "../compliance/case.ts";

/** What a history is filtered by: one word for each sort of happening. */
export const HISTORY_KINDS = [
  "deploy",
  "gate",
  "halt",
  "override",
  "case",
  "ticket",
  "policy",
  "refused",
  "pull-request",
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** Something that happened in a repository, as it is told. Names are as they were stored: strangers' text. */
export interface Happening {
  /** Names it among all of the repository; of two at one moment the greater is the later. */
  readonly key: string;
  readonly at: Date;
  /** A login, or the name of a tool; null: nobody in particular. */
  readonly by: string | null;
  /** null: all of them, or none in particular. */
  readonly environment: string | null;
  readonly because: string | null;
  /** Milliseconds, of what ended by this. */
  readonly lasted: number | null;
  readonly links: HappeningLinks;
  readonly told: Told;
}

/** What else it is about, by which more can be read. */
export interface HappeningLinks {
  readonly commit: string | null;
  readonly issue: number | null;
  readonly cases: readonly number[];
  readonly run: number | null;
}

/** `checks` are names of deferred checks. */
export type Told =
  | { readonly what: "deployed"; readonly before: string | null }
  | {
      readonly what: "gate";
      readonly decision: Answer;
      readonly wouldBe: Answer;
      readonly reasons: readonly string[];
      /** Where that commit has this answer since that moment. */
      readonly environments: readonly string[];
      /** How many other answers changed at the same moment, of other commits or to another. */
      readonly others: number;
    }
  | { readonly what: "verdict"; readonly decision: Answer; readonly findings: readonly string[] }
  | {
      readonly what: "pull-request-verdict";
      readonly number: number | null;
      readonly decision: Answer;
      readonly findings: readonly string[];
    }
  | { readonly what: "job-answered"; readonly approved: boolean; readonly reasons: readonly string[] }
  | { readonly what: "forged-status"; readonly context: string; readonly restored: boolean }
  | { readonly what: "halt-began" }
  | { readonly what: "halt-ended" }
  | {
      readonly what: "override-began";
      readonly checks: readonly string[];
      readonly codes: readonly string[];
      readonly until: Date | null;
    }
  | { readonly what: "override-ended" }
  | { readonly what: "reason-given" }
  | { readonly what: "rollback-permitted"; readonly until: Date | null }
  | { readonly what: "rolled-back-by-tool" }
  | { readonly what: "case-opened"; readonly checks: readonly string[]; readonly adopted: boolean }
  | { readonly what: "case-reminder"; readonly checks: readonly string[]; readonly left: number }
  | {
      readonly what: "case-relapsed" | "case-verifying" | "case-unverified" | "case-expired" | "case-adopted";
      readonly checks: readonly string[];
    }
  | { readonly what: "case-resolved"; readonly checks: readonly string[]; readonly as: CaseEnd["as"] | null }
  | { readonly what: "extended"; readonly checks: readonly string[]; readonly due: Date | null }
  | { readonly what: "issue-reopened" }
  | { readonly what: "issue-refused" }
  | { readonly what: "policy-accepted" }
  | { readonly what: "ticket-attached" | "ticket-detached"; readonly ticket: string }
  | { readonly what: "ticket-filled-in"; readonly ticket: string; readonly fields: readonly string[] }
  /** `to` null: the status is not for whoever reads this. */
  | { readonly what: "ticket-moved"; readonly ticket: string; readonly to: string | null }
  | {
      readonly what: "ticket-refused";
      readonly ticket: string;
      readonly wish: "changed" | "attached" | "taken off";
      readonly why: string;
    }
  | { readonly what: "label-refused"; readonly label: string | null; readonly why: string }
  | { readonly what: "command-refused"; readonly command: string; readonly why: string };

/** What sort of happening it is. */
export function kindOf({ what }: Told): HistoryKind {
  switch (what) {
    case "deployed":
    case "job-answered":
    case "rollback-permitted":
    case "rolled-back-by-tool":
      return "deploy";
    case "gate":
    case "verdict":
    case "forged-status":
      return "gate";
    case "halt-began":
    case "halt-ended":
      return "halt";
    case "override-began":
    case "override-ended":
    case "reason-given":
      return "override";
    case "case-opened":
    case "case-reminder":
    case "case-relapsed":
    case "case-verifying":
    case "case-unverified":
    case "case-expired":
    case "case-adopted":
    case "case-resolved":
    case "extended":
    case "issue-reopened":
    case "issue-refused":
      return "case";
    case "ticket-attached":
    case "ticket-detached":
    case "ticket-filled-in":
    case "ticket-moved":
      return "ticket";
    case "policy-accepted":
      return "policy";
    case "ticket-refused":
    case "label-refused":
    case "command-refused":
      return "refused";
    case "pull-request-verdict":
      return "pull-request";
  }
}
