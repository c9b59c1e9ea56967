import type { Machine } from "../../bench/machine.ts";
import { ALL_FAULTS } from "../faults/all-faults.ts";
import type { RunRecord } from "../run-phases.ts";
import { renderFigures } from "./figures.ts";
import { HEAD, type RunRow } from "./head.ts";
import { renderTable, TOTAL } from "./table.ts";

const WRONG = "## Wrong in the run of";
/** Columns that add up. */
const SUMS = [5, 6, 7, 9, 10, 14];

interface Given {
  readonly before: string;
  readonly row: RunRow;
  readonly rowsBefore: readonly RunRow[];
  readonly machine: Machine;
  readonly record: RunRecord;
}

/** The whole of `docs/proof/chaos.md`. What people wrote under "Notes" stays. */
export function renderChaosReport({ before, row, rowsBefore, machine, record }: Given): string {
  const rows = [...rowsBefore, row];
  const notes = /\n## Notes\n[\s\S]*$/.exec(before)?.[0] ?? "\n## Notes\n\nNone.\n";
  return (
    [
      "# Kills, broken networks and bursts",
      "",
      "Written by `npm run chaos -- --report`, a row for each run; only what stands under “Notes” is written by hand.",
      "",
      "Each run starts real processes, a PostgreSQL that keeps what it commits, and a GitHub, a Jira and a Slack on loopback. People push, break, fix, label, comment and deploy in more and more repositories while things go wrong. When a phase has settled it is judged: every repository came to its end, every delivery that was answered with success is done, nothing was opened, said, halted or answered twice, the gate's answer and its status are the right ones, no deadline fired early, the audit verifies, no job was given up, and no replica ended by itself. An hour of deadlines lasts 0.25 s. How long a dead replica's work waits, and how late a halt comes, is counted from the last kill before it: replicas that die every second take over nothing.",
      "",
      `Last run: ${String(machine.cores)} cores (${machine.processor}), ${machine.memory} of memory, ${machine.versions}; a load of ${machine.load.toFixed(1)} at its end.${record.skipped.length === 0 ? "" : ` Skipped: ${record.skipped.join("; ")}.`}`,
      "",
      "## Figures",
      "",
      ...renderFigures(rows),
      "",
      "## Faults",
      "",
      ...renderTable(
        ["name", "what"],
        ALL_FAULTS.map(({ name, told }) => [`\`${name}\``, told]),
      ),
      "",
      "## Runs",
      "",
      ...renderTable(HEAD, [...rows, totalOf(rows)]),
      ...wrongBefore(before),
      ...wrongOf(record, row),
    ].join("\n") + `\n${notes}`
  );
}

function totalOf(rows: readonly RunRow[]): RunRow {
  return HEAD.map((name, column) => {
    if (column === 0) return TOTAL;
    if (SUMS.includes(column)) {
      const total = rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
      return name === "minutes" ? total.toFixed(1) : String(total);
    }
    if (!name.includes("most")) return "";
    const most = rows
      .map((row) => Number(row[column]?.split(" / ")[1] ?? 0))
      .filter((value) => !Number.isNaN(value));
    return `${String(Math.max(...most))} most`;
  });
}

/** What was wrong in earlier runs stays. */
function wrongBefore(before: string): readonly string[] {
  const sections = before.split(/\n(?=## )/).filter((section) => section.startsWith(WRONG));
  return sections.flatMap((section) => ["", section.trim()]);
}

function wrongOf({ wrong, seed }: RunRecord, [when = ""]: RunRow): readonly string[] {
  if (wrong.length === 0) return [];
  return ["", `${WRONG} ${when}, seed ${String(seed)}`, "", ...wrong.slice(0, 50).map((line) => `- ${line}`)];
}
