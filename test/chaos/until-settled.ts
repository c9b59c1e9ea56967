import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../src/database/database.ts";
import type { Box } from "../../src/sandbox/start-box.ts";
import type { HaltedRepository } from "./halted-repository.ts";
import type { Replicas } from "./replicas.ts";

export interface Settling {
  readonly box: Box;
  readonly database: Database;
  readonly replicas: Replicas;
  readonly repositories: readonly HaltedRepository[];
}

const WITHIN = 180_000;
const LOOK_EVERY = 500;
/** What a person would wait for at most five minutes: deliveries that found nobody, and everything compared once. */
const TICKS = ["failed deliveries", "installations", "reconciliation"];

/** No more kills: every repository comes to its last chapter, and nothing is left to do. Throws where that takes too long. */
export async function untilSettled({ box, database, replicas, repositories }: Settling): Promise<void> {
  const over = performance.now() + WITHIN;
  for (let round = 0; performance.now() < over; round += 1) {
    if (round % 20 === 0) for (const name of TICKS) await replicas.tick(name);
    await box.settled();
    for (const repository of repositories) await repository.goOn();
    const waiting = repositories.filter((repository) => repository.chapter() !== "overridden");
    if (waiting.length === 0 && (await countOfUndone(database)) === 0) return;
    await pause(LOOK_EVERY);
  }
  const chapters = repositories.map((repository) => `${repository.name} ${repository.chapter()}`);
  throw new Error(
    `not settled: ${chapters.join(", ")}; ${String(await countOfUndone(database))} things left to do`,
  );
}

/** Jobs that may run now or soon, deliveries not translated, effects not true. */
async function countOfUndone(database: Database): Promise<number> {
  const rows = await database.query<{ readonly undone: string }>(
    `select (select count(*) from holdpoint.turn)
          + (select count(*) from holdpoint.delivery where state = 'received')
          + (select count(*) from holdpoint.effect where done_revision < revision) as undone`,
  );
  return Number(rows[0]?.undone ?? 0);
}
