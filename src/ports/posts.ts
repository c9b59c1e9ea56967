import type { CommitSha } from "../domain/model.ts";
import type { RepositoryRef } from "./repository.ts";

export interface PostsToGitHub {
  readonly postStatus: (
    repository: RepositoryRef,
    status: {
      sha: CommitSha;
      context: string;
      state: "success" | "failure" | "pending" | "error";
      description: string;
      targetUrl: string | null;
    },
  ) => Promise<Posted>;
  /** Updates the run with `existingId`, else the one of that name and external id that is there, else makes one. */
  readonly postCheckRun: (
    repository: RepositoryRef,
    run: {
      sha: CommitSha;
      name: string;
      externalId: string;
      conclusion: "success" | "failure" | "action_required" | "neutral";
      title: string;
      summary: string;
      text: string | null;
      detailsUrl: string | null;
      actions: readonly { label: string; description: string; identifier: string }[];
    },
    existingId: number | null,
  ) => Promise<Posted>;
  /** Writes the comment unless one of ours with that marker is there already. */
  readonly postComment: (
    repository: RepositoryRef,
    comment: { issueNumber: number; marker: string; body: string },
  ) => Promise<Posted>;
}

/** What a post came to. A refusal (422: too many statuses, text too long) is final: another door must carry it. */
export type Posted =
  | { readonly state: "done"; readonly remoteId: number | null }
  | { readonly state: "refused"; readonly status: number; readonly detail: string };
