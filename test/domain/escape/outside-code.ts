/**
 * What GitHub's Markdown sees outside of inline code, by the rule of CommonMark 0.31, section 6.1: a run of
 * backticks opens code that ends at the next run of the same length; without one it is text. Written apart
 * from what makes the code, so that the one can judge the other.
 */
export function outsideCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
  let outside = "";
  let from = 0;
  for (const run of runs) {
    if (run.index < from) continue;
    const end = runs.find(({ index, length }) => index > run.index && length === run.length);
    if (end === undefined) continue;
    outside += `${line.slice(from, run.index)}□`;
    from = end.index + end.length;
  }
  return outside + line.slice(from);
}

/** Anything that Markdown, or GitHub on top of it, could take for more than a word of a sentence. */
export const ACTIVE = /[@#<>\\&`|*_~[\]/!$+={}^\n\r\t\0]|www\.|\p{L}-\d|\d\.\d|[0-9a-f]{7}|\p{Cc}|\p{Cf}/iu;
