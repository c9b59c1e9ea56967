import { visibleText } from "../escape/visible-text.ts";
import { quoted } from "./counted.ts";

/** In a status, which has room for 140 characters: names of branches may be longer. */
export function deployBranchGone(branch: string): string {
  return `the deploy branch ${quoted(visibleText(branch, 80))} does not exist`;
}
