/** The rows as they are read out, in their order. */
export function rowsOf(text: string): readonly string[] {
  return (
    text.match(/<li class="hp-overview-row[\s\S]*?(?=<li class="hp-overview-row|<\/section>)/g) ?? []
  ).map(words);
}

/** A page's text, in one line. */
export function words(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
