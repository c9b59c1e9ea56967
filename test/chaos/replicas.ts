import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Front } from "./front.ts";

/** Some replicas on one database. Whichever is killed is started again at once. */
export interface Replicas {
  /** Ends one of them with SIGKILL, whatever it does just then, its own start included. */
  readonly kill: (index: number) => Promise<void>;
  readonly count: number;
  /** How many came up to the point of answering, of all that were started. */
  readonly cameUp: () => number;
  /** Runs a tick in one of them and waits for its end. */
  readonly tick: (name: string) => Promise<void>;
  /** Resolves when all of them answer. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const readySchema = z.object({ url: z.string() });
const ranSchema = z.object({ ran: z.string() });

interface Replica {
  readonly child: ChildProcess;
  /** Its address; null: it was killed before it had one. */
  readonly url: Promise<string | null>;
}

export function startReplicas(
  count: number,
  environment: Readonly<Record<string, string>>,
  front: Front,
): Replicas {
  let cameUp = 0;
  let stopping = false;

  function start(): Replica {
    const child = fork(fileURLToPath(new URL("replica.ts", import.meta.url)), {
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return { child, url: announced(child) };
  }

  async function announced(child: ChildProcess): Promise<string | null> {
    const said = new Promise<unknown>((resolve) => child.once("message", resolve));
    const first = await Promise.race([said, once(child, "exit").then(() => null)]);
    const ready = readySchema.safeParse(first);
    if (!ready.success) {
      if (!stopping && child.signalCode !== "SIGKILL") throw new Error("a replica ended by itself");
      return null;
    }
    cameUp += 1;
    front.add(ready.data.url);
    return ready.data.url;
  }

  const replicas = Array.from({ length: count }, start);

  async function end(replica: Replica): Promise<void> {
    const gone = once(replica.child, "exit");
    replica.child.kill("SIGKILL");
    await gone;
    const url = await replica.url;
    if (url !== null) front.remove(url);
  }

  return {
    count,
    cameUp: () => cameUp,
    async kill(index) {
      const victim = replicas[index];
      if (victim === undefined) throw new Error(`there is no replica ${String(index)}`);
      const ended = end(victim);
      // The next one starts while the last one dies, as a supervisor would have it.
      replicas[index] = start();
      await ended;
    },
    async tick(name) {
      const child = replicas[0]?.child;
      if (child === undefined) throw new Error("there is no replica");
      const ran = once(child, "message");
      child.send(name);
      ranSchema.parse((await ran)[0]);
    },
    async ready() {
      await Promise.all(replicas.map(({ url }) => url));
    },
    async stop() {
      stopping = true;
      await Promise.all(replicas.map(end));
    },
  };
}
