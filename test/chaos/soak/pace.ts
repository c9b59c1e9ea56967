import { type Clock, startClock } from "../../../src/clock.ts";
import { openDatabase } from "../../../src/database/open-database.ts";
import { readDatabaseTime } from "../../../src/database/read-database-time.ts";
import { benchLog } from "../../bench/database.ts";

/** A clock that goes faster than the world: so many times, from a moment on at which both show the same. */
export interface Pace {
  readonly since: number;
  readonly speed: number;
}

export function pacedClock({ since, speed }: Pace, wall: Clock): Clock {
  return { now: () => new Date(since + (wall.now().getTime() - since) * speed) };
}

/** When, by the world's clock, it will be so late by the faster one. */
export function toWall({ since, speed }: Pace, at: Date): Date {
  return new Date(since + (at.getTime() - since) / speed);
}

/** The database's time, as replicas take it in earnest, and carried on by monotonic time. */
export async function readWall(url: string): Promise<Clock> {
  const database = await openDatabase({ url, purpose: "work", log: benchLog });
  try {
    return startClock(await readDatabaseTime(database), () => performance.now());
  } finally {
    await database.close();
  }
}

/** From `CHAOS_PACE=since:speed`; null: the clock is the world's. */
export function readPace(text: string | undefined): Pace | null {
  const [since, speed] = (text ?? "").split(":").map(Number);
  return since === undefined || speed === undefined ? null : { since, speed };
}
