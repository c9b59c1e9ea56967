import { setTimeout as pause } from "node:timers/promises";
import { ALL_FAULTS } from "../faults/all-faults.ts";
import { type ChaosFault, done } from "../faults/fault.ts";
import type { Stage } from "../stage.ts";

/** One replica is never killed or stopped, so that its memory can be watched all along; all else befalls it, too. */
export const SPARED = 3;
const STOPPED_FOR = 32_000;
const POINT_WITHIN = 25_000;
/** Too long for a minute, or with a stage of their own. */
const OTHERS = new Set(["kill", "points", "stop", "full-disk", "rolling-update"]);

function victim({ replicas }: Stage, random: () => number): number {
  return Math.floor(random() * Math.min(SPARED, replicas.count));
}

const killOne: ChaosFault = {
  name: "kill",
  told: "a replica is killed",
  async strike(stage, { random }) {
    await stage.replicas.kill(victim(stage, random));
    return done();
  },
};

const killThree: ChaosFault = {
  name: "kill-three",
  told: "all replicas but one are killed at once",
  async strike({ replicas }) {
    await Promise.all([0, 1, 2].map((index) => replicas.kill(index)));
    return done();
  },
};

const killAtPoint: ChaosFault = {
  name: "point",
  told: "whoever passes a named point next is killed there",
  async strike({ replicas }, { random }) {
    const points = [...replicas.told().seen].sort();
    const name = points[Math.floor(random() * points.length)] ?? "";
    const [before, since] = [replicas.told().struck.length, performance.now()];
    replicas.arm([{ name, nth: 1, blow: "kill" }], SPARED);
    while (replicas.told().struck.length === before && performance.now() - since < POINT_WITHIN)
      await pause(100);
    replicas.arm([]);
    return done();
  },
};

const stopOne: ChaosFault = {
  name: "stop",
  told: "a replica is stopped past its lease",
  async strike(stage, { random }) {
    const goOn = stage.replicas.freeze(victim(stage, random));
    await pause(STOPPED_FOR);
    goOn();
    return done();
  },
};

/** What may befall it within a minute; kills are the most frequent. */
export const MINUTE_FAULTS: readonly ChaosFault[] = [
  killOne,
  killOne,
  killThree,
  killAtPoint,
  killAtPoint,
  killAtPoint,
  stopOne,
  stopOne,
  ...ALL_FAULTS.filter(({ name }) => !OTHERS.has(name)),
];
