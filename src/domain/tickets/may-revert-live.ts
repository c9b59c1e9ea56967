import type { ChangeSet } from "../model.ts";
import type { Carriage } from "./carriage.ts";

/**
 * Whether a commit without a ticket says that it reverts something: what is live already has then to be known, because a verified revert
 * of that needs no ticket.
 */
export function mayRevertLive(
  { base, commits }: Pick<ChangeSet, "base" | "commits">,
  { unticketed }: Pick<Carriage, "unticketed">,
): boolean {
  if (base === null) return false;
  const without = new Set(unticketed);
  return commits.some(({ sha, message }) => without.has(sha) && message.toLowerCase().includes("revert"));
}
