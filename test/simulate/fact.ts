/**
 * One thing that is true of the simulated world from a moment on. The facts together are all that there is to know: the oracle judges
 * by them alone, and Holdpoint has to find them out through GitHub and Jira. They stand in the order in which they happened.
 */
export type Fact = { readonly at: Date } & Happening;

export type Happening =
  | RepositoryMade
  | CommitMade
  | BranchMoved
  | PullRequestMerged
  | JobSaid
  | TicketIs
  | PolicyIs
  | RoleIs
  | IssueTouched
  | CommentMade
  | Quiet;

export interface RepositoryMade {
  readonly kind: "repository";
  readonly repository: string;
}

/** A commit exists; what it is on is told by `branch`. */
export interface CommitMade {
  readonly kind: "commit";
  readonly repository: string;
  readonly sha: string;
  /** The first one is the first parent. */
  readonly parents: readonly string[];
  readonly author: string;
  readonly subject: string;
  /** The tickets that its message carries. */
  readonly carries: readonly string[];
  /** Of "This reverts commit"; null: it reverts nothing. */
  readonly reverts: string | null;
}

/** Where a branch is now; null: it is gone. `main` is the trunk and the deploy branch, `production` what is live. */
export interface BranchMoved {
  readonly kind: "branch";
  readonly repository: string;
  readonly branch: string;
  readonly sha: string | null;
}

export interface PullRequestMerged {
  readonly kind: "merged";
  readonly repository: string;
  readonly number: number;
  readonly author: string;
  readonly title: string;
  /** Carried by its title or branch. */
  readonly carries: readonly string[];
  /** The commit by which it came onto the base branch. */
  readonly sha: string;
}

/** What a job of a workflow run says of a commit. A later fact about the same run, attempt and job replaces an earlier one. */
export interface JobSaid {
  readonly kind: "job";
  readonly repository: string;
  readonly sha: string;
  /** `long.yml` */
  readonly workflow: string;
  readonly job: string;
  readonly run: number;
  readonly attempt: number;
  readonly event: "push" | "schedule" | "pull_request";
  readonly says: "in_progress" | "success" | "failure" | "cancelled" | "skipped" | "timed_out";
}

/** null: deleted. */
export interface TicketIs {
  readonly kind: "ticket";
  readonly key: string;
  readonly ticket: { readonly status: string; readonly risk: string | null } | null;
}

export interface PolicyIs {
  readonly kind: "policy";
  readonly repository: string;
  /** What the file on the trunk says from here on; the one before it stays where a file is broken. */
  readonly policy: SimulatedPolicy | "missing" | "broken";
}

/** What of the policy the simulation varies; everything else has its default. */
export interface SimulatedPolicy {
  readonly mode: "enforce" | "observe";
  readonly graceHours: number;
  readonly confirm: number;
  readonly checks: readonly { readonly name: string; readonly workflow: string; readonly job: string }[];
  /** Names of Jira states that may go out. */
  readonly statuses: readonly string[];
  readonly riskRequired: boolean;
  readonly require: "commit" | "off";
  readonly overrideHours: number;
  readonly slack: boolean;
}

export interface RoleIs {
  readonly kind: "role";
  readonly repository: string;
  readonly login: string;
  readonly role: "admin" | "write" | "read" | "none";
}

/** Something that a person did to an issue; what Holdpoint does there is no fact but an observation. */
export interface IssueTouched {
  readonly kind: "issue";
  readonly repository: string;
  readonly number: number;
  readonly by: string;
  readonly did: "closed" | "reopened" | "labelled" | "unlabelled" | "deleted";
  /** For labels. */
  readonly label: string | null;
}

/** A command in a comment; words that are none are not told of. */
export interface CommentMade {
  readonly kind: "comment";
  readonly repository: string;
  readonly number: number;
  readonly by: string;
  readonly command:
    | { readonly verb: "override"; readonly hours: number; readonly check: string | null }
    | { readonly verb: "extend"; readonly hours: number }
    | { readonly verb: "halt" | "resume" | "accept-policy" | "resolve" };
}

/**
 * Everything that happened before was delivered or compared, nothing was down, and Holdpoint had nothing more to do: from here on it is
 * known to have seen what was so at this moment. Between two of these it may have looked at any moment, or at none.
 */
export interface Quiet {
  readonly kind: "quiet";
}
