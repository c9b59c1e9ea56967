import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutCodePoints, visibleText } from "../../../src/domain/escape/visible-text.ts";
import { hostileText } from "./hostile-text.ts";

test.each([
  ["lines become one", " a\r\n\tb\u2028c\u0085d ", "a b c d"],
  ["controls are shown", "a\0b\u001Bc\u007F", "a�b�c�"],
  ["direction overrides are shown", "\u202Ea\u2066b\u200E", "�a�b�"],
  ["no width is left out", "a\u200Bb\uFEFFc\u00ADd\u2060e\u{E0041}f\u3164g", "abcdefg"],
  ["half characters are shown", "a\uD83Db", "a�b"],
  ["whole characters stay", "a😀é变", "a😀é变"],
  ["marks do not pile up", `a${"\u0301".repeat(50)}b`, "a\u0301\u0301\u0301b"],
])("%s", (_, text, visible) => {
  expect(visibleText(text, 200)).toBe(visible);
});

describe("what is too long is cut between characters", () => {
  test.each([
    ["short enough", "abc", 3, "abc"],
    ["too long", "abcd", 3, "ab…"],
    ["of wide characters, short enough", "😀😀😀", 3, "😀😀😀"],
    ["of wide characters, too long", "😀😀😀😀", 3, "😀😀…"],
    ["with a space at the cut", "ab cd", 4, "ab…"],
  ])("%s", (_, text, limit, cut) => {
    expect(cutCodePoints(text, limit)).toBe(cut);
    expect(visibleText(text, limit)).toBe(cut);
  });

  test("a text that was not read to its end says so, though little of it can be seen", () => {
    expect(visibleText(`a${"\u200B".repeat(100)}b`, 10)).toBe("a…");
  });
});

test("any text is one visible line of at most its limit", () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 1, max: 50 }), (text, limit) => {
      const visible = visibleText(text, limit);
      expect(Array.from(visible).length).toBeLessThanOrEqual(limit);
      expect(visible).not.toMatch(/[\n\r\t\0]|\p{Cc}|\p{Cf}|\p{Cs}/u);
    }),
    { numRuns: 1_000 },
  );
});
