import type { Dice } from "./dice.ts";
import type { Letter } from "./mailbox.ts";
import { startReplica, type Replica, type ReplicaOptions } from "./replica.ts";
import type { QueueName } from "./stepped-queue.ts";
import type { StatementRunner } from "../../src/database/statement-runner.ts";

/** Two of them on one database, until one dies; another is started in its place some minutes later. */
export interface Replicas {
  readonly step: (name: QueueName) => Promise<"ran" | "none" | "died">;
  readonly tick: (name: string) => Promise<void>;
  readonly receive: (letter: Letter) => Promise<number | "died">;
  /** One that lives. */
  readonly any: () => Replica;
  /** One of them is abandoned at the crossing after so many more; nothing where only one lives. */
  readonly doom: (crossings: number) => void;
  /** Nobody dies of what was to befall them until then: whoever only looks must get an answer. */
  readonly spare: () => void;
  /** Whoever is missing is started. */
  readonly revive: () => Promise<void>;
  /** When the dead one's jobs may be given away, or its successor started; null: nobody is dead. */
  readonly deaths: () => readonly string[];
  readonly missing: () => number;
  readonly stop: () => Promise<void>;
}

const COUNT = 2;

export async function startReplicas(
  options: Omit<ReplicaOptions, "name" | "databaseUrl"> & {
    readonly urlFor: (name: string) => string;
    readonly runner: StatementRunner;
    readonly dice: Dice;
  },
): Promise<Replicas> {
  const { dice, runner } = options;
  const living: { readonly name: string; readonly replica: Replica }[] = [];
  const deaths: string[] = [];
  let started = 0;

  async function start(): Promise<void> {
    started += 1;
    const name = `replica-${String(started)}`;
    living.push({
      name,
      replica: await startReplica({ ...options, name, databaseUrl: options.urlFor(name) }),
    });
  }

  function pick() {
    return dice.pick(living);
  }

  function spare(): void {
    for (const { replica } of living) replica.life.dieAfter(Infinity);
  }

  /** What the machine does when a process is gone. */
  async function bury(one: (typeof living)[number]): Promise<void> {
    living.splice(living.indexOf(one), 1);
    // Who is left lives on, even where something was to befall him, too.
    spare();
    deaths.push(await one.replica.life.death);
    await runner.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()",
      [one.name],
    );
    // Its server and its pools stand in this process: they are closed as far as they can be, and the rest of it waits for ever.
    one.replica.stop().catch(() => undefined);
  }

  for (let count = 0; count < COUNT; count += 1) await start();
  return {
    async step(name) {
      const one = pick();
      const result = await one.replica.step(name);
      if (result === "died") await bury(one);
      return result;
    },
    async tick(name) {
      const one = pick();
      // Whoever dies in a tick has asked for nothing; another one's tick comes seconds later.
      if ((await one.replica.tick(name)) === "died") {
        await bury(one);
        await pick().replica.tick(name);
      }
    },
    async receive(letter) {
      const one = pick();
      const status = await one.replica.receive(letter);
      if (status === "died") await bury(one);
      return status;
    },
    any: () => pick().replica,
    doom(crossings) {
      if (living.length < COUNT) return;
      pick().replica.life.dieAfter(crossings);
    },
    spare,
    async revive() {
      while (living.length < COUNT) await start();
    },
    deaths: () => deaths,
    missing: () => COUNT - living.length,
    async stop() {
      await Promise.all(living.map(({ replica }) => replica.stop()));
    },
  };
}
