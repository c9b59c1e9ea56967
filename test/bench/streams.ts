import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../../src/database/open-database.ts";
import type { Database } from "../../src/database/database.ts";
import { type BenchServer, benchLog } from "./database.ts";
import { type Section, atMost } from "./figure.ts";
import { readMemory } from "./holdpoint-process.ts";
import { SIGN_IN, signSomebodyIn } from "./signed-in.ts";
import { type OpenStream, openStream } from "./servers/open-stream.ts";
import { openStage } from "./stage.ts";
import { median, quantile } from "./statistics.ts";

const SETTLED = 1_500;
const REPOSITORY = "streamed";
const TOLD_WITHIN = 10_000;

export interface StreamsOptions {
  readonly streams: number;
  readonly changes: number;
}

/** What an open page costs, and how soon it hears of a change. */
export async function measureStreams(
  postgres: BenchServer,
  { streams, changes }: StreamsOptions,
): Promise<Section> {
  const stage = await openStage(postgres, SIGN_IN);
  const database = await openDatabase({ url: stage.databaseUrl, purpose: "work", log: benchLog });
  const open: OpenStream[] = [];
  try {
    await stage.tell({ kind: "create-tickets", last: 1 });
    await stage.tell({ kind: "create-repository", repository: REPOSITORY });
    await stage.watch({ kind: "push", repository: REPOSITORY, ticket: 1, quiet: SETTLED });
    const cookies: string[] = [];
    for (let person = 1; person <= streams; person += 1) {
      cookies.push(await signSomebodyIn(database, person));
    }
    // What the first streams load stays, and is no stream's own.
    const [row] = await database.query<{ readonly id: string }>("select id from holdpoint.repository", []);
    const address = `${stage.holdpointUrl}/-/live?repository=${row?.id ?? ""}`;
    const first = await openAll(address, cookies.slice(0, 10));
    await pause(500);
    first.forEach(({ close }) => close());
    await pause(2_000);
    const before = readMemory(stage.holdpointPid).now;
    open.push(...(await openAll(address, cookies)));
    await pause(2_000);
    const after = readMemory(stage.holdpointPid).now;
    const times: number[] = [];
    for (let change = 0; change < changes; change += 1) times.push(...(await changeOnce(database, open)));
    const common = { dream: null, reason: "" } as const;
    return {
      title: "Open pages that hear of changes",
      method: [
        `${String(streams)} streams of \`/-/live\`, each of somebody else who watches one repository. Memory: what the process takes (VmRSS) 2 s after they are open, less what it took before, for each. Then ${String(changes)} changes of that repository, one after the other: from just before the change is written to PostgreSQL to the moment the event is read from a stream; ${String(streams * changes)} times in all. The streams are read by the process that measures.`,
      ],
      figures: [
        {
          name: "memory of a stream",
          measured: Math.max(0, ((after - before) * 1_000) / streams),
          unit: "KB",
          toReach: null,
          ...common,
        },
        { name: "from change to page, p50", measured: median(times), unit: "ms", toReach: null, ...common },
        {
          name: "from change to page, p99",
          measured: quantile(times, 0.99),
          unit: "ms",
          toReach: atMost(1_000),
          ...common,
        },
      ],
      table: null,
    };
  } finally {
    open.forEach(({ close }) => close());
    await database.close();
    await stage.stop();
  }
}

async function openAll(address: string, cookies: readonly string[]): Promise<readonly OpenStream[]> {
  return await Promise.all(cookies.map((cookie) => openStream(address, cookie)));
}

/** A look at the deploy is noted, as looks do; answers how long each stream took to tell it. */
async function changeOnce(database: Database, open: readonly OpenStream[]): Promise<readonly number[]> {
  const over = AbortSignal.timeout(TOLD_WITHIN);
  const told = open.map((stream) => stream.next(over));
  const startedAt = performance.now();
  await database.query("update holdpoint.subject set looked_at = $1 where key like 'deploy:%'", [new Date()]);
  return (await Promise.all(told)).map((at) => at - startedAt);
}
