import type { z } from "zod";
import type { DomainEvent } from "../domain/event.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import { notOfDeclaredShape } from "../domain/wording/ingress.ts";

/** A status under one of our names, as a payload reports it; whoever may write to the repository can have posted it. */
export interface ReportedStatus {
  /** GitHub's number of it: a later status has a higher one. */
  readonly statusId: number;
  readonly repository: RepositoryFacts;
  readonly sha: CommitSha;
  readonly context: string;
  readonly state: string;
  readonly description: string;
  /** A login; null: its account is gone. */
  readonly by: string | null;
}

/** What a payload comes to in our words. */
export type Translation =
  | {
      readonly kind: "events";
      readonly events: readonly DomainEvent[];
      /** No news where it is Holdpoint's own; somebody else's is set right. */
      readonly underOurName?: ReportedStatus;
    }
  | { readonly kind: "ignored"; readonly reason: string }
  /** It does not have the shape of the event that its header names. */
  | { readonly kind: "invalid"; readonly reason: string };

export function events(...translated: readonly DomainEvent[]): Translation {
  return { kind: "events", events: translated };
}

export function ignored(reason: string): Translation {
  return { kind: "ignored", reason };
}

/** Reads the payload by its schema and translates it; what does not fit is invalid, never guessed at. */
export function translate<Payload, Result>(
  name: string,
  schema: z.ZodType<Payload>,
  payload: unknown,
  translateFitting: (payload: Payload) => Result,
): Result | Translation {
  const read = schema.safeParse(payload);
  if (read.success) return translateFitting(read.data);
  const [issue] = read.error.issues;
  const where = issue?.code === "unrecognized_keys" ? issue.keys : (issue?.path ?? []);
  return { kind: "invalid", reason: notOfDeclaredShape(name, where.map(String).join(".").slice(0, 200)) };
}
