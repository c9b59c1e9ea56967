import { setTimeout as pause } from "node:timers/promises";
import type { Stage } from "../stage.ts";
import { type ChaosFault, done } from "./fault.ts";
import { learnPoints } from "./learn-points.ts";

/** At once armed: whichever is passed first strikes first. */
const AT_ONCE = 12;
/** Between two kills, so that replicas come far enough to pass anything. */
const REST = 900;
/** A point that nobody passes in this time is not on the way of what people do now. */
const WITHIN = 45_000;
const REPOSITORY_EVERY = 5_000;

/** Kills a replica at named points, each once; 0 times: at every point that was ever passed. */
export const killAtPoints: ChaosFault = {
  name: "points",
  told: "SIGKILL of a replica by itself at a named point, before and after what it does there",
  async strike(stage, { random, times }) {
    await learnPoints(stage);
    const all = [...stage.replicas.told().seen].sort();
    const plan = times === 0 ? all : pick(all, times, random);
    const missed = await strikeEach(stage, plan);
    return done({
      points: all.length,
      "points struck": plan.length - missed.length,
      "points not passed again": missed.length,
    });
  },
};

/** Answers those that nobody passed. */
async function strikeEach(stage: Stage, plan: readonly string[]): Promise<readonly string[]> {
  const { replicas, life } = stage;
  const left = new Set(plan);
  const since = new Map<string, number>();
  const missed: string[] = [];
  const end = life.beginEvery(REPOSITORY_EVERY);
  try {
    while (left.size > 0) {
      const chosen = [...left].slice(0, AT_ONCE);
      const now = performance.now();
      for (const name of chosen) if (!since.has(name)) since.set(name, now);
      const before = replicas.told().struck.length;
      replicas.arm(chosen.map((name) => ({ name, nth: 1, blow: "kill" })));
      while (replicas.told().struck.length === before && performance.now() - now < WITHIN / 3)
        await pause(50);
      replicas.arm([]);
      for (const { point } of replicas.told().struck.slice(before)) left.delete(point);
      for (const name of chosen) {
        if (!left.has(name) || performance.now() - (since.get(name) ?? now) < WITHIN) continue;
        left.delete(name);
        missed.push(name);
      }
      await pause(REST);
    }
  } finally {
    end();
    replicas.arm([]);
  }
  return missed;
}

function pick(all: readonly string[], count: number, random: () => number): readonly string[] {
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
