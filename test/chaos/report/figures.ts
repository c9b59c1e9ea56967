import { HEAD, type RunRow } from "./head.ts";
import { renderTable } from "./table.ts";

interface Figure {
  readonly name: string;
  readonly column: string;
  readonly kind: "sum at least" | "sum at most" | "most at most";
  readonly bound: number;
}

/** What all runs together are to come to. */
const FIGURES: readonly Figure[] = [
  { name: "kills", column: "kills", kind: "sum at least", bound: 1_000 },
  { name: "deliveries taken", column: "deliveries taken", kind: "sum at least", bound: 100_000 },
  { name: "doubled deliveries", column: "doubled", kind: "sum at least", bound: 10_000 },
  {
    name: "things lost, done twice, or wrong in another way",
    column: "wrong",
    kind: "sum at most",
    bound: 0,
  },
  {
    name: "a dead replica's work is taken over, s",
    column: "takeover p99 / most s",
    kind: "most at most",
    bound: 60,
  },
  {
    name: "a halt comes after its deadline, replicas and database dying meanwhile, s",
    column: "late p99 / most s",
    kind: "most at most",
    bound: 120,
  },
  {
    name: "a delivery of a burst is acknowledged, ms",
    column: "intake p99 / most ms",
    kind: "most at most",
    bound: 10_000,
  },
];

/** Each figure, over all runs, and whether it is reached. */
export function renderFigures(rows: readonly RunRow[]): readonly string[] {
  return renderTable(
    ["figure", "measured", "to reach", ""],
    FIGURES.map(({ name, column, kind, bound }) => {
      const cells = rows.map((row) => row[HEAD.indexOf(column)] ?? "");
      const measured =
        kind === "most at most"
          ? Math.max(0, ...cells.map((cell) => Number(cell.split(" / ")[1] ?? 0)))
          : cells.reduce((sum, cell) => sum + Number(cell), 0);
      const isMeasured = kind !== "most at most" || cells.some((cell) => cell.includes(" / "));
      const reached = kind === "sum at least" ? measured >= bound : measured <= bound;
      const wanted = kind === "sum at least" ? `at least ${String(bound)}` : `at most ${String(bound)}`;
      if (!isMeasured) return [name, "not measured", wanted, "**MISS**"];
      return [name, String(measured), wanted, reached ? "reached" : "**MISS**"];
    }),
  );
}
