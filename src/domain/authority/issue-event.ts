import type { CommitSha } from "../model.ts";

/** Somebody at GitHub: the number stays when the login changes. */
export interface Person {
  readonly id: number;
  readonly login: string;
  readonly isBot: boolean;
}

/** Who did what to an issue, in GitHub's order. Bots are marked; a deleted account is null. */
export interface IssueEvent {
  readonly id: number;
  readonly what: "labelled" | "unlabelled" | "closed" | "reopened";
  /** The label's name, as it was then. */
  readonly label: string | null;
  readonly by: Person | null;
  /** Done by this very App. */
  readonly byUs: boolean;
  readonly at: Date;
  /** Closed by a commit or a merged pull request that says so. */
  readonly byCommit: CommitSha | null;
}
