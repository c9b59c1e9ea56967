import { setTimeout as pause } from "node:timers/promises";
import type { ChaosServer } from "./server.ts";

/** Jobs that were in hand when a replica was killed, and how long it took until somebody else had them, or they were done. */
export interface Takeovers {
  /** A replica is dead from this moment on. */
  readonly noteKill: (at: Date) => void;
  /** Seconds, for each such job, in which nobody else was killed: replicas that die all the time take over nothing. */
  readonly seconds: () => readonly number[];
  readonly stop: () => Promise<void>;
}

interface Watched {
  readonly killedAt: Date;
  takenUp: boolean;
}

const LOOK_EVERY = 500;

/**
 * Whose a job is, the queue does not keep; so all that were in hand are watched, and those of the living are done soon. A job
 * whose next worker is killed too is counted anew from that kill on.
 */
export function watchTakeovers(server: ChaosServer): Takeovers {
  const over = new AbortController();
  const watched = new Map<string, Watched>();
  const seconds: number[] = [];
  let active: readonly string[] = [];
  let lastKill = new Date(0);

  async function look(): Promise<void> {
    const rows = await server.ask<{
      readonly id: string;
      readonly started: Date | null;
      readonly active: boolean;
    }>("select id::text, started_on as started, state = 'active' as active from pgboss.job");
    const now = new Date();
    const there = new Map(rows.map((row) => [row.id, row]));
    active = rows.filter((row) => row.active).map(({ id }) => id);
    for (const [id, one] of watched) {
      const row = there.get(id);
      const takenAt = row === undefined ? now : row.active ? row.started : null;
      if (!one.takenUp && takenAt !== null && takenAt > one.killedAt) {
        one.takenUp = true;
        const from = lastKill < takenAt && lastKill > one.killedAt ? lastKill : one.killedAt;
        seconds.push((takenAt.getTime() - from.getTime()) / 1_000);
      }
      if (row === undefined) watched.delete(id);
    }
  }

  async function watch(): Promise<void> {
    while (!over.signal.aborted) {
      // Away while the database is: what is seen next tells the rest.
      await look().catch(() => undefined);
      await pause(LOOK_EVERY);
    }
  }

  const done = watch();
  return {
    noteKill(killedAt) {
      lastKill = killedAt;
      for (const id of active) {
        if (watched.get(id)?.takenUp !== false) watched.set(id, { killedAt, takenUp: false });
      }
    },
    seconds: () => seconds,
    async stop() {
      over.abort();
      await done;
    },
  };
}
