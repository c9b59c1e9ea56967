/** Between words, but not between a number and its unit. */
const BREAKS = /(?<!\d) | (?!(?:h|min|%|days)(?:\W|$))/;

/** A text in lines of at most so many characters, broken between words; lines after the first are indented. */
export function wrap(text: string, columns: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(BREAKS)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > columns) {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
