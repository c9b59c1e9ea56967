import { expect, test } from "vitest";
import { readRows, renderTable, TOTAL } from "./table.ts";

test("rows of earlier runs are read from the report as they were written, its total is not", () => {
  const rows = [
    ["2026-11-21 19:00", "1", "kill, points"],
    ["2026-11-21 19:30", "2", "–"],
  ];
  const table = renderTable(["when", "kills", "faults"], [...rows, [TOTAL, "3", ""]]);
  const report = [
    "# Title",
    "",
    "## Faults",
    "",
    "| a | b |",
    "| --- | --- |",
    "| x | y |",
    "",
    "## Runs",
    "",
    ...table,
    "",
    "## Notes",
    "",
    "| z |",
  ];
  expect(readRows(report.join("\n"), "Runs")).toEqual(rows);
  expect(readRows("", "Runs")).toEqual([]);
});
