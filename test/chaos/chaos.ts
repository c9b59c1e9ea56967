import { parseArgs } from "node:util";
import { learnPoints } from "./faults/learn-points.ts";
import { DEFAULT_PLAN, type Phase } from "./plan.ts";
import { appendRun } from "./report/append-run.ts";
import { findFaults, runPhases } from "./run-phases.ts";
import { appendSoak } from "./report/append-soak.ts";
import { slopes } from "./soak/memory.ts";
import { runSoak } from "./soak/run-soak.ts";
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
    point: { type: "string", multiple: true },
    "list-points": { type: "boolean", default: false },
    soak: { type: "string" },
    report: { type: "boolean", default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function choosePlan(): readonly Phase[] {
  const replicas = Number(values.replicas ?? (values.points ? "4" : "2"));
  if (values.kills !== undefined) return [{ faults: ["kill"], times: Number(values.kills), replicas }];
  if (values.point !== undefined) {
    return [{ faults: ["points"], times: 0, replicas: Number(values.replicas ?? "4"), points: values.point }];
  }
  if (values.points) return [{ faults: ["points"], times: 0, replicas }];
  if (values.faults === undefined) return DEFAULT_PLAN;
  return values.faults
    .split(",")
    .map((fault) => ({ faults: [fault], times: Number(values.times), replicas }));
}

async function listPoints(): Promise<void> {
  const stage = await openStage({ replicas: 2 });
  try {
    await learnPoints(stage);
    for (const name of [...stage.replicas.told().seen].sort()) say(name);
  } finally {
    await stage.close();
  }
}

async function run(): Promise<void> {
  const plan = choosePlan();
  plan.forEach(findFaults);
  const record = await runPhases(plan, { seed: Number(values.seed), say });
  say(
    `seed ${String(record.seed)}: ${String(record.wrong.length)} things wrong, ${record.minutes.toFixed(1)} minutes`,
  );
  if (values.report) await appendRun(record, new Date());
  process.exitCode = record.wrong.length === 0 ? 0 : 1;
}

async function soak(minutes: number): Promise<void> {
  const replicas = Number(values.replicas ?? "4");
  const record = await runSoak({ minutes, replicas, seed: Number(values.seed), say });
  say(
    `seed ${values.seed}: ${record.injectedHours.toFixed(1)} h in ${record.minutes.toFixed(0)} minutes, ${String(record.measures.kills)} kills, ${String(record.wrong.length)} things wrong`,
  );
  for (const one of slopes(record.samples)) {
    say(
      `replica ${String(one.index + 1)}: ${one.first.toFixed(0)} to ${one.last.toFixed(0)} MB, ${one.perHour.toFixed(1)} MB an hour`,
    );
  }
  if (values.report) await appendSoak(record, new Date());
  process.exitCode = record.wrong.length === 0 ? 0 : 1;
}

// What was started goes with this process, however that ends.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
if (values.soak !== undefined) await soak(Number(values.soak));
else await (values["list-points"] ? listPoints() : run());
