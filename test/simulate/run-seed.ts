import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPlan, type Move } from "./plan.ts";
import { repeatIds } from "./repeatable-ids.ts";
import type { SimulationServer } from "./simulation-database.ts";
import { liveThrough, type Outcome } from "./world.ts";

/** Any will do for the App, and making one takes a second. */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}

/** One world, by the numbers that make it. */
export interface Seed {
  readonly seed: number;
  readonly days: number;
  readonly repositories: number;
}

export interface RunOptions extends Seed {
  readonly server: Pick<SimulationServer, "createDatabase">;
  /** PEM. */
  readonly privateKey: string;
  /** Another plan than the seed's: some of its moves. */
  readonly plan?: readonly Move[];
  readonly write?: (line: string) => void;
  readonly onDay?: (day: number) => void;
  readonly sabotage?: (request: Request) => Response | null;
}

/** A year with all that calendars can do: it begins before a leap day, and clocks are changed in it twice. */
export const START = new Date("2028-01-01T00:00:00Z");

export function planOf({ seed, days, repositories }: Seed): readonly Move[] {
  return createPlan({ seed, start: START, days, repositories });
}

export async function runSeed(options: RunOptions): Promise<Outcome> {
  const { seed, days, server } = options;
  const directory = await mkdtemp(join(tmpdir(), "holdpoint-world-"));
  const database = await server.createDatabase(`world_${String(seed)}_${String(process.pid)}`);
  const restore = repeatIds(seed);
  try {
    return await liveThrough({
      seed,
      start: START,
      days,
      repositories: Array.from({ length: options.repositories }, (_, at) => `acme/shop-${String(at + 1)}`),
      plan: options.plan ?? planOf(options),
      database,
      directory,
      privateKey: options.privateKey,
      write: options.write ?? (() => undefined),
      ...(options.onDay === undefined ? {} : { onDay: options.onDay }),
      ...(options.sabotage === undefined ? {} : { sabotage: options.sabotage }),
    });
  } finally {
    restore();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  }
}
