import type { Commit } from "../model.ts";
import { splitMessage } from "./message-lines.ts";
import { readRevertClaim } from "./revert-claim.ts";

/** The commits that messages say they take back, as they name them: 7 to 64 hex digits, each once. */
export function revertedShas(commits: readonly Pick<Commit, "message">[]): readonly string[] {
  const named = commits.flatMap(({ message }) =>
    /revert/i.test(message) ? (readRevertClaim(splitMessage(message))?.shas ?? []) : [],
  );
  return [...new Set(named)];
}
