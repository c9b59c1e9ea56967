/** What a spreadsheet takes for the beginning of a formula; their full-width forms too, which some turn into the plain ones. */
const FORMULA = "[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]";
/** What may stand before it and is passed over: quotes, spaces of any kind, what cannot be seen. */
const PASSED_OVER = `["'\\u2018-\\u201F\\uFF02\\uFF07\\s\\p{Cc}\\p{Cf}]*`;
const AT_START = new RegExp(`^(?=${PASSED_OVER}${FORMULA}|[\\t\\r\\n])`, "u");
/** Where commas do not separate, semicolons, tabs and line ends do, and begin a cell in the middle of ours. */
const AFTER_SEPARATOR = new RegExp(`([;\\t\\r\\n])(?=${PASSED_OVER}${FORMULA})`, "gu");

/**
 * One cell of a CSV file (RFC 4180), always in quotes. A text that a spreadsheet would calculate gets an apostrophe before it, which
 * spreadsheets show as text and leave alone.
 */
export function csvCell(text: string): string {
  const neutral = text
    .toWellFormed()
    .replaceAll("\0", "\uFFFD")
    .replace(AT_START, "'")
    .replaceAll(AFTER_SEPARATOR, "$1'");
  return `"${neutral.replaceAll('"', '""')}"`;
}

/** A whole line, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
