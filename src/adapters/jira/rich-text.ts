import * as wording from "../../domain/wording/jira.ts";
import { isList, isRecord, member, textMember } from "./json.ts";

/** Deeper than any document that a person writes; bounds the work on one that a program wrote. */
const DEEPEST = 40;

export function isRichText(value: unknown): boolean {
  return textMember(value, "type") === "doc";
}

/**
 * Plain text of an Atlassian document: blocks on lines of their own, list items with `- `, what a reader sees
 * of mentions, emoji, dates and links. Structure without words (an empty list, a rule, a picture without a
 * description, the grey prompt of a template) is nothing: such a field is empty.
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure
 */
export function readRichText(document: unknown): string {
  return renderBlocks(contentOf(document), 0).join("\n");
}

function contentOf(node: unknown): readonly unknown[] {
  const content = member(node, "content");
  return isList(content) ? content : [];
}

function renderBlocks(nodes: readonly unknown[], depth: number): string[] {
  if (depth > DEEPEST) return [];
  const blocks: string[] = [];
  let inline = "";
  for (const node of nodes) {
    const text = renderInline(node, depth);
    if (text !== null) {
      inline += text;
      continue;
    }
    blocks.push(inline, ...renderBlock(node, depth));
    inline = "";
  }
  blocks.push(inline);
  return blocks.filter((block) => !isBlank(block));
}

/** null: the node is a block. */
function renderInline(node: unknown, depth: number): string | null {
  const attributes = member(node, "attrs");
  switch (textMember(node, "type") ?? "") {
    case "text":
      return readLinkedText(node);
    case "hardBreak":
      return "\n";
    case "mention":
      return textMember(attributes, "text") ?? wording.somebody();
    case "emoji":
      return textMember(attributes, "text") ?? textMember(attributes, "shortName") ?? "";
    case "status":
      return textMember(attributes, "text") ?? "";
    case "date":
      return readDate(textMember(attributes, "timestamp"));
    case "inlineCard":
      return textMember(attributes, "url") ?? "";
    case "mediaInline":
      return textMember(attributes, "alt") ?? "";
    case "inlineExtension":
      return textMember(attributes, "text") ?? renderBlocks(contentOf(node), depth + 1).join(" ");
    case "placeholder":
      return "";
    default:
      return null;
  }
}

function renderBlock(node: unknown, depth: number): string[] {
  const attributes = member(node, "attrs");
  const inner = renderBlocks(contentOf(node), depth + 1);
  switch (textMember(node, "type") ?? "") {
    case "paragraph":
    case "heading":
    case "codeBlock":
    case "caption":
      return [inner.join("")];
    case "listItem":
      return inner.length === 0 ? [] : [`- ${inner.join("\n  ")}`];
    case "taskItem":
    case "blockTaskItem": {
      const box = textMember(attributes, "state") === "DONE" ? "[x]" : "[ ]";
      return inner.length === 0 ? [] : [`${box} ${inner.join("\n  ")}`];
    }
    case "tableRow":
      return inner.length === 0 ? [] : [inner.join(" | ")];
    case "tableCell":
    case "tableHeader":
      return [inner.join(" ")];
    case "media":
      return [textMember(attributes, "alt") ?? ""];
    case "blockCard":
    case "embedCard":
      return [textMember(attributes, "url") ?? ""];
    case "expand":
    case "nestedExpand":
      return [textMember(attributes, "title") ?? "", ...inner];
    default:
      return inner;
  }
}

/** A link's address is shown where the words are not the address themselves. */
function readLinkedText(node: unknown): string {
  const text = textMember(node, "text") ?? "";
  const marks = member(node, "marks");
  const link = (isList(marks) ? marks : []).find((mark) => isRecord(mark) && mark["type"] === "link");
  const address = textMember(member(link, "attrs"), "href");
  return address === null || address === text || isBlank(text) ? text : `${text} (${address})`;
}

/** Milliseconds since 1970 as text, at midnight UTC: a day. */
function readDate(timestamp: string | null): string {
  if (timestamp === null || !/^[0-9]{1,15}$/.test(timestamp)) return "";
  return new Date(Number(timestamp)).toISOString().slice(0, 10);
}

/** White space, control and format characters, and the letters that print nothing. */
const INVISIBLE = /[\p{White_Space}\p{Cc}\p{Cf}\u034F\u115F\u1160\u2800\u3164\uFFA0]/gu;

export function isBlank(text: string): boolean {
  return text.replaceAll(INVISIBLE, "") === "";
}
