/** A run of backticks, what stands between it and the next run of the same length, and that run. */
const CODE = /(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/gs;
const LINK = /\[([^[\]]*)\]\(<[^<>]*>\)/g;
/** Stands for a piece of code while the rest is read; no text has it, because what is shown of strangers' holds no such character. */
const HELD = /\uE000([0-9]+)\uE001/g;

/**
 * What Holdpoint itself wrote as Markdown, as plain text: inline code becomes the text inside it, exactly as it was, bold words and links
 * their words. Not for Markdown by others: of everything else Holdpoint writes nothing but lists and line breaks, which stay.
 */
export function plainOfMarkdown(markdown: string): string {
  const code: string[] = [];
  const held = markdown.replaceAll(CODE, (_, fence: string, inside: string) => {
    // Code that holds backticks itself stands between spaces.
    code.push(fence.length > 1 ? inside.replace(/^ (.*) $/s, "$1") : inside);
    return `\uE000${code.length - 1}\uE001`;
  });
  return held
    .replaceAll(LINK, "$1")
    .replaceAll("**", "")
    .replaceAll(HELD, (_, index: string) => code.slice(Number(index), Number(index) + 1).join(""));
}
