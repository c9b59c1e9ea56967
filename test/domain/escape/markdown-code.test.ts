import * as fc from "fast-check";
import { expect, test } from "vitest";
import { markdownCode } from "../../../src/domain/escape/markdown-code.ts";
import { HOSTILE, hostileText } from "./hostile-text.ts";
import { ACTIVE, outsideCode } from "./outside-code.ts";

test.each(HOSTILE)("REL-74: %s stays inside of code", (_, text) => {
  const code = markdownCode(text);
  expect(outsideCode(`- by ${code} today`)).toBe("- by □ today");
  expect(Array.from(code).length).toBeLessThanOrEqual(220);
});

test("REL-74, I9: nothing of any text stands outside of its code", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const code = markdownCode(text);
      if (code === "(empty)") return;
      expect(outsideCode(`x ${code} y`)).toBe("x □ y");
      expect(code).not.toMatch(/[\n\r\t\0]|\p{Cf}/u);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["plain words", "Speak French", "`Speak French`"],
  ["a backtick", "a ` b", "`` a ` b ``"],
  ["backticks at the ends", "``a`", "``` ``a` ```"],
  ["lines", "a\n\n  b\tc", "`a b c`"],
  ["nothing", "", "(empty)"],
  ["nothing to be seen", " \u200B\n", "(empty)"],
  ["a direction override", "abc\u202Egnp", "`abc�gnp`"],
  ["NUL", "a\0b", "`a�b`"],
  ["a pipe", "a | b", "`a | b`"],
])("%s", (_, text, code) => {
  expect(markdownCode(text)).toBe(code);
});

test("the detector of these tests sees what is active outside of code", () => {
  expect(outsideCode("a @x `b` c ``d`")).toBe("a @x □ c ``d`");
  expect(HOSTILE.filter(([, text]) => !ACTIVE.test(text)).map(([name]) => name)).toEqual([
    "half a character",
  ]);
});
