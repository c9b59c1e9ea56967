/** Rows of the table under a heading of a report, as text; the last one, where it is a total, is left out. */
export function readRows(report: string, heading: string): readonly (readonly string[])[] {
  const from = report.indexOf(`## ${heading}\n`);
  if (from < 0) return [];
  const section = report.slice(from + heading.length + 3).split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .slice(1)
    .map((line) => line.slice(2, -2).split(" | "))
    .filter(([first]) => first !== TOTAL);
}

export const TOTAL = "**total**";

export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
