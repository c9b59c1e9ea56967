import { ALL_FAULTS } from "./faults/all-faults.ts";
import { judge } from "./judge.ts";
import { createRandom } from "./random.ts";
import { openStage, type Stage } from "./stage.ts";
import { untilSettled } from "./until-settled.ts";

export interface Phase {
  /** Its name. */
  readonly fault: string;
  readonly times: number;
  readonly replicas: number;
}

export interface RunOptions {
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly report: boolean;
}

/** Every fault once, with two replicas and with four; twelve minutes at most. */
export const DEFAULT_PLAN: readonly Phase[] = [
  { fault: "kill", times: 20, replicas: 2 },
  { fault: "points", times: 15, replicas: 4 },
  { fault: "stop", times: 1, replicas: 4 },
];

/** One phase after the other, each judged when it has settled; phases with as many replicas as the one before go on with these. */
export async function runPhases(plan: readonly Phase[], { seed, say }: RunOptions): Promise<number> {
  const random = createRandom(seed);
  let wrong = 0;
  let stage: Stage | null = null;
  try {
    for (const phase of plan) {
      const fault = ALL_FAULTS.find(({ name }) => name === phase.fault);
      if (fault === undefined) continue;
      if (stage !== null && stage.replicas.count !== phase.replicas) {
        await stage.close();
        stage = null;
      }
      stage ??= await openStage({ replicas: phase.replicas, fillable: true });
      const startedAt = performance.now();
      const before = stage.replicas.told().kills;
      const struck = await fault.strike(stage, { random, times: phase.times });
      const hanging = await untilSettled(stage);
      const found = [...(hanging === "" ? [] : [hanging]), ...(await judge(stage))];
      if (struck.state === "done") found.push(...struck.wrong);
      wrong += found.length;
      for (const line of found) say(`wrong: ${line}`);
      const kills = stage.replicas.told().kills - before;
      const counts = struck.state === "done" ? JSON.stringify(struck.counts) : `skipped: ${struck.because}`;
      say(
        `${fault.name}, ${String(phase.replicas)} replicas: ${String(kills)} kills, ${counts}, ${String(found.length)} things wrong, takeover at most ${Math.max(0, ...stage.takeovers.seconds()).toFixed(1)} s, ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`,
      );
    }
  } finally {
    await stage?.close();
  }
  say(`seed ${String(seed)}: ${String(wrong)} things wrong`);
  return wrong;
}
