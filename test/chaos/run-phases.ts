import { ALL_FAULTS } from "./faults/all-faults.ts";
import type { ChaosFault } from "./faults/fault.ts";
import { judge } from "./judge.ts";
import { type Measures, measure, spread } from "./measures.ts";
import { createRandom } from "./random.ts";
import type { Phase } from "./plan.ts";
import { openStage, type Stage } from "./stage.ts";
import { untilSettled } from "./until-settled.ts";

/** Everything that a run came to. */
export interface RunRecord {
  readonly seed: number;
  readonly replicas: readonly number[];
  readonly postgres: string;
  readonly minutes: number;
  readonly faults: readonly string[];
  readonly skipped: readonly string[];
  /** By stage. */
  readonly measures: readonly Measures[];
  /** By the names that faults gave them. */
  readonly counts: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
}

/** One phase after the other, each judged when it has settled; phases that can go on with the stage of the one before do. */
export async function runPhases(
  plan: readonly Phase[],
  { seed, say }: { readonly seed: number; readonly say: (line: string) => void },
): Promise<RunRecord> {
  const random = createRandom(seed);
  const startedAt = performance.now();
  const measures = new Map<Stage, Measures>();
  const counts = new Map<string, number>();
  const skipped: string[] = [];
  const wrong: string[] = [];
  let postgres = "unknown";
  let on: { readonly stage: Stage; readonly key: string } | null = null;

  async function stageFor(phase: Phase): Promise<Stage> {
    const wishes = findFaults(phase).map((fault) => fault.stage ?? {});
    const options = {
      replicas: phase.replicas,
      fillable: wishes.some(({ fillable }) => fillable === true),
      before: wishes.some(({ before }) => before === true),
    };
    const key = JSON.stringify(options);
    if (on?.key === key) return on.stage;
    await leave();
    on = { stage: await openStage(options), key };
    return on.stage;
  }

  async function leave(): Promise<void> {
    const leaving = on;
    on = null;
    await leaving?.stage.close();
  }

  async function play(phase: Phase): Promise<void> {
    const began = performance.now();
    const stage = await stageFor(phase);
    postgres = stage.server.version;
    const said: string[] = [];
    for (const fault of findFaults(phase)) {
      const struck = await fault.strike(stage, { ...phase, random, say });
      if (struck.state === "skipped") {
        skipped.push(`${fault.name}: ${struck.because}`);
        said.push(`${fault.name} skipped: ${struck.because}`);
        continue;
      }
      wrong.push(...struck.wrong);
      for (const line of [...struck.notes, ...struck.wrong.map((text) => `wrong: ${text}`)]) say(line);
      said.push(
        [
          fault.name,
          ...Object.entries(struck.counts).map(([name, count]) => `${String(count)} ${name}`),
        ].join(", "),
      );
      for (const [name, count] of Object.entries(struck.counts)) {
        const most = name.includes(" ms");
        counts.set(name, most ? Math.max(counts.get(name) ?? 0, count) : (counts.get(name) ?? 0) + count);
      }
    }
    const hanging = await untilSettled(stage);
    const found = [...(hanging === "" ? [] : [hanging]), ...(await judge(stage))].filter(
      (line) => !wrong.includes(line),
    );
    for (const line of found) say(`wrong: ${line}`);
    wrong.push(...found);
    const measured = await measure(stage);
    say(
      `${said.join("; ")} (${String(phase.replicas)} replicas): ${String(measured.kills)} kills so far, ${String(found.length)} things wrong, takeover p99 / most ${spread(measured.takeovers)} s, late p99 / most ${spread(measured.lateness)} s, ${((performance.now() - began) / 1_000).toFixed(0)} s`,
    );
    measures.set(stage, measured);
  }

  try {
    for (const phase of plan) await play(phase);
  } finally {
    await leave();
  }
  return {
    seed,
    postgres,
    counts,
    skipped,
    wrong,
    measures: [...measures.values()],
    replicas: [...new Set(plan.map(({ replicas }) => replicas))],
    minutes: (performance.now() - startedAt) / 60_000,
    faults: [...new Set(plan.flatMap(({ faults }) => faults))],
  };
}

function findFaults({ faults }: Phase): readonly ChaosFault[] {
  return faults.map((wanted) => {
    const found = ALL_FAULTS.find(({ name }) => name === wanted);
    if (found === undefined)
      throw new Error(
        `there is no fault "${wanted}"; there are ${ALL_FAULTS.map(({ name }) => name).join(", ")}`,
      );
    return found;
  });
}
