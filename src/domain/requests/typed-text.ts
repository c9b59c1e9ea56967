/**
 * What somebody typed, as it is kept and compared: line ends are all alike, at most one empty line follows another, nothing blank at
 * either end, and no control characters. The same text in Jira's own form reads as exactly this.
 */
export function typedText(raw: string): string {
  const plain = raw
    .toWellFormed()
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replaceAll(/(?!\n)\p{Cc}/gu, "");
  // Not by a pattern that looks for the end of a line: it would take seconds for a text that is all blanks.
  const lines = plain.split("\n").map((line) => line.trimEnd());
  return lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
