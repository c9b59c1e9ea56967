import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Front } from "./front.ts";
import { type ArmedPoint, type Blow, SEEN, STRUCK, writeArmed } from "./points/fault-points.ts";

/** Some replicas on one database. Whichever ends is started again at once, as a supervisor would have it. */
export interface Replicas {
  readonly count: number;
  /** Ends one of them with SIGKILL, whatever it does just then, its own start included. */
  readonly kill: (index: number) => Promise<void>;
  /** Stops one of them in mid-air; the answer lets it go on. */
  readonly freeze: (index: number) => () => void;
  /** At these points whoever passes first is struck, but for the one that is spared; in place of what was armed before. */
  readonly arm: (points: readonly ArmedPoint[], spared?: number) => void;
  /** Runs a tick in one of them and waits for its end. */
  readonly tick: (name: string) => Promise<void>;
  /** Resolves when all of them answer. */
  readonly ready: () => Promise<void>;
  readonly pids: () => readonly number[];
  /** From now on each start is of the code as it is here, whatever was started before. */
  readonly startAsToday: () => void;
  /** Ends one in good order, as an update does; the next one starts then. */
  readonly replace: (index: number) => Promise<void>;
  readonly told: () => Told;
  readonly stop: () => Promise<void>;
}

/** What became known of replicas so far. */
export interface Told {
  readonly kills: readonly Date[];
  readonly struck: readonly Strike[];
  /** Names of all points that anybody passed. */
  readonly seen: ReadonlySet<string>;
  /** How many came up to the point of answering, of all that were started. */
  readonly cameUp: number;
  /** Ended by themselves while they started: the database was not there. */
  readonly endedAtStart: number;
  /** Ended by themselves at work: what must never be. Their last words. */
  readonly endedAtWork: readonly string[];
  /** Results of a job that had been taken over, refused when they came. */
  readonly refusedLate: number;
}

export interface Strike {
  readonly blow: Blow;
  readonly point: string;
  readonly index: number;
  readonly at: Date;
}

export interface ReplicasOptions {
  readonly count: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Besides, for the one of this index. */
  readonly environmentOf: (index: number) => Readonly<Record<string, string>>;
  readonly front: Front;
  readonly onKilled: (at: Date) => void;
  /** Where left out, the code as it is here. */
  readonly script?: string;
}

const SCRIPT = fileURLToPath(new URL("replica.ts", import.meta.url));
/** A supervisor's pause before it starts again what could not start. */
const RESTART_AFTER = 1_000;
const LAST_WORDS = 20;
const TICK_WITHIN = 30_000;
const readySchema = z.object({ url: z.string() });
const ranSchema = z.object({ ran: z.string() });

interface Replica {
  readonly child: ChildProcess;
  /** null: it ended before it had one. */
  url: string | null;
  readonly words: string[];
  /** By us, or at a point. */
  killed: boolean;
}

