import { z } from "zod";

/** Rich text in its two forms: an Atlassian document in version 3 of the API, plain text in version 2. */
const node = z.looseObject({ type: z.string() });

export function isDocument(value: unknown): boolean {
  const parsed = node.safeParse(value);
  return parsed.success && parsed.data.type === "doc";
}

/** One paragraph a line; an empty text is a document without content, which is not null. */
export function toDocument(value: unknown): unknown {
  if (value === null || value === undefined || isDocument(value)) return value ?? null;
  const lines = typeof value === "string" && value !== "" ? value.split("\n") : [];
  return {
    type: "doc",
    version: 1,
    content: lines.map((line) => ({
      type: "paragraph",
      content: line === "" ? [] : [{ type: "text", text: line }],
    })),
  };
}

export function toPlainText(value: unknown): unknown {
  return isDocument(value) ? readBlocks(value) : (value ?? null);
}

const parent = z.looseObject({ content: z.array(z.unknown()) });
const leaf = z.looseObject({ text: z.string() });
const BLOCKS = new Set(["paragraph", "heading", "listItem", "codeBlock", "blockquote", "tableRow"]);

function readBlocks(document: unknown): string {
  return readNode(document).replace(/(?<!\n)\n+$/, "");
}

function readNode(value: unknown): string {
  const type = node.safeParse(value).data?.type ?? "";
  if (type === "hardBreak") return "\n";
  const text = leaf.safeParse(value);
  if (text.success) return text.data.text;
  const inner = (parent.safeParse(value).data?.content ?? []).map((child) => readNode(child)).join("");
  return BLOCKS.has(type) && !inner.endsWith("\n") ? `${inner}\n` : inner;
}
