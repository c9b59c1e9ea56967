import type { Command } from "../commands.ts";
import type { CommitSha, RepositoryId, TicketKey } from "../model.ts";

/** What somebody asks for in the cockpit. Each value is what the person saw or typed; who may do it is decided when it is done. */
export type Wish =
  /** Everything behind the repository's verdict is read again. */
  | { readonly kind: "check" }
  /** The same commands as in comments, with the same refusals. */
  | { readonly kind: "command"; readonly command: CockpitCommand; readonly on: WishPlace }
  /** Fields of a ticket, by the policy's names. */
  | { readonly kind: "fill-fields"; readonly ticket: TicketKey; readonly fields: readonly FieldWish[] }
  | {
      readonly kind: "move-ticket";
      readonly ticket: TicketKey;
      /** Of the workflow's own; `to` is the status it was said to lead to. */
      readonly transition: { readonly id: string; readonly name: string; readonly to: string };
      /** The status that the person saw. */
      readonly seen: string;
    }
  | {
      readonly kind: "attach-ticket";
      readonly sha: CommitSha;
      readonly ticket: TicketKey;
      readonly because: string;
    }
  | { readonly kind: "detach-ticket"; readonly sha: CommitSha; readonly ticket: TicketKey }
  /** An effect that was refused, or does not come through, is tried again. */
  | { readonly kind: "retry-effect"; readonly target: string };

/** A field as it shall be; `seen` is the mark of what the person saw (`seen-text.ts`), null: nothing. Options of a choice stand one a line. */
export interface FieldWish {
  readonly name: string;
  readonly seen: string | null;
  readonly wanted: string;
}

export type CockpitCommand = Extract<
  Command,
  { readonly kind: "override" | "extend" | "resolve" | "halt" | "resume" | "rollback" | "accept-policy" }
>;

/** Where a command is said: on a case's issue, on the deploy of a commit, on one halt, on a looser policy, or on the repository. */
export type WishPlace =
  | { readonly kind: "case"; readonly firstRed: CommitSha }
  | {
      readonly kind: "deploy";
      readonly environment: string;
      readonly sha: CommitSha;
      /** The codes of the reasons that the person saw: nothing else is lifted. */
      readonly codes: readonly string[];
    }
  | { readonly kind: "halt"; readonly id: number }
  /** The looser policy that waited since then when the person saw it; ISO 8601. */
  | { readonly kind: "policy"; readonly waitingSince: string }
  | { readonly kind: "repository" };

/** `under-way`: decided, and on its way to Jira or GitHub. */
export type RequestState = "asked" | "under-way" | "done" | "refused" | "conflict" | "failed";

/** What became of it, for the person who asked. */
export interface RequestAnswer {
  /** Stable, for machines and tests. */
  readonly code: string;
  /** Plain text. */
  readonly message: string;
  /** After a conflict: what is there now, by field; null: empty. */
  readonly now?: readonly { readonly name: string; readonly value: string | null }[];
}

export interface StoredRequest {
  readonly id: number;
  readonly repositoryId: RepositoryId;
  readonly by: { readonly id: number; readonly login: string };
  readonly wish: Wish;
  readonly state: RequestState;
  readonly answer: RequestAnswer | null;
  readonly askedAt: Date;
  readonly finishedAt: Date | null;
}

export function isFinished({ state }: Pick<StoredRequest, "state">): boolean {
  return state !== "asked" && state !== "under-way";
}