export function startReplicas(options: ReplicasOptions): Replicas {
  const { count, front } = options;
  const struck: Strike[] = [];
  const seen = new Set<string>();
  const endedAtWork: string[] = [];
  const kills: Date[] = [];
  let [cameUp, endedAtStart, refusedLate] = [0, 0, 0];
  let armed: readonly ArmedPoint[] = [];
  let spared: number | undefined;
  let script = options.script ?? SCRIPT;
  let stopping = false;
  const waiting = new Set<() => void>();
  const replicas: Replica[] = [];

  function start(index: number): void {
    const child = fork(script, {
      env: {
        PATH: process.env["PATH"],
        ...options.environment,
        ...options.environmentOf(index),
        CHAOS_POINT: index === spared ? "" : writeArmed(armed),
      },
      execArgv: [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const replica: Replica = { child, url: null, words: [], killed: false };
    replicas[index] = replica;
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on("line", (line) => hear(index, replica, line));
    }
    child.once("message", (message) => {
      const ready = readySchema.safeParse(message);
      if (!ready.success || child.exitCode !== null || child.signalCode !== null) return;
      replica.url = ready.data.url;
      cameUp += 1;
      front.add(ready.data.url);
      for (const look of waiting) look();
    });
    child.once("exit", () => ended(index, replica));
    child.on("error", () => undefined);
  }

  function hear(index: number, replica: Replica, line: string): void {
    if (line.startsWith(SEEN)) {
      seen.add(line.slice(SEEN.length));
      return;
    }
    if (line.startsWith(STRUCK)) {
      const [blow, ...words] = line.slice(STRUCK.length).split(" ");
      const strike = {
        blow: blow === "stop" ? "stop" : "kill",
        point: words.join(" "),
        index,
        at: new Date(),
      } as const;
      struck.push(strike);
      if (strike.blow === "kill") {
        replica.killed = true;
        noteKill(strike.at);
      }
      // Whoever was first took the blow; the others are spared.
      arm(
        armed.filter(({ name }) => name !== strike.point),
        spared,
      );
      return;
    }
    if (line.includes("was taken over, or settled already")) refusedLate += 1;
    replica.words.push(line);
    if (replica.words.length > LAST_WORDS) replica.words.shift();
  }

  function noteKill(at: Date): void {
    kills.push(at);
    options.onKilled(at);
  }

  function ended(index: number, replica: Replica): void {
    if (replica.url !== null) front.remove(replica.url);
    if (stopping) return;
    // The line about a blow may be read after the process has gone.
    const byBlow = replica.killed || replica.child.signalCode === "SIGKILL";
    if (!byBlow && replica.url !== null) endedAtWork.push(replica.words.slice(-3).join(" / "));
    if (!byBlow && replica.url === null) endedAtStart += 1;
    if (byBlow || replica.url !== null) start(index);
    else setTimeout(() => stopping || start(index), RESTART_AFTER);
  }

  function arm(points: readonly ArmedPoint[], spare?: number): void {
    armed = points;
    spared = spare;
    for (const [index, { child }] of replicas.entries()) {
      if (index !== spared && child.connected) child.send({ arm: writeArmed(armed) }, () => undefined);
    }
  }

  function at(index: number): Replica {
    const found = replicas[index];
    if (found === undefined) throw new Error(`there is no replica ${String(index)}`);
    return found;
  }

  for (let index = 0; index < count; index += 1) start(index);

  async function ready(): Promise<void> {
    while (!replicas.every(({ url, child }) => url !== null && child.exitCode === null)) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        setTimeout(look, RESTART_AFTER).unref();
      });
    }
  }

  return {
    count,
    async kill(index) {
      const victim = at(index);
      const gone = once(victim.child, "exit");
      victim.killed = true;
      noteKill(new Date());
      victim.child.kill("SIGKILL");
      await gone;
    },
    freeze(index) {
      const { child, url } = at(index);
      child.kill("SIGSTOP");
      // A load balancer asks whether somebody is there.
      if (url !== null) front.remove(url);
      return () => {
        child.kill("SIGCONT");
        if (url !== null && child.exitCode === null && child.signalCode === null) front.add(url);
      };
    },
    arm,
    async tick(name) {
      await ready();
      const { child } = at(0);
      const over = new AbortController();
      const timer = setTimeout(() => over.abort(), TICK_WITHIN);
      try {
        const ran = once(child, "message", { signal: over.signal });
        child.send({ tick: name });
        ranSchema.parse((await ran)[0]);
      } catch {
        // It ended over it, or was stopped; whoever asked asks again.
      } finally {
        clearTimeout(timer);
      }
    },
    ready,
    pids: () => replicas.map(({ child }) => child.pid ?? 0),
    startAsToday() {
      script = SCRIPT;
    },
    async replace(index) {
      const replica = at(index);
      const { child, url } = replica;
      const gone = once(child, "exit");
      replica.killed = true;
      if (url !== null) front.remove(url);
      child.kill("SIGTERM");
      await gone;
    },
    told: () => ({ kills, struck, seen, cameUp, endedAtStart, endedAtWork, refusedLate }),
    async stop() {
      stopping = true;
      await Promise.all(
        replicas.map(async ({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, "exit");
          child.kill("SIGKILL");
          await gone;
        }),
      );
    },
  };
}
