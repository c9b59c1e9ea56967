import { setTimeout as pause } from "node:timers/promises";
import { type ChaosFault, done } from "./fault.ts";

const SAID_EVERY = 50;
const LEAST = 150;
const MOST = 2_200;
/** A new repository about every so many kills; the last ones have time left to be halted. */
const KILLS_A_REPOSITORY = 16;

export const killAtRandom: ChaosFault = {
  name: "kill",
  told: "SIGKILL of a replica at a random moment, its start included, without waiting for anything in between",
  async strike({ replicas, life }, { random, times, say }) {
    for (let killed = 0; killed < times; killed += 1) {
      if (killed > 0 && killed % SAID_EVERY === 0) say(`${String(killed)} of ${String(times)} kills`);
      if (killed % KILLS_A_REPOSITORY === 0) await life.begin();
      await pause(LEAST + random() * (MOST - LEAST) * (2 / replicas.count));
      await replicas.kill(Math.floor(random() * replicas.count));
    }
    return done();
  },
};
