import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/**
 * What a reader's browser gets for a Markdown text, by a renderer that is not ours: CommonMark with GitHub's
 * tables, strikethrough, task lists, footnotes and bare addresses. HTML passes through, as nothing here
 * relies on GitHub to take it out.
 */
export function renderMarkdown(markdown: string): string {
  return render(markdown, true);
}

/** Whether the text holds HTML of its own, comments included: it renders otherwise where none is let through. */
export function holdsHtml(markdown: string): boolean {
  return render(markdown, true) !== render(markdown, false);
}

const REMEMBERED = 100;
const rendered = new Map<string, string>();

/** Each text is judged in several ways, and compared with the same harmless one again and again. */
function render(markdown: string, allowDangerousHtml: boolean): string {
  const key = `${allowDangerousHtml} ${markdown}`;
  const html =
    rendered.get(key) ??
    micromark(markdown, {
      allowDangerousHtml,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
  rendered.delete(key);
  rendered.set(key, html);
  const [longestUnused] = rendered.keys();
  if (rendered.size > REMEMBERED && longestUnused !== undefined) rendered.delete(longestUnused);
  return html;
}

/** What lists, headings and bold words of ours come to; code is taken out before. */
const OURS = /^<\/?(?:p|ul|li|strong|h3)>$/;
/**
 * What GitHub makes of text that is neither code nor link: mentions, references, commits, addresses, emoji. A closing
 * keyword lives by the reference behind it alone: “Fixes 2” closes nothing.
 */
const LIVE = /@|#|\bGH-\d|\p{L}-\d|:\/\/|www\.|\b[0-9a-f]{7,64}\b|:[a-z0-9_+-]+:|\$/iu;

/**
 * Everything in a text that would do more than stand there to be read, of what is outside of code: HTML,
 * links but those whose address is `allowed`, images, blocks that we do not make, and living words.
 */
export function whatIsLive(markdown: string, allowed: ReadonlySet<string> = new Set()): readonly string[] {
  const outside = renderMarkdown(markdown).replaceAll(
    /<pre><code[^>]*>[^]*?<\/code><\/pre>|<code>[^]*?<\/code>/g,
    "□",
  );
  const live = holdsHtml(markdown) ? ["HTML"] : [];
  for (const [tag] of outside.matchAll(/<[^>]*>/g)) {
    const address = /^<a href="([^"]*)">$/.exec(tag)?.[1];
    if (address !== undefined && allowed.has(address)) continue;
    if (tag !== "</a>" && !OURS.test(tag)) live.push(tag);
  }
  const words = outside
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
  return [...live, ...(LIVE.exec(words.normalize("NFKC")) ?? [])];
}

/** The blocks of a text, without what stands in them: equal layouts look the same. */
export function layoutOf(markdown: string): string {
  return [
    ...renderMarkdown(markdown).matchAll(/<\/?(?:p|ul|ol|li|h[1-6]|pre|table|blockquote|hr|a|strong)\b/g),
  ].join("");
}
