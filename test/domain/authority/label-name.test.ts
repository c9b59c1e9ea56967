import { expect, test } from "vitest";
import { isLabel } from "../../../src/domain/authority/label-name.ts";

test.each([
  ["the name itself", "halt-override", true],
  ["another case: GitHub takes both for one label", "Halt-Override", true],
  ["REL-57: a letter of another alphabet", "hаlt-override", false],
  ["REL-57: a space at the end", "halt-override ", false],
  ["REL-57: a mark that turns the direction", "\u202Ehalt-override", false],
  ["REL-57: a space of no width", "halt\u200B-override", false],
  ["REL-57: another hyphen", "halt\u2010override", false],
  ["REL-57: letters of full width", "ｈａｌｔ-override", false],
  ["nothing", "", false],
  ["no label at all", null, false],
])("%s", (_, name, is) => {
  expect(isLabel(name, "halt-override")).toBe(is);
});

test("an accent is one letter, however it is written", () => {
  expect(isLabel("arre\u0302t", "arr\u00EAt")).toBe(true);
});
