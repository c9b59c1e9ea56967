import { type Bound, type Figure, type Section, isReached } from "./figure.ts";
import type { Machine } from "./machine.ts";

/** The whole of `docs/bench.md`. */
export function renderReport(machine: Machine, at: Date, sections: readonly Section[]): string {
  const all = sections.flatMap(({ figures }) => figures).filter(({ toReach }) => toReach !== null);
  const missed = all.filter(({ measured, toReach }) => toReach !== null && !isReached(measured, toReach));
  const summary =
    missed.length === 0
      ? `All ${String(all.length)} figures are reached.`
      : `${String(all.length - missed.length)} of ${String(all.length)} figures are reached; the others stand as MISS.`;
  return [
    "# How fast, and how large",
    "",
    "Written by `npm run bench`; change nothing here by hand.",
    "",
    `Measured ${at.toISOString().slice(0, 16).replace("T", " ")} UTC on ${String(machine.cores)} cores (${machine.processor}), ${machine.memory} of memory, ${machine.versions}. PostgreSQL, the servers and the load share these cores, so a rate is one of the whole machine, and only what stands in the same table may be compared. ${describeLoad(machine)}`,
    "",
    summary,
    ...sections.flatMap(renderSection),
    "",
  ].join("\n");
}

function describeLoad({ load, cores }: Machine): string {
  return load < cores / 4
    ? "Nothing else was running."
    : `**Other work was running**: a load of ${load.toFixed(1)} before the start. Times and rates are worse than the machine's, and where the others came and went, so are ratios.`;
}

function renderSection({ title, method, figures, table }: Section): string[] {
  return [
    "",
    `## ${title}`,
    "",
    ...method.flatMap((paragraph) => [paragraph, ""]),
    ...renderTable(["figure", "measured", "to reach", "dreamt of", "", "reason"], figures.map(renderFigure)),
    ...(table === null ? [] : ["", ...renderTable(table.head, table.rows)]),
  ];
}

function renderFigure({ name, measured, unit, toReach, dream, reason }: Figure): string[] {
  const missed = toReach !== null && !isReached(measured, toReach);
  const verdict = toReach === null ? "" : missed ? "**MISS**" : "reached";
  return [
    name,
    withUnit(measured, unit),
    bound(toReach, unit),
    bound(dream, unit),
    verdict,
    missed ? reason : "",
  ];
}

function bound(wanted: Bound | null, unit: Figure["unit"]): string {
  return wanted === null ? "" : `${wanted.kind} ${withUnit(wanted.value, unit)}`;
}

function withUnit(value: number, unit: Figure["unit"]): string {
  switch (unit) {
    case "ratio":
      return value.toFixed(2);
    case "ms":
      return `${value.toFixed(1)} ms`;
    case "s":
      return `${value.toFixed(2)} s`;
    case "MB":
      return `${value.toFixed(0)} MB`;
    case "KB":
      return `${value.toFixed(0)} KB`;
    case "calls":
      return String(value);
    case "per s":
      return `${value.toFixed(0)} a second`;
  }
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
