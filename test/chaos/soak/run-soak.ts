import { setTimeout as pause } from "node:timers/promises";
import { asError } from "../../../src/errors.ts";
import { judgeRepository } from "../judge/repository.ts";
import { type Measures, measure } from "../measures.ts";
import { createRandom } from "../random.ts";
import { openStage, type Stage } from "../stage.ts";
import { type BusyRepository, startBusyRepository } from "./busy-repository.ts";
import { checkInvariants } from "./invariants.ts";
import { type MemorySample, sampleMemory } from "./memory.ts";
import { MINUTE_FAULTS } from "./minute-faults.ts";

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly replicas: number;
  readonly say: (line: string) => void;
}

export interface SoakRecord {
  readonly seed: number;
  readonly replicas: number;
  readonly postgres: string;
  readonly minutes: number;
  readonly injectedHours: number;
  readonly speed: number;
  readonly repositories: number;
  readonly acts: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly checks: number;
  readonly measures: Measures;
  readonly samples: readonly MemorySample[];
  readonly wrong: readonly string[];
}

const DAY = 24 * 60;
const MINUTE = 60_000;
const FAULT_EVERY = 45_000;
const REPOSITORIES = 5;
const ACT_EVERY = 6_000;
const SAMPLE_EVERY = 15_000;
const CHECK_EVERY = 30_000;
const MENDED_WITHIN = 300_000;

/** A day of the injected clock in so many minutes: people at work, and every minute something goes wrong. */
export async function runSoak({ minutes, seed, replicas, say }: SoakOptions): Promise<SoakRecord> {
  const since = Date.now();
  const speed = DAY / minutes;
  const random = createRandom(seed);
  const clock = { now: () => new Date(since + (Date.now() - since) * speed) };
  const opened = await openStage({
    replicas,
    clock,
    environment: { CHAOS_PACE: `${String(since)}:${String(speed)}` },
  });
  // Those stories are told in another measure of time; here others are at work.
  const life = { ...opened.life, begin: () => Promise.resolve(), beginEvery: () => () => undefined };
  const stage: Stage = { ...opened, life };
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / MINUTE;
  const faults = new Map<string, number>();
  const wrong = new Set<string>();
  const samples: MemorySample[] = [];
  let [acts, checks] = [0, 0];

  function note(lines: readonly string[]): void {
    for (const line of lines) {
      if (!wrong.has(line)) say(`wrong at minute ${elapsed().toFixed(1)}: ${line}`);
      wrong.add(line);
    }
  }

  async function every(milliseconds: number, act: () => Promise<void>): Promise<void> {
    while (elapsed() < minutes) {
      const began = performance.now();
      // People try what is not possible, and a question may meet a server that is down: the day goes on.
      await act().catch((error: unknown) => say(`minute ${elapsed().toFixed(1)}: ${asError(error).message}`));
      await pause(Math.max(0, milliseconds - (performance.now() - began)));
    }
  }

  async function strike(): Promise<void> {
    const fault = MINUTE_FAULTS[Math.floor(random() * MINUTE_FAULTS.length)];
    if (fault === undefined) return;
    const struck = await fault.strike(stage, { random, times: 1, say });
    faults.set(fault.name, (faults.get(fault.name) ?? 0) + 1);
    const { kills } = stage.replicas.told();
    say(`minute ${elapsed().toFixed(1)}: ${fault.name}; ${String(kills.length)} kills, ${String(acts)} acts`);
    if (struck.state === "done") note(struck.wrong);
  }

  async function check(repositories: readonly BusyRepository[]): Promise<void> {
    try {
      note(await checkInvariants(stage, repositories));
      checks += 1;
    } catch {
      // The database was away just then; the next look asks again.
    }
  }

  try {
    const repositories: BusyRepository[] = [];
    for (let index = 1; index <= REPOSITORIES; index += 1) {
      repositories.push(await startBusyRepository(stage.box, stage.witness, `busy-${String(index)}`));
    }
    await Promise.all([
      every(ACT_EVERY, async () => {
        await repositories[Math.floor(random() * REPOSITORIES)]?.act(random);
        acts += 1;
      }),
      every(FAULT_EVERY, strike),
      every(SAMPLE_EVERY, async () => void samples.push(...sampleMemory(stage.replicas.pids(), elapsed()))),
      every(CHECK_EVERY, () => check(repositories)),
    ]);
    const injectedHours = (elapsed() * speed) / 60;
    note(await mendAll(stage, repositories));
    note(await checkInvariants(stage, repositories));
    for (const { repository } of repositories) {
      const found = await judgeRepository(stage, repository);
      note(found.map((line) => `${repository}: ${line}`));
    }
    const measured = await measure(stage, (at) => since + (at.getTime() - since) * speed);
    return {
      seed,
      replicas,
      postgres: stage.server.version,
      minutes: elapsed(),
      injectedHours,
      speed,
      repositories: REPOSITORIES,
      acts,
      faults,
      checks,
      measures: { ...measured, lateness: measured.lateness.map((seconds) => seconds / speed) },
      samples,
      wrong: [...wrong],
    };
  } finally {
    await stage.close();
  }
}

/** People mend everything, and nothing is left to do; what is not well after a while, a line each. */
async function mendAll(stage: Stage, repositories: readonly BusyRepository[]): Promise<readonly string[]> {
  await stage.replicas.ready();
  const since = performance.now();
  const ill = new Set(repositories);
  while (performance.now() - since < MENDED_WITHIN) {
    await stage.box.settled();
    for (const one of ill) if (await one.mend()) ill.delete(one);
    if (ill.size === 0 && (await countUndone(stage)) === 0) return [];
    await pause(1_000);
  }
  return [
    ...[...ill].map(({ repository }) => `${repository}: everything is mended, and its gate is not open`),
    ...((await countUndone(stage)) === 0 ? [] : ["deliveries or effects are left to do"]),
  ];
}

async function countUndone({ database }: Stage): Promise<number> {
  const [row] = await database.query<{ readonly undone: number }>(
    `select ((select count(*) from holdpoint.delivery where state = 'received')
          + (select count(*) from holdpoint.effect where done_revision < revision))::int as undone`,
  );
  return row?.undone ?? 0;
}
