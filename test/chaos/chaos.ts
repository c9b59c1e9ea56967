import { parseArgs } from "node:util";
import { ALL_FAULTS } from "./faults/all-faults.ts";
import { learnPoints } from "./faults/learn-points.ts";
import { DEFAULT_PLAN, type Phase, runPhases } from "./run-phases.ts";
import { openStage } from "./stage.ts";

/**
 * Hurts a working Holdpoint in every way that is known here, and then counts: nothing acknowledged is lost, nothing is done twice,
 * every gate is right, nobody had to help. Prints its seed; exits 1 where something is wrong.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    replicas: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    faults: { type: "string" },
    times: { type: "string", default: "1" },
    points: { type: "boolean", default: false },
    "list-points": { type: "boolean", default: false },
    report: { type: "boolean", default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function plan(): readonly Phase[] {
  const replicas = Number(values.replicas ?? "2");
  if (values.kills !== undefined) return [{ fault: "kill", times: Number(values.kills), replicas }];
  if (values.points) return [{ fault: "points", times: 0, replicas }];
  if (values.faults === undefined) return DEFAULT_PLAN;
  return values.faults.split(",").map((fault) => ({ fault, times: Number(values.times), replicas }));
}

async function listPoints(): Promise<void> {
  const stage = await openStage({ replicas: 2, fillable: false });
  try {
    await learnPoints(stage);
    for (const name of [...stage.replicas.told().seen].sort()) say(name);
  } finally {
    await stage.close();
  }
}

if (values["list-points"]) await listPoints();
else {
  const unknown = plan().find(({ fault }) => !ALL_FAULTS.some(({ name }) => name === fault));
  if (unknown !== undefined) throw new Error(`there is no fault ${unknown.fault}`);
  const wrong = await runPhases(plan(), { seed: Number(values.seed), say, report: values.report });
  process.exitCode = wrong === 0 ? 0 : 1;
}
