/**
 * The words of Holdpoint, used the same way in code, tables, pages and documents.
 *
 * trunk            the branch everybody merges into
 * deploy branch    the branch whose head is the next deploy
 * production       what is live: a branch, or the newest successful deployment to an environment
 * base             what an environment runs now, as a commit; every environment has its own
 * change set       the commits reachable from the deploy branch and not from the base
 * ticket           a Jira issue; carried by a commit (it is the work) or only mentioned by it
 * rule, finding    one named question about the snapshot; one answer with a reason code
 * verdict          the findings of one change set together: pass, fail, unknown
 * gate             verdict, holds and overrides at a moment: open, held, unknown
 * deferred check   a CI job that does not block merging but must be green on the trunk within its grace
 * streak           the runs of one deferred check from its first red to now
 * case             one streak of one deferred check: open, expired, ended; shown as a compliance issue
 * deadline         when a case expires: first red + grace, later where the first warning came late
 * hold             anything that keeps the gate shut: an expired case, a failing rule, a manual halt
 * override         a hold lifted by an authorised person, with a reason, a scope and an end
 * snapshot         all facts for one decision, read once; absent facts are missing or unknown
 * subject          what is looked at again when something changed: a deploy, a pull request, ...
 * effect           something to make true in the outside world, as data, one row per target
 */

declare const brand: unique symbol;
/** A value that the compiler keeps apart from others of the same shape. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

/** 40 (or 64) lower-case hex digits. */
export type CommitSha = Brand<string, "CommitSha">;
/** GitHub's numeric id of a repository. Names change, ids do not. */
export type RepositoryId = Brand<number, "RepositoryId">;
export type InstallationId = Brand<number, "InstallationId">;
/** `X-GitHub-Delivery`, or Jira's webhook identifier with the prefix `jira:`. */
export type DeliveryId = Brand<string, "DeliveryId">;
/** A key that matches the strict pattern of `domain/tickets/key`, upper case. */
export type TicketKey = Brand<string, "TicketKey">;

export type Outcome = "pass" | "fail" | "unknown";

/**
 * A fact that was looked for. `missing`: the source answered that there is none. `unknown`: the source
 * could not say, `because` names why with a machine-readable code and `detail` adds what was seen.
 */
export type Reading<Value> =
  | { readonly state: "known"; readonly value: Value }
  | { readonly state: "missing"; readonly detail: string }
  | {
      readonly state: "unknown";
      readonly because: UnknownCode;
      readonly detail: string;
      readonly retryAt: Date | null;
    };

/** Why a fact could not be read; one code for each thing that a person would do something else about. */
export const UNKNOWN_CODES = [
  "github-unreachable",
  "github-rate-limited",
  "github-forbidden",
  "github-inconsistent",
  "jira-unreachable",
  "jira-timeout",
  /** An answer began and never ended: it trickled past the time limit, or broke off. */
  "jira-incomplete",
  "jira-unauthorized",
  /** Too many failed log-ins: Jira wants a person to solve a captcha first. */
  "jira-captcha",
  "jira-forbidden",
  /** There is no such address: the base address or the kind of Jira is wrong. */
  "jira-no-endpoint",
  "jira-gone",
  "jira-redirected",
  "jira-rate-limited",
  "jira-server-error",
  "jira-not-json",
  "jira-too-large",
  "jira-unexpected",
  "jira-capped",
  "truncated",
  "unrelated-histories",
  "branch-not-found",
  "policy-unreadable",
] as const;
export type UnknownCode = (typeof UNKNOWN_CODES)[number];

/** What Holdpoint knows of a repository on GitHub. */
export interface RepositoryFacts {
  readonly id: RepositoryId;
  readonly installationId: InstallationId;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Private or internal: ticket texts may be shown to its readers. */
  readonly private: boolean;
  readonly archived: boolean;
}

/** `proven`: GitHub linked the commit's e-mail to this login. In a local clone nothing is proven. */
export interface Author {
  readonly login: string | null;
  readonly name: string;
  readonly proven: boolean;
}

export interface Commit {
  readonly sha: CommitSha;
  readonly parents: readonly CommitSha[];
  readonly tree: string;
  readonly message: string;
  readonly author: Author;
  /** ISO 8601, as the source gave it. */
  readonly committedAt: string;
  /** For merge commits: hunks that no parent has. GitHub does not tell, a local clone does. */
  readonly ownChange: "none" | "some" | "unknown";
}

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly headBranch: string;
  readonly headSha: CommitSha;
  readonly baseBranch: string;
  /** Numeric id of the repository the head is in; null when that fork is gone. */
  readonly headRepositoryId: number | null;
  readonly author: string | null;
  readonly state: "open" | "closed" | "merged";
  readonly url: string;
}

/** How the head stands to the base, in the words of GitHub's compare. */
export type Relation = "identical" | "ahead" | "behind" | "diverged" | "unrelated";

export interface ChangeSet {
  readonly base: CommitSha | null;
  readonly head: CommitSha;
  readonly relation: Relation;
  readonly aheadBy: number;
  readonly behindBy: number;
  /** Oldest first; every commit comes after its parents. Reachable from head and not from base. */
  readonly commits: readonly Commit[];
  /** Where the two histories parted, with its tree; left out where the source does not tell. */
  readonly mergeBase?: { readonly sha: CommitSha; readonly tree: string } | null;
  /**
   * Reachable from base and not from head: what going out would take away. Oldest first; where there are very many, the
   * newest of them, and `behindBy` counts all.
   */
  readonly lost: readonly Commit[];
  /** For each commit that has some: the pull requests that brought it, merged ones first. */
  readonly pullRequests: ReadonlyMap<CommitSha, readonly PullRequest[]>;
  /** False for a local clone, which knows no pull requests. */
  readonly knowsPullRequests: boolean;
}
