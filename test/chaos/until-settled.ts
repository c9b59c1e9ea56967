import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../src/database/database.ts";
import type { Stage } from "./stage.ts";

/** Without any progress for so long, something hangs; how long it takes in all depends on how busy the machine is. */
const WITHOUT_PROGRESS = 150_000;
const LOOK_EVERY = 500;
const ROUNDS_A_TICK = 20;
/** What a person would wait for at most five minutes: deliveries that found nobody, and everything compared once. */
const TICKS = ["failed deliveries", "installations", "reconciliation"];

/** No more faults: every repository comes to its last chapter, and nothing is left to do. The answer says what hangs; "" for nothing. */
export async function untilSettled(stage: Stage): Promise<string> {
  const { box, database, life, replicas } = stage;
  await replicas.ready();
  let [sign, since] = ["", performance.now()];
  for (let round = 0; performance.now() - since < WITHOUT_PROGRESS; round += 1) {
    if (round % ROUNDS_A_TICK === 0) for (const name of TICKS) await replicas.tick(name);
    await box.settled();
    const waiting = life.waiting().map((story) => `${story.repository} at "${story.chapter()}"`);
    const undone = await countUndone(database);
    if (waiting.length === 0 && undone === 0) return "";
    const now = [...waiting, `${String(undone)} things left to do`].join(", ");
    if (now !== sign) [sign, since] = [now, performance.now()];
    await pause(LOOK_EVERY);
  }
  return `not settled: ${sign}`;
}

/** Jobs that may run now or soon, deliveries not translated, effects not true. */
async function countUndone(database: Database): Promise<number> {
  const rows = await database.query<{ readonly undone: number }>(
    `select ((select count(*) from holdpoint.turn)
          + (select count(*) from holdpoint.delivery where state = 'received')
          + (select count(*) from holdpoint.effect where done_revision < revision))::int as undone`,
  );
  return rows[0]?.undone ?? 0;
}
