import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ListedInput, LISTED_INPUTS } from "../protections/inputs.ts";
import { readTests, readTestsOf, rowsIn } from "../protections/read-tests.ts";
import { ROWS } from "../protections/rows.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const tests = readTests(ROOT);

describe("the catalogue of what must be survived", () => {
  test("has its 78 rows, each with a test that carries its id", () => {
    const carried = new Set(tests.flatMap(({ name, source }) => [...rowsIn(name), ...rowsIn(source)]));
    expect(Object.keys(ROWS)).toEqual(
      Array.from({ length: 78 }, (_, index) => `REL-${String(index + 1).padStart(2, "0")}`),
    );
    expect(Object.keys(ROWS).filter((row) => !carried.has(row))).toEqual([]);
  });

  test("names no row that there is not", () => {
    const named = tests.flatMap(({ file, name }) => rowsIn(name).map((row) => ({ file, row })));
    expect(named.filter(({ row }) => !Object.hasOwn(ROWS, row))).toEqual([]);
  });

  test("lists inputs for the rows that have many", () => {
    const rows = new Set(LISTED_INPUTS.map(({ row }) => row));
    expect([...rows]).toEqual([
      "REL-04",
      "REL-59",
      "REL-69",
      "REL-71",
      "REL-73",
      "REL-74",
      "REL-76",
      "REL-77",
    ]);
  });

  test("has a test for each input that a row lists", () => {
    expect(LISTED_INPUTS.filter((listed) => !isTested(listed))).toEqual([]);
  });
});

function isTested({ file, name, given, in: table }: ListedInput): boolean {
  const isThere = tests.some((one) => one.file === file && one.name.includes(name));
  return isThere && (given === undefined || readFileSync(join(ROOT, table ?? file), "utf8").includes(given));
}

describe("how names of tests are read", () => {
  test("with the names around them, of tables too", () => {
    const text = `describe("REL-01: a", () => {
  test.each([
    ["REL-02: one", "(", 1],
  ])("b \\"%s\\"", (_) => {
    expect(one(")((")).toBe(\`\${1}\`);
  });
  describe.each(ALL)("c", () => {
    test(\`d \${"e"}\`, async () => {});
  });
});
test.runIf(true)("f", () => {});
`;
    const read = readTestsOf("a.test.ts", text);
    expect(read.map(({ name }) => name)).toEqual(['REL-01: a > b "%s"', 'REL-01: a > c > d ${"e"}', "f"]);
    expect(rowsIn(read[0]?.source ?? "")).toEqual(["REL-01", "REL-02"]);
  });

  test.each([
    ["REL-50, 51: x", ["REL-50", "REL-51"]],
    ["REL-12, REL-13: x", ["REL-12", "REL-13"]],
    ["REL-123", []],
    ["REL-76 and 77", ["REL-76"]],
  ])("rows of %j", (text, rows) => {
    expect(rowsIn(text)).toEqual(rows);
  });
});
