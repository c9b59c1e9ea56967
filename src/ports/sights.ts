import type { CommitSha } from "../domain/model.ts";
import type { IssueFacts } from "./issues.ts";
import type { RepositoryRef } from "./repository.ts";

/** An issue or a pull request as a list shows it. */
export type ListedIssue = Pick<IssueFacts, "number" | "onPullRequest" | "state" | "updatedAt"> & {
  readonly labels: readonly string[];
  readonly comments: number;
};

export interface ListedComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly body: string;
  readonly isBot: boolean;
  readonly updatedAt: Date;
}

/** The newest status of a name on a commit. */
export interface ListedStatus {
  readonly statusId: number;
  readonly context: string;
  readonly state: string;
  readonly description: string;
  /** Who posted it; null: the account is gone. */
  readonly by: string | null;
  /** Posted by this very App; asked for under our names alone. */
  readonly isOurs: boolean;
}

/**
 * What a reconciliation compares, all of it by conditional requests: what has not changed costs nothing of the limit. What
 * is not there is null, or an empty list.
 */
export interface ReadsSights {
  readonly readHead: (repository: RepositoryRef, branch: string) => Promise<CommitSha | null>;
  /** A text that changes with the newest deployment to the environment, or what became of it. */
  readonly readDeploymentMark: (repository: RepositoryRef, environment: string) => Promise<string>;
  /** A text that changes with the results of the check runs on the commit. */
  readonly readCheckMark: (repository: RepositoryRef, sha: CommitSha) => Promise<string>;
  readonly listStatuses: (repository: RepositoryRef, sha: CommitSha) => Promise<readonly ListedStatus[]>;
  /** Issues and pull requests changed since then, that moment included; newest change first. */
  readonly listChangedIssues: (repository: RepositoryRef, since: Date) => Promise<readonly ListedIssue[]>;
  readonly listComments: (repository: RepositoryRef, since: Date) => Promise<readonly ListedComment[]>;
}
