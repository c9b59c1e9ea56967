import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../../bench/machine.ts";
import { spread } from "../measures.ts";
import { slopes } from "../soak/memory.ts";
import { SPARED } from "../soak/minute-faults.ts";
import type { SoakRecord } from "../soak/run-soak.ts";
import { commitNow } from "./commit-now.ts";
import { readRows, renderTable } from "./table.ts";

const FILE = fileURLToPath(new URL("../../../docs/proof/soak.md", import.meta.url));
const HEAD = [
  "when (UTC)",
  "commit",
  "seed",
  "replicas",
  "minutes",
  "hours of the injected clock",
  "acts of people",
  "faults",
  "kills",
  "deliveries taken",
  "invariants checked",
  "takeover p99 / most s",
  "late p99 / most s",
  "MB an hour, never killed",
  "wrong",
];
const SHOW_EVERY = 3;

/** One more row, and the samples of this run in place of those of the one before. */
export async function appendSoak(record: SoakRecord, at: Date): Promise<void> {
  const before = await readFile(FILE, "utf8").catch(() => "");
  const machine = describeMachine(record.postgres);
  const found = slopes(record.samples);
  const watched = found.find(({ index }) => index === SPARED);
  const row = [
    at.toISOString().slice(0, 16).replace("T", " "),
    commitNow(),
    String(record.seed),
    String(record.replicas),
    record.minutes.toFixed(0),
    record.injectedHours.toFixed(1),
    String(record.acts),
    String([...record.faults.values()].reduce((sum, count) => sum + count, 0)),
    String(record.measures.kills),
    String(record.measures.acknowledged),
    `${String(record.checks)} times`,
    spread(record.measures.takeovers),
    spread(record.measures.lateness),
    watched === undefined ? "–" : watched.perHour.toFixed(1),
    String(record.wrong.length),
  ];
  const samples = record.samples.filter(({ index }) => index === SPARED);
  const shown = samples.filter((_, at) => at % (SHOW_EVERY * 4) === 0);
  await writeFile(
    FILE,
    [
      "# A day in less than an hour",
      "",
      "Written by `npm run chaos -- --soak 60 --report`; change nothing here by hand.",
      "",
      `Four replicas, whose clock goes so much faster that 24 hours pass within the run; five repositories, in which people push, break and mend the deferred check, halt and resume, override, merge, release and deploy; something that goes wrong every minute. The invariants are checked all along: no second issue, nothing said twice, no gate open that somebody has halted, no halt before its deadline, nothing acknowledged and lost, no job given up, no replica that ended by itself, the audit whole. In the end people mend everything, and every gate must open. pg-boss, time-outs and the network go by the world's time; “late” is in seconds of the world.`,
      "",
      `Last run: ${String(machine.cores)} cores (${machine.processor}), ${machine.memory} of memory, ${machine.versions}; a load of ${machine.load.toFixed(1)} at its end.`,
      "",
      "## Runs",
      "",
      ...renderTable(HEAD, [...readRows(before, "Runs"), row]),
      "",
      "## Faults of the last run",
      "",
      ...renderTable(
        ["fault", "times"],
        [...record.faults].map(([name, times]) => [name, String(times)]),
      ),
      "",
      "## Memory of the last run",
      "",
      `Resident memory, sampled every 15 s. Processes that lived long enough; the first six minutes of each are not counted. Replica ${String(SPARED + 1)} is never killed or stopped, so that it can be watched all along.`,
      "",
      ...renderTable(
        ["replica", "from minute", "to minute", "first MB", "last MB", "MB an hour"],
        found.map((one) => [
          String(one.index + 1),
          one.from.toFixed(1),
          one.to.toFixed(1),
          one.first.toFixed(0),
          one.last.toFixed(0),
          one.perHour.toFixed(1),
        ]),
      ),
      "",
      `Replica ${String(SPARED + 1)}, minute: MB. ${shown.map(({ minute, megabytes }) => `${minute.toFixed(0)}: ${megabytes.toFixed(0)}`).join(", ")}.`,
      ...(record.wrong.length === 0 ? [] : ["", "## Wrong", "", ...record.wrong.map((line) => `- ${line}`)]),
      "",
    ].join("\n"),
  );
}
