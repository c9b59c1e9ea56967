import { expect } from "vitest";

/**
 * Nothing in a page may run or be painted but what its own files say: no script and no style within it, no handler in an
 * attribute, no address that is a script. Text may say all of that.
 */
export function expectCleanPage(page: string): void {
  const tags = page.match(/<[a-z!/][^<>]*>/gi) ?? [];
  expect(tags.length).toBeGreaterThan(0);
  expect(tags.filter(isDirty)).toEqual([]);
  expect(page).not.toMatch(/<script[^>]*>[^<]/i);
}

function isDirty(tag: string): boolean {
  if (/^<(?:style|iframe|object|embed|base|template|noscript)\b/i.test(tag)) return true;
  if (/^<script\b/i.test(tag) && !/\ssrc="\/-\/assets\//.test(tag)) return true;
  const attributes = [...tag.matchAll(/\s([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)];
  return attributes.some(([, name = "", quoted, single, bare]) =>
    isDirtyAttribute(name.toLowerCase(), quoted ?? single ?? bare ?? ""),
  );
}

function isDirtyAttribute(name: string, value: string): boolean {
  if (name === "style" || name === "srcdoc" || name.startsWith("on") || name.startsWith("hx-on")) return true;
  if (["hx-vals", "hx-vars", "hx-headers"].includes(name)) return /^\s*(?:js|javascript):/i.test(value);
  const address = value.replaceAll(/&[^;]*;|[\s\0]/g, "");
  return ["href", "src", "action", "formaction", "hx-get", "hx-post"].includes(name)
    ? /^(?:javascript|data|vbscript):/i.test(address)
    : false;
}
