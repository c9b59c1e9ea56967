import { expect, test } from "vitest";
import { markdownLink } from "../../../src/domain/escape/markdown-link.ts";

test.each([
  ["https://acme.atlassian.net/browse/PLAY-1", "[`x`](<https://acme.atlassian.net/browse/PLAY-1>)"],
  ["http://127.0.0.1:3000/a?b=c&d=%20#e", "[`x`](<http://127.0.0.1:3000/a?b=c&d=%20#e>)"],
  [null, "`x`"],
  ["javascript:alert(1)", "`x`"],
  ["https://x/y> @org/team", "`x`"],
  ["https://x/y\n\n@org/team", "`x`"],
  ["https://x/(y)", "`x`"],
  ["//x/y", "`x`"],
])("%s", (address, link) => {
  expect(markdownLink("`x`", address)).toBe(link);
});
