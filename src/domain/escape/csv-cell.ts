/**
 * What a spreadsheet takes for the beginning of a formula; their full-width forms too, which some turn into the plain ones. Before it are
 * passed over: quotes, spaces of any kind, what cannot be seen.
 */
const AT_START = /^(?=["'\u2018-\u201F\uFF02\uFF07\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])/u;
/** Where commas do not separate, semicolons, tabs and line ends do, and begin a cell in the middle of ours. */
const AFTER_SEMICOLON = /;(?=["'\u2018-\u201F\uFF02\uFF07\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;
/** All that is passed over before one formula, from its beginning: tabs and line ends are among it. */
const BEFORE_FORMULA =
  /(?<!["'\u2018-\u201F\uFF02\uFF07\s\p{Cc}\p{Cf}])["'\u2018-\u201F\uFF02\uFF07\s\p{Cc}\p{Cf}]+(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;

/**
 * One cell of a CSV file (RFC 4180), always in quotes. A text that a spreadsheet would calculate gets an apostrophe before it, which
 * spreadsheets show as text and leave alone.
 */
export function csvCell(text: string): string {
  const neutral = text
    .toWellFormed()
    .replaceAll("\0", "\uFFFD")
    .replace(AT_START, "'")
    .replaceAll(AFTER_SEMICOLON, ";'")
    .replaceAll(BEFORE_FORMULA, (passedOver) => passedOver.replaceAll(/[\t\r\n]/g, "$&'"));
  return `"${neutral.replaceAll('"', '""')}"`;
}

/** A whole line, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
