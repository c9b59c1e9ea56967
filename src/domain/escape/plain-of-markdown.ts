/** A run of backticks, what stands between it and the next run of the same length, and that run. */
const CODE = /(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/gs;

/**
 * What Holdpoint itself wrote as Markdown, as plain text: inline code becomes the text inside it, exactly as it was. Not for
 * Markdown by others: of everything else Holdpoint writes nothing into an answer but lists and line breaks, which stay.
 */
export function plainOfMarkdown(markdown: string): string {
  return markdown.replaceAll(CODE, (_, fence: string, inside: string) =>
    // Code that holds backticks itself stands between spaces.
    inside.includes("`") || fence.length > 1 ? inside.replace(/^ (.*) $/s, "$1") : inside,
  );
}
