import { writeFile } from "node:fs/promises";
import { measureAccept } from "./accept.ts";
import { measureCalls } from "./calls.ts";
import { measureComplianceCalls } from "./compliance-calls.ts";
import { startBenchServer } from "./database.ts";
import { measureDeadlines } from "./deadlines.ts";
import { findEntry } from "./entry.ts";
import type { Section } from "./figure.ts";
import { measureGate } from "./gate.ts";
import { measureLocalCheck } from "./local-check.ts";
import { describeMachine } from "./machine.ts";
import { measureMemory } from "./memory.ts";
import { renderReport } from "./render.ts";
import { measurePages } from "./pages.ts";
import { measureStart } from "./start.ts";
import { measureStatus } from "./status.ts";
import { measureStreams } from "./streams.ts";

/**
 * `npm run bench`, about six minutes; `-- --quick` takes one, prints and writes nothing; `-- --only accept,start` runs some.
 */
const quick = process.argv.includes("--quick");
const only = process.argv[process.argv.indexOf("--only") + 1]?.split(",");
const postgres = await startBenchServer();
const machine = describeMachine(postgres.version);
const entry = findEntry();

const measurements: Readonly<Record<string, () => Promise<Section>>> = {
  accept: () => measureAccept(postgres, quick ? { rounds: 5, seconds: 1 } : { rounds: 7, seconds: 3 }),
  status: () => measureStatus(postgres, quick ? 30 : 200),
  calls: () => measureCalls(postgres),
  gate: () => measureGate(postgres, quick ? { rounds: 3, seconds: 1 } : { rounds: 5, seconds: 3 }),
  deadlines: () => measureDeadlines(postgres),
  compliance: () => measureComplianceCalls(postgres),
  pages: () =>
    measurePages(postgres, quick ? { repositories: 40, rounds: 40 } : { repositories: 200, rounds: 300 }),
  streams: () =>
    measureStreams(postgres, quick ? { streams: 40, changes: 10 } : { streams: 200, changes: 50 }),
  check: () => measureLocalCheck(entry, quick ? 5 : 11),
  memory: () => measureMemory(postgres, entry, quick ? 3 : 15),
  start: () => measureStart(postgres, entry, quick ? 3 : 7),
};

const wanted = process.argv.includes("--only")
  ? Object.entries(measurements).filter(([name]) => only?.includes(name))
  : Object.entries(measurements);
try {
  const sections: Section[] = [];
  for (const [name, measure] of wanted) {
    process.stderr.write(`${name} …\n`);
    sections.push(await measure());
  }
  const report = renderReport(machine, new Date(), sections);
  process.stdout.write(report);
  if (!quick && wanted.length === Object.keys(measurements).length) {
    await writeFile(new URL("../../docs/bench.md", import.meta.url), report);
  }
} finally {
  await postgres.stop();
}
