/** What `git commit --verbose` puts between the message and the diff. */
const SCISSORS = "------------------------ >8 ------------------------";

/**
 * The message as git will store it: without the comment lines of the editor's template, and without
 * everything from the scissors line on.
 *
 * @param commentMark `core.commentChar`; `#` unless set
 */
export function stripComments(text: string, commentMark: string): string {
  const kept: string[] = [];
  for (const line of text.split(/\r\n|\n/)) {
    if (line.startsWith(commentMark)) {
      if (line.slice(commentMark.length).trim() === SCISSORS) break;
      continue;
    }
    kept.push(line.trimEnd());
  }
  return kept.join("\n").trim();
}
