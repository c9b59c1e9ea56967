import { visibleText } from "./visible-text.ts";

const NAMES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** A stranger's text as XML, in an element or in an attribute: one visible line of at most `limit` characters that cannot end either. */
export function xmlText(text: string, limit: number): string {
  return visibleText(text, limit)
    .replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD")
    .replaceAll(/[&<>"']/g, (character) => NAMES.get(character) ?? "");
}
