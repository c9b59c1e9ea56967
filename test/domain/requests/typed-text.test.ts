import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seenMark } from "../../../src/domain/requests/seen-text.ts";
import { typedText } from "../../../src/domain/requests/typed-text.ts";

describe("what somebody typed", () => {
  test.each([
    ["line ends of every kind", "a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["blanks at the ends", " \n a \n b\t\n ", "a\n b"],
    ["many empty lines", "a\n\n\n\n\nb", "a\n\nb"],
    ["controls", "a\u0000b\u001b[31mc\u007f", "ab[31mc"],
    ["half a character", "a\ud83d", "a\ufffd"],
    ["nothing", " \r\n\t ", ""],
  ])("%s", (_, raw, kept) => {
    expect(typedText(raw)).toBe(kept);
  });

  test("a text that is all blanks takes no longer than another", () => {
    const before = process.cpuUsage();
    expect(typedText(`${" ".repeat(60_000)}x`)).toBe("x");
    expect(process.cpuUsage(before).user).toBeLessThan(200_000);
  });

  test("once it is kept it stays as it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t", "a", "\u2028", "\ud83d", "\u0007") }),
        (raw) => {
          expect(typedText(typedText(raw))).toBe(typedText(raw));
        },
      ),
    );
  });
});

describe("the mark of what somebody saw", () => {
  test("is the same for what reads the same, and null for nothing", () => {
    expect(seenMark("a\r\nb ")).toBe(seenMark("a\nb"));
    expect([seenMark(null), seenMark(""), seenMark(" \n")]).toEqual([null, null, null]);
  });

  test("differs for texts that differ, and is short however long they are", () => {
    const texts = Array.from({ length: 5_000 }, (_, index) => `Low, says number ${index}`);
    expect(new Set(texts.map(seenMark)).size).toBe(texts.length);
    expect(seenMark("x".repeat(32_767))).toMatch(/^[0-9a-z]{1,7}-[0-9a-z]{1,7}$/);
  });
});
