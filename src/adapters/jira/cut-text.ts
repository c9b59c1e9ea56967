/**
 * A text of Jira's, fit to be stored and shown: no NUL (PostgreSQL takes none), no half of a surrogate pair, and at most
 * `longest` UTF-16 units.
 */
export function cutText(text: string, longest: number): string {
  const clean = text.replaceAll("\u0000", "");
  if (clean.length <= longest) return clean.toWellFormed();
  const cut = clean.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.toWellFormed()}…`;
}
