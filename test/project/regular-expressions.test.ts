import { expect, test } from "vitest";
import { collectPatterns, keyOf, readVerdicts } from "./patterns.ts";
import { readSource } from "./source-text.ts";

const { patterns, unread, made } = collectPatterns();
const safe = readVerdicts();

/** A new one fails until `npm run fuzz -- --target regular-expressions` has judged it: verdicts are kept, because they take minutes. */
test("every regular expression of ours is safe by recheck", () => {
  const unsafe = patterns.filter((one) => !safe.has(keyOf(one)));
  expect(unsafe.map((one) => `${one.path}:${String(one.line)} ${keyOf(one)}`)).toEqual([]);
});

test("no verdict is kept of one that is gone", () => {
  const known = new Set(patterns.map(keyOf));
  expect([...safe].filter((key) => !known.has(key))).toEqual([]);
});

test("none is put together while the program runs, and none is overlooked", () => {
  expect([unread, made]).toEqual([[], []]);
  expect(patterns.length).toBeGreaterThan(300);
  for (const { source, flags } of patterns) expect(new RegExp(source, flags).source).toBe(source);
});

test.each([
  ["behind an assignment", "const a = /x/g;", [["x", "g"]]],
  [
    "as an argument",
    "f(/a\\/b/, /[/]/u)",
    [
      ["a\\/b", ""],
      ["[/]", "u"],
    ],
  ],
  ["within a template", "const a = `b ${/c/.test(d) ? 1 : 2} / e`;", [["c", ""]]],
  ["behind an arrow", "const a = (b) => /c/.test(b);", [["c", ""]]],
  ["a division", "const a = b / c / d;", []],
  ["a comment", "// /a/\n/* /b/ */", []],
  ["a text", 'const a = "/b/";', []],
])("%s is told from what it is not", (_name, code, expected) => {
  expect(readSource(code).patterns.map(({ source, flags }) => [source, flags])).toEqual(expected);
});
