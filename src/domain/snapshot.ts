import type { ChangeSet, CommitSha, PullRequest, Reading, RepositoryFacts } from "./model.ts";
import type { Policy } from "./policy.ts";
import type { TicketFacts } from "./ticket.ts";
import type { Attachment } from "./tickets/attachment.ts";

/** One result of one check on one commit; the newest per name and source is what counts. */
export interface CheckResult {
  readonly name: string;
  readonly source:
    | {
        readonly kind: "workflow";
        readonly workflow: string;
        readonly runId: number;
        readonly attempt: number;
      }
    | { readonly kind: "app"; readonly app: string; readonly appId: number }
    | { readonly kind: "status" };
  /** `running`: not finished yet. `skipped-after-failure`: a job it needs failed. */
  readonly state: "success" | "failure" | "running" | "skipped" | "skipped-after-failure" | "no-evidence";
  /** What the source said, word for word: `timed_out`, `cancelled`, ... */
  readonly said: string;
  readonly url: string | null;
  /** Jobs that deploy to an environment the gate governs; they never count. */
  readonly governed: boolean;
}

/** What an environment runs now. */
export interface Base {
  readonly sha: CommitSha;
  /** The branch, or `deployment to <environment>`. */
  readonly label: string;
  /**
   * Set when the base was moved to a commit of the deploy branch with the same tree (a merge or a squash
   * into the base branch): the sha the base branch really has.
   */
  readonly sameTreeAs: CommitSha | null;
  /** Who deployed it and when, where GitHub keeps a record of that; null: the account is gone. */
  readonly deployed?: { readonly by: string | null; readonly at: Date };
}

/** All facts for the verdict on one commit for one environment, read once. */
export interface DeploySnapshot {
  readonly kind: "deploy";
  readonly takenAt: Date;
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly environment: string;
  readonly head: CommitSha;
  /** missing: nothing was ever deployed there. */
  readonly base: Reading<Base>;
  readonly changeSet: Reading<ChangeSet>;
  readonly tickets: TicketFacts;
  readonly checks: Reading<readonly CheckResult[]>;
  /** Open pull requests of the repository, for `ticket-complete`; missing where the rule is off. */
  readonly openPullRequests: Reading<readonly PullRequest[]>;
  /** Commits of the trunk that the deploy branch has not, for `ticket-complete`. */
  readonly outside: Reading<readonly CommitMessage[]>;
  /** The Jira projects that exist, upper case; missing when there is no Jira to ask. */
  readonly projects: Reading<readonly string[]>;
  /** Tickets that people attached to commits of the range. */
  readonly attached: readonly Attachment[];
}

export interface CommitMessage {
  readonly sha: CommitSha;
  readonly message: string;
}

/** All facts for the tickets' verdict on a pull request, or on the pull requests of a merge group. */
export interface PullRequestSnapshot {
  readonly kind: "pull-request";
  readonly takenAt: Date;
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly head: CommitSha;
  readonly pullRequests: readonly PullRequest[];
  /** The title is judged, not the commits: only squash merges are allowed. */
  readonly squashOnly: boolean;
  readonly changeSet: Reading<ChangeSet>;
  readonly tickets: TicketFacts;
  readonly projects: Reading<readonly string[]>;
}

export type Snapshot = DeploySnapshot | PullRequestSnapshot;
