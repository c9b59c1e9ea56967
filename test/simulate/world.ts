import { createHash } from "node:crypto";
import { z } from "zod";
import type { StatementRunner } from "../../src/database/statement-runner.ts";
import { createDice } from "./dice.ts";
import type { Fact } from "./fact.ts";
import { readAuditProblems } from "./read-audit-problems.ts";
import type { Difference } from "./judgement.ts";
import { createLookout } from "./look-around.ts";
import { createMailbox } from "./mailbox.ts";
import { play } from "./moves/play.ts";
import { readNextWork } from "./next-work.ts";
import { compare } from "./oracle/compare.ts";
import { expectAt } from "./oracle/expect.ts";
import { createOutside } from "./outside.ts";
import type { Move } from "./plan.ts";
import { startReplicas } from "./replicas.ts";
import type { SimulationDatabase } from "./simulation-database.ts";
import type { QueueName } from "./stepped-queue.ts";
import { openTown } from "./town.ts";
import { startVirtualTime } from "./virtual-time.ts";
import { createWeather } from "./weather.ts";

export interface WorldOptions {
  readonly seed: number;
  readonly start: Date;
  readonly days: number;
  readonly repositories: readonly string[];
  readonly plan: readonly Move[];
  readonly database: SimulationDatabase;
  /** An empty folder. */
  readonly directory: string;
  readonly privateKey: string;
  readonly sabotage?: (request: Request) => Response | null;
  readonly write: (line: string) => void;
  /** After each quiet moment. */
  readonly onDay?: (day: number) => void;
}

