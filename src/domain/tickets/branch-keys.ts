import type { TicketKey } from "../model.ts";
import { isTicketKey } from "./key.ts";

const SHAPES = /[A-Za-z][A-Za-z0-9_]{1,9}-[1-9][0-9]{0,11}/g;

export interface BranchKey {
  readonly key: TicketKey;
  /** In lower case only a known project tells `play-1` from `patch-1`. */
  readonly upperCase: boolean;
}

/** GitHub names the branch of its "Revert" button so; what it takes back is not its work. */
const REVERTS = /^(?:[^/\s]{1,80}\/){0,3}revert-/i;

/**
 * The keys in a branch's name, where `-`, `_`, `/` and `.` part words: `feature/PLAY-1-cache`, `play-1_cache`.
 * Versions (`kafka-3.7`) are none.
 */
export function findBranchKeys(branch: string): readonly BranchKey[] {
  if (REVERTS.test(branch)) return [];
  const found: BranchKey[] = [];
  for (const match of branch.matchAll(SHAPES)) {
    const { index } = match;
    if (/[A-Za-z0-9]/.test(branch[index - 1] ?? "")) continue;
    if (/^(?:[A-Za-z0-9]|\.[0-9x])/.test(branch.slice(index + match[0].length, index + match[0].length + 2)))
      continue;
    const written = afterUnderscore(match[0]);
    const key = written.toUpperCase();
    if (isTicketKey(key)) found.push({ key, upperCase: key === written });
  }
  return found;
}

/** `fix_PLAY-1`: a word in another case than the project's is not part of the project. */
function afterUnderscore(text: string): string {
  const underscore = text.lastIndexOf("_");
  const tail = text.slice(underscore + 1);
  return underscore !== -1 && isTicketKey(tail) && text !== text.toUpperCase() ? tail : text;
}
