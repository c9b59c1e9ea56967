import type { FieldValue } from "../../domain/ticket.ts";
import { cutText } from "./cut-text.ts";
import { isList, isRecord, member } from "./json.ts";
import { isBlank, isRichText, readRichText } from "./rich-text.ts";
import { readWikiText } from "./wiki-text.ts";

/** Longer texts are cut: they are for showing, and a check may hold thousands. */
const LONGEST = 2_000;

/**
 * A value that Jira gave for a field, `null` and `undefined` included, as text. `wiki` for a field that holds
 * wiki markup. A value is only filled where there are words: of an object that an app keeps in a field and that
 * names nothing in words, it cannot be told whether somebody filled it in.
 */
export function readFieldValue(value: unknown, form: { readonly wiki: boolean }): FieldValue {
  const raw = readText(value, 0);
  const text = (form.wiki && typeof value === "string" ? readWikiText(raw) : raw).trim();
  if (isBlank(text)) return { state: "empty" };
  return { state: "filled", text: cutText(text, LONGEST) };
}

/** The members that carry a value's words, by kind: select, user, version or status, asset, link. */
const LABELS = ["value", "displayName", "name", "label", "title", "text", "summary", "key", "url"] as const;

function readText(value: unknown, depth: number): string {
  if (value === null || value === undefined || depth > 10) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isList(value)) {
    const parts = value.map((entry) => readText(entry, depth + 1).trim());
    return parts.filter((part) => !isBlank(part)).join(", ");
  }
  if (!isRecord(value)) return "";
  if (isRichText(value)) return readRichText(value);
  const own = LABELS.map((label) => readLabel(value[label])).find((label) => !isBlank(label)) ?? "";
  const child = readText(member(value, "child"), depth + 1);
  if (own !== "" && child !== "") return `${own} / ${child}`;
  return own === "" ? child : own;
}

function readLabel(label: unknown): string {
  return typeof label === "string" || typeof label === "number" ? String(label) : "";
}