export interface Outcome {
  readonly differences: readonly Difference[];
  readonly facts: readonly Fact[];
  readonly moves: number;
  /** How many were lived through: all, or as far as the first day on which something was wrong. */
  readonly days: number;
  readonly quietMoments: number;
  readonly deaths: readonly string[];
  readonly calls: Readonly<Record<"github" | "jira" | "slack", number>>;
  readonly letters: Readonly<Record<"sent" | "late" | "twice" | "never" | "refused", number>>;
  readonly jobs: number;
  /** Of every crossing and its moment: two runs with one seed have the same. */
  readonly digest: string;
  /** Its version. */
  readonly postgres: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400_000;
/** The sweep comes every five seconds. */
const SWEEP = 5 * SECOND;
/** A dead one's jobs are given away when its heartbeat has been silent for 20 s and the supervisor has passed. */
const TAKEN_OVER_AFTER = 31 * SECOND;
const ORDER: readonly QueueName[] = ["delivery", "later", "look", "effect"];
/** Far more than anything needs; who reaches it turns in a circle. */
const RESTLESS = 20_000;

/** Lives the plan through, and holds what Holdpoint does against what it should do, at every quiet moment. */
export async function liveThrough(options: WorldOptions): Promise<Outcome> {
  const { seed, plan, database } = options;
  const runner = database.open("engine");
  const time = await startVirtualTime(options.start, runner, database.name);
  const trace = createHash("sha256");
  const weather = createWeather(seed, time.now);
  const mailbox = createMailbox(createDice("mailbox", seed), time.now);
  const outside = createOutside({
    directory: options.directory,
    time,
    weather,
    mailbox,
    dice: createDice("latency", seed),
    privateKey: options.privateKey,
    sabotage: options.sabotage,
  });
  const replicas = await startReplicas({
    outside,
    time,
    runner,
    dice: createDice("replicas", seed),
    dataDirectory: options.directory,
    urlFor: database.urlFor,
    write: options.write,
    onCrossing: (where) => void trace.update(`${String(time.now().getTime())} ${where}\n`),
  });
  const dice = createDice("engine", seed);
  const differences: Difference[] = [];
  let jobs = 0;
  let quietMoments = 0;
  let superviseAt: Date | null = null;
  let reviveAt: Date | null = null;

  function calm(is: boolean): void {
    weather.calm(is);
    mailbox.calm(is);
  }

  /** Everything that can be done now is done; answers when there will be more. */
  async function settle(): Promise<Date | null> {
    await time.tell();
    for (let round = 0; round < RESTLESS; round += 1) {
      await outside.settled();
      const now = time.now();
      for (const letter of mailbox.take(now)) {
        if ((await replicas.receive(letter)) === "died") mourn();
      }
      for (const one of town.takeDue()) await one.happen();
      const work = await readNextWork(runner, time.told());
      if (work.deadlineAt !== null && work.deadlineAt <= now) await replicas.tick("deadlines");
      else if (work.lookAgainAt !== null && work.lookAgainAt <= now) await replicas.tick("due looks");
      else if (work.ready.length > 0) await step(pick(work.ready));
      else if (superviseAt !== null && superviseAt <= now) {
        await replicas.any().supervise();
        superviseAt = null;
      } else if (reviveAt !== null && reviveAt <= now) {
        await replicas.revive();
        reviveAt = null;
      } else if (time.told() < now) {
        await time.tell();
      } else {
        const wakes = [
          work.deadlineAt === null ? null : new Date(work.deadlineAt.getTime() + dice.between(0, SWEEP)),
          work.lookAgainAt,
          work.retryAt,
          superviseAt,
          reviveAt,
          mailbox.nextAt(),
          town.nextAt(),
        ].filter((at) => at !== null);
        return wakes.length === 0 ? null : new Date(Math.min(...wakes.map((at) => at.getTime())));
      }
    }
    throw new Error(`seed ${String(seed)}: it does not come to rest at ${time.now().toISOString()}`);
  }

  /** Mostly in the order in which work flows, so that what was told together is looked at once. */
  function pick(ready: readonly QueueName[]): QueueName {
    const first = ORDER.find((name) => ready.includes(name));
    return first === undefined || dice.chance(0.1) ? dice.pick(ready) : first;
  }

  async function step(name: Parameters<typeof replicas.step>[0]): Promise<void> {
    jobs += 1;
    if ((await replicas.step(name)) === "died") mourn();
  }

  /** What the dead one had in hand is given away, and somebody is started in its place. */
  function mourn(): void {
    superviseAt = new Date(time.now().getTime() + TAKEN_OVER_AFTER);
    reviveAt = new Date(time.now().getTime() + dice.between(1, 20) * MINUTE);
  }

  async function liveUntil(at: Date): Promise<void> {
    for (;;) {
      const next = await settle();
      if (next === null || next > at) break;
      time.moveTo(next);
    }
    time.moveTo(at);
  }

  /** No outage, nothing on its way, everything compared once: what is wrong now is wrong. */
  async function beQuiet(): Promise<void> {
    calm(true);
    for (const name of ["failed deliveries", "installations"]) {
      await replicas.tick(name);
      await settle();
    }
    await liveUntil(new Date(time.now().getTime() + 11 * MINUTE));
    await replicas.revive();
    replicas.spare();
    for (const name of ["reconciliation", "audit anchor", "purge"]) {
      await replicas.tick(name);
      await settle();
    }
    town.note({ kind: "quiet" });
    quietMoments += 1;
    await runner.run("vacuum analyze");
    for (const index of options.repositories.keys()) {
      const seen = await lookout.look(town.place(index), replicas.any(), time.now());
      differences.push(...compare(expectAt(town.facts, seen), seen, town.facts));
    }
    for (const { lastError } of await replicas.any().parked()) {
      differences.push(note("parked", "no job that was given up", lastError));
    }
    for (const problem of await readAuditProblems(database.urlFor("auditor"), options.directory)) {
      differences.push(note("audit", "a record that is whole", problem));
    }
    calm(false);
  }

  function note(what: Difference["what"], expected: string, seen: string): Difference {
    return { what, repository: "", at: time.now(), expected, seen };
  }

  calm(true);
  const town = await openTown(outside, time, options.repositories);
  const lookout = await createLookout(outside);
  const players = { town, weather, mailbox, doom: replicas.doom };
  try {
    await settle();
    town.note({ kind: "quiet" });
    calm(false);
    let played = 0;
    for (let day = 1; day <= options.days && differences.length === 0; day += 1) {
      const end = new Date(options.start.getTime() + day * DAY);
      for (; played < plan.length; played += 1) {
        const move = plan[played];
        if (move === undefined || move.at >= end) break;
        await liveUntil(move.at);
        await play(players, move);
      }
      await liveUntil(end);
      await beQuiet();
      options.onDay?.(day);
    }
    return {
      differences,
      facts: town.facts,
      moves: played,
      days: quietMoments,
      quietMoments,
      deaths: replicas.deaths(),
      calls: outside.calls(),
      letters: mailbox.counts(),
      jobs,
      digest: trace.digest("hex").slice(0, 16),
      postgres: await readVersion(runner),
    };
  } finally {
    calm(true);
    await replicas.stop();
    await runner.close();
  }
}

const versionSchema = z.tuple([z.object({ server_version: z.string() })]);

async function readVersion(runner: StatementRunner): Promise<string> {
  return versionSchema.parse(await runner.run("show server_version"))[0].server_version;
}
