import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchServer } from "./database.ts";
import type { Entry } from "./entry.ts";
import { type Section, atMost } from "./figure.ts";
import { startHoldpointProcess } from "./holdpoint-process.ts";
import { median } from "./statistics.ts";

/** From the start of the process to its first 202, in three situations. */
export async function measureStart(postgres: BenchServer, entry: Entry, times: number): Promise<Section> {
  const migrated = await postgres.createDatabase("migrated");
  const again = await repeat(times, () => startOnce(entry, { DATABASE_URL: migrated }));
  const first = await repeat(times, async () =>
    startOnce(entry, { DATABASE_URL: await postgres.createDatabase("empty") }),
  );
  const own = await repeat(times, () => startWithOwnServer(entry));
  const common = {
    unit: "s",
    dream: null,
    reason: "the modules take most of it: a machine that is busy with other work takes as much longer",
  } as const;
  return {
    title: "From the start to the first accepted webhook",
    method: [
      `\`${entry.name} start\` as a process; a signed ping is posted every 5 ms until one is answered 202. Medians of ${String(times)} starts.`,
    ],
    figures: [
      { name: "DATABASE_URL, migrated before", measured: median(again), toReach: atMost(1.5), ...common },
      {
        name: "DATABASE_URL, an empty database (migrates first)",
        measured: median(first),
        toReach: atMost(1.5),
        ...common,
      },
      { name: "its own server's first start", measured: median(own), toReach: atMost(4), ...common },
    ],
    table: null,
  };
}

async function repeat(times: number, measure: () => Promise<number>): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let time = 0; time < times; time += 1) measured.push(await measure());
  return measured;
}

/** Seconds. */
async function startOnce(entry: Entry, environment: Readonly<Record<string, string>>): Promise<number> {
  const holdpoint = await startHoldpointProcess(entry, environment);
  await holdpoint.stop();
  return holdpoint.readyAfter / 1_000;
}

async function startWithOwnServer(entry: Entry): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-bench-start-"));
  try {
    return await startOnce(entry, { HOLDPOINT_DATA_DIR: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}
