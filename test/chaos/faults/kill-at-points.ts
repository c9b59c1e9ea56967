import { setTimeout as pause } from "node:timers/promises";
import type { Stage } from "../stage.ts";
import { type ChaosFault, done } from "./fault.ts";
import { learnPoints } from "./learn-points.ts";

/** Between two kills, so that replicas come far enough to pass anything. */
const REST = 1_000;
/** When nobody has passed any of those that are left for so long, they are not on the way of what people do now. */
const GIVE_UP_AFTER = 90_000;
const SAID_EVERY = 25;
const REPOSITORY_EVERY = 5_000;

/** Kills a replica at named points, each once; 0 times: at every point that was ever passed. */
export const killAtPoints: ChaosFault = {
  name: "points",
  told: "SIGKILL of a replica by itself at a named point, before and after what it does there",
  async strike(stage, { random, times, points, say }) {
    if (points === undefined) await learnPoints(stage);
    const all = [...stage.replicas.told().seen].sort();
    const plan = points ?? (times === 0 ? all : pick(all, times, random));
    const missed = await strikeEach(stage, plan, say);
    return done(
      {
        points: all.length,
        "points struck": plan.length - missed.length,
        "points not passed again": missed.length,
      },
      [],
      missed.map((name) => `not passed again: ${name}`),
    );
  },
};

/** All are armed at once, so the common ones go first, and the rare ones have the whole time. Answers those that nobody passed. */
async function strikeEach(
  { replicas, life }: Stage,
  plan: readonly string[],
  say: (line: string) => void,
): Promise<readonly string[]> {
  const left = new Set(plan);
  const end = life.beginEvery(REPOSITORY_EVERY);
  try {
    for (let since = performance.now(); left.size > 0 && performance.now() - since < GIVE_UP_AFTER;) {
      const before = replicas.told().struck.length;
      replicas.arm([...left].map((name) => ({ name, nth: 1, blow: "kill" })));
      while (replicas.told().struck.length === before && performance.now() - since < GIVE_UP_AFTER) {
        await pause(50);
      }
      replicas.arm([]);
      const struck = replicas.told().struck.slice(before);
      for (const { point } of struck) left.delete(point);
      if (struck.length > 0) since = performance.now();
      if (Math.trunc((left.size + struck.length) / SAID_EVERY) > Math.trunc(left.size / SAID_EVERY)) {
        say(`${String(left.size)} of ${String(plan.length)} points are left`);
      }
      await pause(REST);
    }
  } finally {
    end();
    replicas.arm([]);
  }
  return [...left];
}

function pick(all: readonly string[], count: number, random: () => number): readonly string[] {
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
