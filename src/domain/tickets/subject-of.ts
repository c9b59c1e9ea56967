import type { Commit } from "../model.ts";

/** The first line of a commit's message that says anything. */
export function subjectOf({ message }: Pick<Commit, "message">): string {
  const start = message.trimStart();
  const end = start.indexOf("\n");
  return end === -1 ? start : start.slice(0, end);
}
