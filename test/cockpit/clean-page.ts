import { expect } from "vitest";

/**
 * Nothing in a page may run or be painted but what its own files say: no script and no style within it, no handler in an
 * attribute, no address that is a script. Text may say all of that.
 */
export function expectCleanPage(page: string): void {
  expect(page).toMatch(/<[a-z!]/i);
  expect(findDirt(page)).toEqual([]);
}

/** The tags that would run or be painted by themselves. */
export function findDirt(page: string): readonly string[] {
  const tags = page.match(/<[a-z!/][^<>]*>/gi) ?? [];
  return [...tags.filter(isDirty), ...(page.match(/<script[^>]*>[^<]/gi) ?? [])];
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
