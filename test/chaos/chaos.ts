import { askedFor, numberAboveZero, refuse, wholeNumber } from "../command-line/asked-for.ts";
import { ALL_FAULTS } from "./faults/all-faults.ts";
import { learnPoints } from "./faults/learn-points.ts";
import { DEFAULT_PLAN, type Phase } from "./plan.ts";
import { appendRun } from "./report/append-run.ts";
import { runPhases } from "./run-phases.ts";
import { appendSoak } from "./report/append-soak.ts";
import { slopes } from "./soak/memory.ts";
import { runSoak } from "./soak/run-soak.ts";
import { openStage } from "./stage.ts";

/**
 * Hurts a working Holdpoint in every way that is known here, and then counts: nothing acknowledged is lost, nothing is done twice,
 * every gate is right, nobody had to help. Prints its seed; exits 1 where something is wrong.
 */
const values = askedFor({
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
});
const seed = wholeNumber("seed", values.seed);
const minutes = values.soak === undefined ? null : numberAboveZero("soak", values.soak);
const plan = choosePlan();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function choosePlan(): readonly Phase[] {
  const replicas = replicasOr(values.points ? "4" : "2");
  if (values.kills !== undefined)
    return [{ faults: ["kill"], times: wholeNumber("kills", values.kills, 1), replicas }];
  if (values.point !== undefined) {
    return [{ faults: ["points"], times: 0, replicas: replicasOr("4"), points: values.point }];
  }
  if (values.points) return [{ faults: ["points"], times: 0, replicas }];
  if (values.faults === undefined) return DEFAULT_PLAN;
  const names = ALL_FAULTS.map(({ name }) => name);
  const unknown = values.faults.split(",").find((fault) => !names.includes(fault));
  if (unknown !== undefined) refuse(`There is no fault "${unknown}"; there are ${names.join(", ")}.`);
  const times = wholeNumber("times", values.times, 1);
  return values.faults.split(",").map((fault) => ({ faults: [fault], times, replicas }));
}

function replicasOr(usual: string): number {
  return wholeNumber("replicas", values.replicas ?? usual, 1);
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
  const record = await runPhases(plan, { seed, say });
  say(
    `seed ${String(record.seed)}: ${String(record.wrong.length)} things wrong, ${record.minutes.toFixed(1)} minutes`,
  );
  if (values.report) await appendRun(record, new Date());
  process.exitCode = record.wrong.length === 0 ? 0 : 1;
}

async function soak(length: number): Promise<void> {
  const record = await runSoak({ minutes: length, replicas: replicasOr("4"), seed, say });
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
if (minutes !== null) await soak(minutes);
else await (values["list-points"] ? listPoints() : run());
