import { withoutEscapes } from "./plain-wiki.ts";

/**
 * What a reader sees of Jira's wiki markup, which Data Center keeps rich text in: no heading marks, rules,
 * macro tags, pictures or bullets without words; everything else as it stands. Good enough to show and to tell an empty
 * field from a filled one; no attempt at a full renderer.
 */
export function readWikiText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => readLine(line))
    .filter((line) => line !== "")
    .join("\n");
}

const MACRO =
  /(?<!\\)\{(?:panel|color|quote|noformat|code|anchor|expand|info|note|tip|warning)(?::[^{}\n]{0,500})?\}/g;
const PICTURE = /(?<!\\)![^!\s|]{1,300}\.(?:png|jpe?g|gif|svg|bmp|webp)(?:\|[^!\n]{0,200})?!/gi;

function readLine(line: string): string {
  const words = line
    .replaceAll(MACRO, "")
    .replaceAll(PICTURE, "")
    .replaceAll("\\\\", " ")
    .replace(/^\s{0,20}(?:h[1-6]|bq)\.(?:\s|$)/, "")
    .trim();
  return /^[*#\-|_+]*$/.test(words.replaceAll(/\s/g, "")) ? "" : withoutEscapes(words);
}
