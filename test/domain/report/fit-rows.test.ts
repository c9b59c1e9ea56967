import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fitRows } from "../../../src/domain/report/fit-rows.ts";

test("what fits stays whole", () => {
  expect(fitRows(["a", "b", ""], 5, "See x.")).toBe("a\nb");
  expect(fitRows([], 0, "See x.")).toBe("");
});

test("what does not fit is cut between rows and counted", () => {
  const rows = Array.from({ length: 100 }, (_, index) => `- row ${index} 😀`);
  expect(fitRows(rows, 240, "See x.")).toBe(
    "- row 0 😀\n- row 1 😀\n- row 2 😀\n\nAnd 97 more that would not fit here: See x.",
  );
});

test("any rows fit into any room for the note, counted in bytes", () => {
  const rows = fc.array(fc.string({ unit: "grapheme", maxLength: 300 }), { maxLength: 60 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 200, max: 5_000 }), (given, bytes) => {
      expect(Buffer.byteLength(fitRows(given, bytes, "See x."))).toBeLessThanOrEqual(bytes);
    }),
    { numRuns: 300 },
  );
});
