import { markdownCode } from "./markdown-code.ts";
import { visibleText } from "./visible-text.ts";

/** A word that Markdown and GitHub take for nothing but a word, with the punctuation of a sentence around it. */
const PLAIN_WORD = /^[“(]*[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*[”);,:.?]*$/u;
/** `Fix-1`, `GH-1`, a number with a full stop (a list), something that reads as a commit. */
const ACTIVE_WORD = /-\d|^\d+[.)]|[0-9a-f]{7}/iu;
const PROSE_LENGTH = 2_000;

/**
 * A sentence that quotes strangers' words, for GitHub's Markdown: plain words stay, everything else is put
 * in inline code. A list of what is safe, so that a syntax nobody thought of is code too.
 */
export function markdownProse(sentence: string): string {
  const pieces: string[] = [];
  let guarded: string[] = [];
  for (const word of visibleText(sentence, PROSE_LENGTH).split(" ")) {
    if (isPlain(word)) {
      pieces.push(...asCode(guarded), word);
      guarded = [];
      continue;
    }
    const begun = word.replace(/^[“(]+/, "");
    const inside = begun.replace(/(?<![”);,:])[”);,:]+$/, "");
    const before = word.slice(0, word.length - begun.length);
    const after = begun.slice(inside.length);
    // The punctuation of the sentence stays outside of the code.
    if (before !== "") {
      pieces.push(...asCode(guarded));
      guarded = [];
    }
    if (inside !== "") guarded.push(inside);
    if (before === "" && after === "") continue;
    pieces.push(`${before}${asCode(guarded).join("")}${after}`);
    guarded = [];
  }
  const prose = [...pieces, ...asCode(guarded)].join(" ");
  // `**` around nothing would be a ruler.
  return prose === "" ? "(empty)" : prose;
}

/** Words that follow each other share one piece of code. */
function asCode(words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [markdownCode(words.join(" "), PROSE_LENGTH)];
}

function isPlain(word: string): boolean {
  return word === "–" || (PLAIN_WORD.test(word) && !ACTIVE_WORD.test(word));
}
