import { expect, test } from "vitest";
import { fitLines } from "../../../src/domain/compliance/fit-lines.ts";

test.each([
  [[], 0, []],
  [["ab", "cd"], 6, ["ab", "cd"]],
  [["ab", "cd"], 5, ["ab", "1 more"]],
  [["ab", "cd", "e"], 5, ["ab", "2 more"]],
  [["ab"], 2, ["1 more"]],
])("of %j, %i characters: %j", (lines, characters, kept) => {
  expect(fitLines(lines, characters, (count) => `${count} more`)).toEqual(kept);
});
