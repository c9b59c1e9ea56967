import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import type { Clock } from "../../src/clock.ts";
import { readServerSettings, type ServerSettings } from "../../src/config.ts";
import type { Subject } from "../../src/domain/subject.ts";
import { startHoldpoint, type RunningHoldpoint } from "../../src/main.ts";
import { createQueue } from "../../src/queue/create-queue.ts";
import { type Box, startBox } from "../../src/sandbox/start-box.ts";
import type { Delivery } from "../../src/sandbox/github/webhooks/deliveries.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { recordUse } from "./record-use.ts";
import { endPauses } from "../queue/queue-fixture.ts";

/** A whole Holdpoint before a GitHub and a Jira that behave, unless they are told to lie. */
export interface Story {
  readonly box: Box;
  readonly db: TestDatabase;
  /** The one that runs now; a restart makes another. */
  readonly holdpoint: () => RunningHoldpoint;
  readonly logged: () => readonly string[];
  /** Until every webhook was taken and everything that follows from it was done. */
  readonly quiet: () => Promise<void>;
  readonly now: () => Date;
  /** Time passes; nothing happens by that alone. */
  readonly pass: (milliseconds: number) => void;
  /** One of the things that happen by themselves, and what follows from it. */
  readonly tick: (name: TickName) => Promise<void>;
  /** Everything is compared with GitHub, however long ago that was done last. */
  readonly reconcile: () => Promise<void>;
  /** The deploy of a repository is looked at. */
  readonly look: (repositoryId: number) => Promise<void>;
  /** Hands a delivery over and waits for nothing but the answer. */
  readonly send: (delivery: Delivery, guid: string) => Promise<number>;
  /** A delivery comes once more, under a GUID of its own unless it is the same one. */
  readonly deliverAgain: (delivery: Delivery, guid?: string) => Promise<number>;
  /** What waits to be tried again is tried now. */
  readonly tryAgain: () => Promise<void>;
  /** One more Holdpoint on the same database; stopped with the story unless it is before. */
  readonly startAnother: () => Promise<RunningHoldpoint>;
  /** Nobody answers webhooks until `start`. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export type TickName =
  | "audit anchor"
  | "deadlines"
  | "due looks"
  | "reconciliation"
  | "installations"
  | "failed deliveries"
  | "requests"
  | "purge";

export interface StoryOptions {
  /** More settings, or others; "" takes one away. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly inspect?: Parameters<typeof startBox>[0]["inspect"];
  /** Whether people can sign in to the cockpit, and GitHub leads to it; they cannot unless this says so. */
  readonly signIn?: boolean;
}

const RECONCILED_EVERY = 10 * 60_000;
/** Milliseconds: a story waits for what comes due by itself, as a retry does, and not for the next look at the queue. */
const POLL_EVERY = 500;

export async function openStory(options: StoryOptions = {}): Promise<Story> {
  const { environment = {}, inspect, signIn = false } = options;
  const directory = await mkdtemp(join(tmpdir(), "holdpoint-story-"));
  const db = await createTestDatabase();
  let passed = 0;
  const clock: Clock = { now: () => new Date(Date.now() + passed) };
  const box = await startBox({ directory, clock, ...(inspect === undefined ? {} : { inspect }) });
  const settings = settingsFrom({
    ...box.environment,
    ...(signIn ? {} : { GITHUB_CLIENT_ID: "", GITHUB_CLIENT_SECRET: "", SESSION_SECRET: "" }),
    DATABASE_URL: db.url,
    MIGRATION_DATABASE_URL: db.ownerUrl,
    HOLDPOINT_DATA_DIR: directory,
    PORT: "0",
    LOG_LEVEL: "debug",
    ...environment,
  });
  const lines: string[] = [];
  const running: RunningHoldpoint[] = [];

  /** A pause between two tries is over at once, and it is so much later. */
  async function sleep(milliseconds: number): Promise<void> {
    const end = clock.now().getTime() + milliseconds;
    await breathe();
    passed += Math.max(0, end - clock.now().getTime());
  }

  async function startAnother(): Promise<RunningHoldpoint> {
    const started = await startHoldpoint({
      settings,
      write: (line) => void lines.push(line),
      writeGapMilliseconds: 0,
      clock,
      boundary: {
        sleep,
        createQueue: (options) => createQueue({ ...options, pollEvery: POLL_EVERY }),
      },
    });
    running.push(started);
    const { stop } = started;
    return {
      ...started,
      async stop() {
        const at = running.indexOf(started);
        if (at < 0) return;
        running.splice(at, 1);
        await stop();
      },
    };
  }

  async function start(): Promise<void> {
    box.connect((await startAnother()).url);
  }

  function holdpoint(): RunningHoldpoint {
    const [first] = running;
    if (first === undefined) throw new Error("no Holdpoint is running");
    return first;
  }

  async function stop(): Promise<void> {
    for (const one of running.splice(0)) await one.stop();
  }

  async function quiet(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await box.settled();
      for (const one of running) await one.queue.idle();
    }
  }

  async function tick(name: TickName): Promise<void> {
    const found = holdpoint().ticks.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no tick ${name}`);
    await found.run();
    await quiet();
  }

  async function send({ body, requestHeaders }: Delivery, guid: string): Promise<number> {
    const { status } = await fetch(`${holdpoint().url}/api/github/webhooks`, {
      method: "POST",
      headers: { ...requestHeaders, "x-github-delivery": guid },
      body,
    });
    return status;
  }

  await start();
  return {
    box,
    db,
    holdpoint,
    logged: () => lines,
    quiet,
    now: () => clock.now(),
    pass(milliseconds) {
      passed += milliseconds;
    },
    tick,
    async reconcile() {
      passed += RECONCILED_EVERY;
      await tick("reconciliation");
    },
    send,
    async deliverAgain(delivery, guid = randomUUID()) {
      const status = await send(delivery, guid);
      await quiet();
      return status;
    },
    async look(repositoryId) {
      const { database, queue } = holdpoint();
      const [row] = await database.query<{ subject: Subject }>(
        "select subject from holdpoint.subject where key = $1",
        [`deploy:${repositoryId}`],
      );
      if (row === undefined) throw new Error("the deploy was never looked at");
      const data = { subject: row.subject, because: "a story asks" };
      await database.transaction((transaction) => queue.enqueue(transaction, [{ kind: "look", data }]));
      await quiet();
    },
    async tryAgain() {
      await endPauses(db);
      await quiet();
    },
    startAnother,
    stop,
    start,
    async close() {
      await stop();
      await recordUse(box.github, db);
      await box.stop();
      await db.drop();
      await rm(directory, { recursive: true });
    },
  };
}

function settingsFrom(environment: Readonly<Record<string, string>>): ServerSettings {
  const settings = readServerSettings(environment, false);
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  return settings.value;
}
