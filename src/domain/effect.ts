import type { CommitSha, RepositoryId } from "./model.ts";

/**
 * Something to make true outside, as data. Holdpoint stores the *desired* state of each target, and the
 * worker makes it so: twice the same is once, an older wish never overwrites a newer one, and an
 * unchanged wish causes no call (GitHub accepts 1,000 statuses per commit and context).
 */
export type Effect =
  | {
      readonly kind: "status";
      readonly repositoryId: RepositoryId;
      readonly sha: CommitSha;
      readonly context: string;
      readonly state: "success" | "failure" | "pending" | "error";
      /** At most 140 characters. */
      readonly description: string;
      readonly targetUrl: string | null;
    }
  | {
      readonly kind: "check-run";
      readonly repositoryId: RepositoryId;
      readonly sha: CommitSha;
      readonly name: string;
      /** `deploy` or `pull-request:<number>`: what "Check again" looks at. */
      readonly externalId: string;
      readonly conclusion: "success" | "failure" | "action_required" | "neutral";
      readonly title: string;
      /** Each at most 65,535 bytes. */
      readonly summary: string;
      readonly text: string | null;
      /** The last words of the text: when and where the facts were read. Alone they are no reason to post again. */
      readonly footnote?: string;
      readonly detailsUrl: string | null;
      readonly actions: readonly {
        readonly label: string;
        readonly description: string;
        readonly identifier: string;
      }[];
    }
  | {
      readonly kind: "comment";
      readonly repositoryId: RepositoryId;
      readonly issueNumber: number;
      /** The comment that this one answers; also its hidden marker, so that it is written once. */
      readonly answersComment: number;
      readonly body: string;
    };

/** The key of the row that keeps the target's desired state. */
export function effectTarget(effect: Effect): string {
  switch (effect.kind) {
    case "status":
      return `status:${effect.repositoryId}:${effect.sha}:${effect.context.toLowerCase()}`;
    case "check-run":
      return `check-run:${effect.repositoryId}:${effect.sha}:${effect.name}`;
    case "comment":
      return `comment:${effect.repositoryId}:${effect.issueNumber}:${effect.answersComment}`;
  }
}
