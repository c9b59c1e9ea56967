import { isList, member, textMember } from "./json.ts";
import { readRichText } from "./rich-text.ts";

interface DocumentNode {
  readonly type: string;
  readonly text?: string;
  readonly content?: readonly DocumentNode[];
}

/**
 * Plain text as an Atlassian document: a paragraph for each run of lines, a hard break between lines. Nothing in it is read
 * as markup.
 */
export function toDocument(text: string): DocumentNode & { readonly version: 1 } {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph !== "");
  return {
    type: "doc",
    version: 1,
    content: paragraphs.map((paragraph) => ({ type: "paragraph", content: toLines(paragraph) })),
  };
}

function toLines(paragraph: string): readonly DocumentNode[] {
  return paragraph.split("\n").flatMap((line, index) => [
    ...(index === 0 ? [] : [{ type: "hardBreak" }]),
    // A text node must not be empty.
    ...(line === "" ? [] : [{ type: "text", text: line }]),
  ]);
}

/** The text of a document, to be written again; `formatted`: it says more than plain text can. */
export function fromDocument(document: unknown): { readonly text: string; readonly formatted: boolean } {
  const blocks = (contentOf(document) ?? []).map(readPlainParagraph);
  const texts = blocks.filter((text) => text !== null);
  if (texts.length < blocks.length) return { text: readRichText(document), formatted: true };
  return { text: texts.filter((text) => text !== "").join("\n\n"), formatted: false };
}

/** null: it is no paragraph, or holds something else than text and breaks. */
function readPlainParagraph(block: unknown): string | null {
  if (textMember(block, "type") !== "paragraph") return null;
  let paragraph = "";
  for (const node of contentOf(block) ?? []) {
    const type = textMember(node, "type");
    const marks = member(node, "marks");
    if (type === "hardBreak") paragraph += "\n";
    else if (type !== "text" || (isList(marks) && marks.length > 0)) return null;
    else paragraph += textMember(node, "text") ?? "";
  }
  return paragraph;
}

function contentOf(node: unknown): readonly unknown[] | null {
  const content = member(node, "content");
  return isList(content) ? content : null;
}
