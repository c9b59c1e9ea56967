import type { Machine } from "../bench/machine.ts";
import type { Notice } from "./judge-run.ts";
import type { KeptNotice } from "./kept-notices.ts";
import type { Protection } from "./protection.ts";

export interface Tried {
  readonly entry: Protection;
  /** That it was noticed, in this run or an earlier one; null: it was not. */
  readonly seen: KeptNotice | null;
  /** What became of it in this run, where that is something else; null: it was not tried. */
  readonly notice: Exclude<Notice, { state: "noticed" }> | null;
}

/** The report: rows, what was switched off, which test noticed. */
export function renderReport(machine: Machine, at: Date, tried: readonly Tried[]): string {
  const noticed = tried.filter(isNoticed);
  const rows = new Set(noticed.flatMap(({ entry }) => entry.rows));
  const missing = tried.filter((one) => !isNoticed(one));
  const lines = tried.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)).map(lineOf);
  return `# Protections that were seen to fail when switched off

A test of a protection proves nothing as long as nobody saw it fail. \`npm run protections\` copies the tree, runs the tests
that are named here as they are, and then switches one protection off at a time and runs the test that belongs to it: that test must
fail, and by what it asserts, not because the code does not run any more. Written by that command, whose runs add up.

- Last run ${at.toISOString().slice(0, 10)}, ${machine.versions}
- ${String(machine.cores)} cores (${machine.processor}), ${machine.memory}; other work ran on it at the same time (load ${machine.load.toFixed(1)})
- ${String(tried.length)} protections, ${String(noticed.length)} seen to be noticed, of ${String(rows.size)} of the 78 rows
- Not seen: ${missing.length === 0 ? "none" : String(missing.length)}

| Rows | Switched off: | Noticed by | Seconds |
|---|---|---|---|
${lines.join("\n")}
`;
}

function isNoticed({ seen, notice }: Tried): boolean {
  return seen !== null && notice === null;
}

function keyOf({ entry }: Tried): string {
  return entry.rows[0] ?? "";
}

function lineOf({ entry, seen, notice }: Tried): string {
  const rows = entry.rows.join(", ");
  if (notice !== null) {
    const what = notice.state === "survived" ? "nobody" : cell(notice.why);
    return `| ${rows} | ${cell(entry.off)} | **not noticed: ${what}** | |`;
  }
  if (seen === null) return `| ${rows} | ${cell(entry.off)} | **not tried yet** | |`;
  const by = `\`${entry.test.file.replace(/^test\//, "")}\`: ${cell(seen.by)}`;
  return `| ${rows} | ${cell(entry.off)} | ${by} | ${seen.seconds.toFixed(1)} |`;
}

const LONGEST = 200;

/** Names of tests quote what strangers write, some of them 100 KB of it. */
function cell(text: string): string {
  return text
    .slice(0, LONGEST)
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .replaceAll(/[|<>`\\@*_&#[\]~]/g, "\\$&");
}
