import { setTimeout as pause } from "node:timers/promises";
import type { Stage } from "../stage.ts";
import { type ChaosFault, done } from "./fault.ts";

/** Past the lease, and past the moment at which somebody else has the job: 20 s, and what passes between two looks. */
const PAST_THE_LEASE = 38_000;
const PASSED_WITHIN = 60_000;
const REPOSITORY_EVERY = 6_000;
/** Where a paused replica has most to lose: its look is done and not saved, its post is made and not noted. */
const POINTS = [
  "before commit of insert into holdpoint.effect",
  "after POST /repos/{}/{}/issues",
  "before commit of update holdpoint.subject",
  "after POST /repos/{}/{}/statuses/{}",
  "before commit of insert into holdpoint.compliance_case",
];

export const stopAndGoOn: ChaosFault = {
  name: "stop",
  told: "SIGSTOP of a replica in the middle of a job, past its lease, and SIGCONT: what it writes then is refused",
  async strike(stage, { random, times }) {
    const { replicas } = stage;
    const { refusedLate } = replicas.told();
    const first = Math.floor(random() * POINTS.length);
    let stops = 0;
    for (let nth = 0; nth < times; nth += 1) {
      if (await stopAt(stage, POINTS[(first + nth) % POINTS.length] ?? "")) stops += 1;
    }
    return done({ stops, "late results refused": replicas.told().refusedLate - refusedLate });
  },
};

/** false: nobody came by. */
async function stopAt({ replicas, life }: Stage, point: string): Promise<boolean> {
  const before = replicas.told().struck.length;
  const since = performance.now();
  await life.begin();
  const end = life.beginEvery(REPOSITORY_EVERY);
  replicas.arm([{ name: point, nth: 1, blow: "stop" }]);
  while (replicas.told().struck.length === before && performance.now() - since < PASSED_WITHIN)
    await pause(50);
  replicas.arm([]);
  end();
  const strike = replicas.told().struck[before];
  if (strike === undefined) return false;
  const goOn = replicas.freeze(strike.index);
  await pause(PAST_THE_LEASE);
  goOn();
  // By its next heartbeat it knows.
  await pause(2_000);
  return true;
}
