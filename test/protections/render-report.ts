import type { Machine } from "../bench/machine.ts";
import type { Notice } from "./judge-run.ts";
import type { Protection } from "./protection.ts";

export interface Tried {
  readonly entry: Protection;
  readonly notice: Notice;
  readonly seconds: number;
}

/** The report: row, what was switched off, which test noticed. */
export function renderReport(machine: Machine, at: Date, tried: readonly Tried[]): string {
  const noticed = tried.filter(({ notice }) => notice.state === "noticed").length;
  const rows = new Set(tried.flatMap(({ entry }) => entry.rows));
  const lines = [...tried]
    .sort((one, other) => ((one.entry.rows[0] ?? "") < (other.entry.rows[0] ?? "") ? -1 : 1))
    .map(lineOf);
  return `# Protections that were seen to fail when switched off

A test of a protection proves nothing as long as nobody saw it fail. \`npm run protections\` copies the tree, runs the tests
that are named here as they are, and then switches one protection off at a time and runs the test that belongs to it: that test must
fail, and by what it asserts, not because the code does not run any more. Written by that command.

- ${at.toISOString().slice(0, 10)}, ${machine.versions}
- ${String(machine.cores)} cores (${machine.processor}), ${machine.memory}, load ${machine.load.toFixed(1)}
- ${String(tried.length)} protections of ${String(rows.size)} rows switched off, ${String(noticed)} noticed, ${String(tried.length - noticed)} not

| Rows | Switched off: | Noticed by | Seconds |
|---|---|---|---|
${lines.join("\n")}
`;
}

function lineOf({ entry, notice, seconds }: Tried): string {
  const by =
    notice.state === "noticed"
      ? `\`${entry.test.file.replace(/^test\//, "")}\`: ${cell(notice.by)}`
      : notice.state === "survived"
        ? "**nobody**"
        : `**not tried: ${cell(notice.why)}**`;
  return `| ${entry.rows.join(", ")} | ${cell(entry.off)} | ${by} | ${seconds.toFixed(1)} |`;
}

/** Names of tests quote what strangers write. */
function cell(text: string): string {
  return text.replaceAll(/[|<>`\\@*_]/g, "\\$&").replaceAll(/\s+/g, " ");
}
