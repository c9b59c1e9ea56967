import { visibleText } from "./visible-text.ts";

/** How much of one stranger's text a report shows. */
const SHOWN_LENGTH = 200;

/**
 * Text by strangers as inline code of GitHub's Markdown. Inside code nothing is read as a mention, a
 * reference, a closing keyword, an address, HTML, an entity or an emoji; the text is one line, so no block
 * can begin in it; the run of backticks around it is longer than any inside.
 * A backtick must not stand directly before or after the result.
 */
export function markdownCode(text: string, limit: number = SHOWN_LENGTH): string {
  const visible = visibleText(text, limit);
  if (visible === "") return "(empty)";
  const longest = Math.max(0, ...(visible.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${visible}${fence}` : `${fence} ${visible} ${fence}`;
}
