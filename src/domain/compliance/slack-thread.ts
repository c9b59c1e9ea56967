import { cutCodePoints } from "../escape/visible-text.ts";
import type { CommitSha } from "../model.ts";

const MOST_CHARACTERS = 3_000;

/** The key of the message that begins an issue's thread in the channel; everything later about the issue replies to it. */
export function threadKey(firstRed: CommitSha): string {
  return `opened:${firstRed}`;
}

/** Lines that are safe already, as long as a message may be; a line that does not fit is left out whole, so that no link is cut. */
export function messageText(lines: readonly string[]): string {
  const [first = "", ...rest] = lines;
  const kept = [cutCodePoints(first, MOST_CHARACTERS)];
  let length = first.length;
  for (const line of rest) {
    length += line.length + 1;
    if (length <= MOST_CHARACTERS) kept.push(line);
  }
  return kept.join("\n");
}
