/**
 * The policy as the rest of the program sees it: durations in milliseconds, patterns compiled, defaults
 * filled in. `policy/` makes it from text and is the only maker.
 */
export interface Policy {
  readonly mode: "enforce" | "observe";
  readonly onUnknown: "hold" | "allow";
  /** null: the repository's default branch. */
  readonly trunk: string | null;
  readonly deploy: DeployPolicy;
  readonly tickets: TicketPolicy;
  readonly requiredChecks: readonly CheckSelector[];
  readonly deferred: DeferredPolicy;
  readonly override: OverridePolicy;
  readonly gate: { readonly maxWait: number };
  readonly notify: { readonly slack: SlackPolicy | null };
}

export interface DeployPolicy {
  /** null: the trunk. */
  readonly branch: string | null;
  readonly allowDiverged: boolean;
  /** In the order of the file; the first is the main one. Empty: the pre-deploy check is off. */
  readonly environments: readonly EnvironmentPolicy[];
}

export interface EnvironmentPolicy {
  readonly name: string;
  readonly base:
    | { readonly kind: "branch"; readonly branch: string }
    | { readonly kind: "deployment"; readonly environment: string };
}

export interface TicketPolicy {
  /** Upper case. Empty: Jira's own project keys decide, or the shape alone. */
  readonly projects: readonly string[];
  readonly require: "commit" | "pull-request" | "off";
  readonly statuses: readonly StatusMatch[];
  readonly fields: readonly FieldPolicy[];
  readonly complete: "warn" | "hold" | "off";
  readonly exempt: { readonly authors: readonly string[]; readonly subjects: readonly string[] };
  readonly forks: boolean;
}

/** A status by its name (case does not matter), or any status of a category. */
export type StatusMatch =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "category"; readonly category: "new" | "indeterminate" | "done" };

export interface FieldPolicy {
  readonly name: string;
  /** Issue types that need it; empty: all. */
  readonly types: readonly string[];
}

/** Whether a whole name matches; made from a glob in which `*` crosses `/` and brackets are literal. */
export interface NameMatcher {
  readonly pattern: string;
  readonly matches: (name: string) => boolean;
}

/** A check by its source. A green of another source never stands in for it. */
export type CheckSelector =
  | { readonly kind: "workflow"; readonly workflow: string; readonly job: NameMatcher | null }
  | { readonly kind: "check"; readonly check: NameMatcher; readonly app: string | null }
  | { readonly kind: "status"; readonly status: NameMatcher };

export interface DeferredPolicy {
  readonly grace: number;
  readonly remind: readonly number[];
  readonly label: string;
  readonly haltLabel: string;
  readonly checks: readonly DeferredCheckPolicy[];
  /**
   * How long one hour of deadlines lasts, in milliseconds: 3,600,000, but in the demo, which tells three days in a
   * minute. Everything here and under `override` and `gate` is scaled already; constants of J8 to J12 are multiples of it.
   */
  readonly hour: number;
}

export interface DeferredCheckPolicy {
  readonly name: string;
  readonly match: CheckSelector;
  readonly grace: number;
  /** null: all environments. */
  readonly environments: readonly string[] | null;
  readonly events: readonly string[];
  readonly confirm: number;
  readonly verifyGrace: number;
  readonly owners: readonly string[];
}

export interface OverridePolicy {
  readonly label: string;
  readonly allow:
    | { readonly kind: "permission"; readonly permission: "admin" | "write" }
    | { readonly kind: "teams"; readonly teams: readonly string[] };
  readonly expires: number;
  readonly max: number;
  readonly reason: "optional" | "required";
  readonly fourEyes: boolean;
}

export interface SlackPolicy {
  readonly channel: string;
  /** GitHub login, lower case, to Slack user id. */
  readonly people: ReadonlyMap<string, string>;
}

/** One thing wrong with a policy file. Lines and columns count from 1. */
export interface PolicyProblem {
  /** Whose file it is about; left out: the repository's own. */
  readonly file?: "organisation";
  readonly line: number;
  readonly column: number;
  /** `deploy.environments.production.base`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Where a policy in force came from. */
export interface PolicySource {
  /** The commit of the default branch that it was read at. */
  readonly sha: string;
  readonly organisationSha: string | null;
}

/** What is known of a repository's policy at a moment. */
export type PolicyState =
  /** No file anywhere: Holdpoint posts nothing. */
  | { readonly state: "none" }
  | {
      readonly state: "in-force";
      readonly policy: Policy;
      readonly source: PolicySource;
      /** Problems of a newer version that is therefore not in force, or of the organisation's defaults. */
      readonly problems: readonly PolicyProblem[];
      readonly stale: "no" | "invalid" | "unreadable";
    }
  /** None that could ever be read. */
  | {
      readonly state: "unusable";
      readonly problems: readonly PolicyProblem[];
      readonly why: "invalid" | "unreadable";
      /**
       * The repository has a policy file of its own. Else it may never have used Holdpoint: its organisation's
       * defaults cannot be used, or nobody knows whether there is a file.
       */
      readonly ownFile: boolean;
    };
