import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../../bench/machine.ts";
import { commitNow } from "./commit-now.ts";
import { spread } from "../measures.ts";
import type { RunRecord } from "../run-phases.ts";
import type { RunRow } from "./head.ts";
import { renderChaosReport } from "./render-chaos.ts";
import { readRows } from "./table.ts";

const FILE = fileURLToPath(new URL("../../../docs/proof/chaos.md", import.meta.url));

/** One more row in the report of all runs, and its total made anew. */
export async function appendRun(record: RunRecord, at: Date): Promise<void> {
  const before = await readFile(FILE, "utf8").catch(() => "");
  const machine = describeMachine(record.postgres);
  await writeFile(
    FILE,
    renderChaosReport({
      before,
      row: rowOf(record, at),
      machine,
      rowsBefore: readRows(before, "Runs"),
      record,
    }),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rowOf({ measures, counts, ...record }: RunRecord, at: Date): RunRow {
  const count = (name: string): string => String(counts.get(name) ?? 0);
  const intake = counts.has("intake max ms") ? `${count("intake p99 ms")} / ${count("intake max ms")}` : "–";
  return [
    at.toISOString().slice(0, 16).replace("T", " "),
    commitNow(),
    String(record.seed),
    record.replicas.join(", "),
    record.faults.join(", "),
    record.minutes.toFixed(1),
    String(sum(measures.map(({ repositories }) => repositories))),
    String(sum(measures.map(({ kills }) => kills))),
    String(new Set(measures.flatMap(({ points }) => points)).size),
    String(sum(measures.map(({ acknowledged }) => acknowledged))),
    count("doubled deliveries"),
    spread(measures.flatMap(({ takeovers }) => takeovers)),
    spread(measures.flatMap(({ lateness }) => lateness)),
    intake,
    String(record.wrong.length),
  ];
}
