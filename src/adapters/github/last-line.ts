/** The last line of a text with anything in it: where a hidden marker of ours counts. What stands before may quote a stranger. */
export function lastLine(body: string): string {
  const text = body.trimEnd();
  return text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
}
