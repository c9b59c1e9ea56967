import { z } from "zod";

/** What the bench asks of the process with GitHub and Jira in it; see `servers/remote.ts`. */
export const questionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("connect"), url: z.string() }),
  z.object({ kind: z.literal("create-repository"), repository: z.string() }),
  z.object({ kind: z.literal("create-tickets"), last: z.int() }),
  /** With a deferred check that owners watch, green on its first commit. */
  z.object({ kind: z.literal("create-watched-repository"), repository: z.string(), quiet: z.number() }),
  /** A pull request is merged into the trunk. */
  z.object({ kind: z.literal("merge-change"), repository: z.string(), quiet: z.number() }),
  /** The deferred check is red on the trunk's head. */
  z.object({ kind: z.literal("turn-red"), repository: z.string(), quiet: z.number() }),
  /** Nothing happens but what Holdpoint does by itself. */
  z.object({ kind: z.literal("listen"), quiet: z.number() }),
  z.object({ kind: z.literal("push"), repository: z.string(), ticket: z.int(), quiet: z.number() }),
  z.object({ kind: z.literal("push-many"), repository: z.string(), count: z.int(), quiet: z.number() }),
  z.object({ kind: z.literal("release"), repository: z.string(), quiet: z.number() }),
]);
export type RemoteQuestion = z.infer<typeof questionSchema>;

/** One call and its answer; the times are the remote process's own, in milliseconds. */
export const exchangeSchema = z.object({
  to: z.enum(["github", "jira"]),
  method: z.string(),
  path: z.string(),
  from: z.number(),
  until: z.number(),
  status: z.int(),
});
export type Exchange = z.infer<typeof exchangeSchema>;

export const happenedSchema = z.object({
  /** When each webhook was sent. */
  deliveredAt: z.array(z.number()),
  exchanges: z.array(exchangeSchema),
});
export type Happened = z.infer<typeof happenedSchema>;

/** The posting of a status. */
export function isStatus({ method, path }: Exchange): boolean {
  return method === "POST" && path.includes("/statuses/");
}
