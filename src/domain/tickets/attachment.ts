import type { CommitSha, TicketKey } from "../model.ts";

/** A ticket that somebody attached to a commit whose message carries none, and why. It counts like a carried one. */
export interface Attachment {
  readonly sha: CommitSha;
  readonly key: TicketKey;
  readonly because: string;
  /** A login. */
  readonly by: string;
  readonly at: Date;
}
