import type { IssueEvent } from "../domain/authority/issue-event.ts";
import type { Reading } from "../domain/model.ts";
import type { Permission } from "./people.ts";
import type { Posted } from "./posts.ts";
import type { RepositoryRef } from "./repository.ts";

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number; readonly login: string; readonly isBot: boolean } | null;
  readonly edited: boolean;
  /** When it was written. */
  readonly at: Date;
  readonly onPullRequest: boolean;
}

export interface ReadsComments {
  readonly readComment: (
    repository: RepositoryRef,
    issueNumber: number,
    commentId: number,
  ) => Promise<Reading<IssueComment>>;
  /** The base permission (never the role's name). A rate limit is a fault, not a "none". */
  readonly readPermission: (repository: RepositoryRef, login: string) => Promise<Permission>;
}

/** An issue or a pull request, as far as Holdpoint acts on it. */
export interface IssueFacts {
  readonly number: number;
  readonly url: string;
  readonly onPullRequest: boolean;
  readonly state: "open" | "closed";
  readonly locked: boolean;
  /** As they are written. */
  readonly labels: readonly { readonly id: number; readonly name: string }[];
  readonly body: string;
  /** Written by this very App. */
  readonly isOurs: boolean;
  readonly updatedAt: Date;
}

export type { IssueEvent };

export interface ReadsIssues {
  /** missing: deleted or transferred (a redirect is not followed). `issues-off`: the repository has none. */
  readonly readIssue: (repository: RepositoryRef, number: number) => Promise<Reading<IssueFacts>>;
  /** All of them, paged to the end. */
  readonly readIssueEvents: (repository: RepositoryRef, number: number) => Promise<readonly IssueEvent[]>;
  /** Open and closed ones with the label, changed since then, newest change first; by the list endpoint, never by search. */
  readonly listIssues: (
    repository: RepositoryRef,
    label: string,
    since: Date | null,
  ) => Promise<readonly IssueFacts[]>;
}

/** Writes about issues. Each looks before it writes. */
export interface WritesIssues {
  /**
   * The issue with that marker, written by this App, else a new one; then its text, labels and state as given. Labels are
   * made where they are missing, and no others than the named are touched. `existing` is tried first; where that issue is gone,
   * another is made. Of several with the marker the oldest stays, the others are closed with a link to it.
   */
  readonly putIssue: (
    repository: RepositoryRef,
    issue: {
      marker: string;
      title: string;
      body: string;
      labels: readonly { name: string; color: string; description: string }[];
      /** Made with a new issue where they are missing, and not put on it. */
      labelsReady: readonly { name: string; color: string; description: string }[];
      labelsOff: readonly string[];
      state: "open" | "closed";
    },
    existing: {
      number: number | null;
      /** Called when there is none and one is about to be made; throws a fault where that has to wait. */
      beforeMaking: () => Promise<void>;
    },
  ) => Promise<Posted>;
  readonly putLabel: (
    repository: RepositoryRef,
    label: { issueNumber: number; name: string; present: boolean },
  ) => Promise<Posted>;
  readonly putIssueState: (
    repository: RepositoryRef,
    issue: { issueNumber: number; state: "open" | "closed" },
  ) => Promise<Posted>;
}
