/**
 * Plain text in Data Center's wiki markup, and back. What would surprise is taken its meaning with a backslash: macros, links,
 * tables, pictures, and words that a sign stands before. Bullets at the beginning of a line stay: whoever types them means them.
 * https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa
 */
export function toWiki(text: string): string {
  return (
    text
      .replaceAll(/&(?=#?[A-Za-z0-9]{1,10};)/g, "&#38;")
      // A backslash cannot be escaped by another one: two of them are a line break.
      .replaceAll("\\", "&#92;")
      .replaceAll(/[{}[\]|]/g, "\\$&")
      .replaceAll(/!(?=[^\s!])/g, "\\!")
      .replaceAll(/\?(?=\?\S)/g, "\\?")
      // Whether a closing sign follows is not looked for: that would take long for a long line, and a backslash more shows nowhere.
      .replaceAll(/(?<![\p{L}\p{N}\\])[*_+^~-](?=[^\s*_+^~-])/gu, "\\$&")
  );
}

export function fromWiki(wiki: string): { readonly text: string; readonly formatted: boolean } {
  const lines = wiki.replaceAll(/\r\n?/g, "\n");
  const text = withoutEscapes(lines);
  return { text, formatted: toWiki(text) !== lines };
}

/** What a reader sees where a sign was escaped. */
export function withoutEscapes(wiki: string): string {
  return wiki.replaceAll(
    /\\([{}[\]|!?*_+^~-])|&#(38|92);/g,
    (_, sign: string | undefined, code: string | undefined) =>
      code === undefined ? (sign ?? "") : code === "38" ? "&" : "\\",
  );
}
