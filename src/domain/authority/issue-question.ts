import type { CaseId, ComplianceCase } from "../compliance/case.ts";
import type { Policy } from "../policy.ts";
import type { Authority } from "./authority.ts";
import type { IssueEvent, Person } from "./issue-event.ts";

/** An override of an issue's cases that lasts, or waits for its reason. */
export interface StandingOverride {
  /** `label-event:5`, `comment:6` */
  readonly source: string;
  readonly caseIds: readonly CaseId[];
}

export interface StandingHalt {
  readonly source: string;
  readonly byId: number;
  readonly beganAt: Date;
}

/** All that an issue's labels and state are judged by. */
export interface IssueQuestion {
  readonly at: Date;
  readonly state: "open" | "closed";
  /** As they are written. */
  readonly labels: readonly string[];
  readonly onPullRequest: boolean;
  /** What was not decided upon yet, oldest first. */
  readonly events: readonly IssueEvent[];
  /** How often others closed it within the last 24 hours, those events included. */
  readonly closings: number;
  /** How often others took each of the two labels off within the last 24 hours, those events included. */
  readonly strippings: { readonly overrideLabel: number; readonly haltLabel: number };
  /** The policy that open cases and halts stand on. */
  readonly policy: Policy;
  /** Those of the compliance issue that have not ended; null: it is none. */
  readonly cases: readonly ComplianceCase[] | null;
  readonly overrides: readonly StandingOverride[];
  readonly halts: readonly StandingHalt[];
  /** By login, lower case: everybody of the events who is no bot. */
  readonly people: ReadonlyMap<string, Authority>;
  /** Who wrote what broke it, where four eyes are wanted: logins, lower case. null: could not be read. */
  readonly authors: ReadonlySet<string> | null;
}

export type RefusalReason =
  | "bot"
  | "not-authorised"
  | "team-unread"
  | "four-eyes"
  | "authors-unread"
  | "not-expired"
  | "nothing-here"
  | "override-stays"
  | "halt-needs-write"
  | "halt-stays"
  | "halt-stays-closed"
  | "left-closed"
  | "override-label-left-off"
  | "halt-label-left-off";

/** One thing that follows from one event. */
export type Step =
  | {
      readonly what: "override-began";
      readonly event: IssueEvent;
      readonly by: Person;
      readonly source: string;
      readonly caseIds: readonly CaseId[];
      readonly endsAt: Date;
      readonly awaitsReason: boolean;
    }
  | {
      readonly what: "override-ended";
      readonly event: IssueEvent;
      readonly by: Person;
      readonly source: string;
    }
  | { readonly what: "halt-began"; readonly event: IssueEvent; readonly by: Person; readonly source: string }
  | { readonly what: "halt-ended"; readonly event: IssueEvent; readonly by: Person; readonly source: string }
  | {
      readonly what: "refused";
      readonly event: IssueEvent;
      /** null: the account was deleted. */
      readonly by: Person | null;
      readonly why: RefusalReason;
      /** The team that cannot be read. */
      readonly team: string | null;
    }
  | { readonly what: "reopened"; readonly event: IssueEvent };

/** What stands while the events are gone through. */
export interface Standing {
  readonly overrides: readonly StandingOverride[];
  readonly halts: readonly StandingHalt[];
}

export interface IssueDecision {
  /** In the order of the events. */
  readonly steps: readonly Step[];
  readonly standing: Standing;
  /** Whether each of the two labels ought to be there; null: it is as it ought to be. */
  readonly overrideLabel: boolean | null;
  readonly haltLabel: boolean | null;
  readonly reopen: boolean;
}
