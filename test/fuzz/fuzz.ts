import { askedFor, numberAboveZero, refuse, wholeNumber } from "../command-line/asked-for.ts";
import { type Run, addToReport } from "./report.ts";
import type { Finding, Target } from "./target.ts";
import { TARGETS } from "./targets.ts";

/**
 * Tries what comes from outside with inputs nobody thought of: no crash, no input of more than 50 ms, nothing changed that every
 * object has, and what each target says of itself. Prints its seed; exits 1 where something was found.
 */
const values = askedFor({
  target: { type: "string", multiple: true, default: [] },
  seconds: { type: "string", default: "300" },
  seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
  /** Of a finding: which of the inputs of that seed it is. */
  path: { type: "string" },
  /** Adds what was run to docs/proof/fuzz.md. */
  report: { type: "boolean", default: false },
});
const seconds = numberAboveZero("seconds", values.seconds);
const seed = wholeNumber("seed", values.seed);
/** Inputs of one seed; the next batch has the next seed. */
const BATCH = 200;

const names = TARGETS.map(({ name }) => name);
const unknown = values.target.find((name) => !names.includes(name));
if (unknown !== undefined) refuse(`There is no target "${unknown}"; there are ${names.join(", ")}.`);
const chosen =
  values.target.length === 0 ? TARGETS : TARGETS.filter(({ name }) => values.target.includes(name));
const runs: Run[] = [];
for (const target of chosen) runs.push(await playFor(target));
if (values.report) addToReport(runs, TARGETS);
process.exit(runs.some(({ findings }) => findings > 0) ? 1 : 0);

async function playFor(target: Target): Promise<Run> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let [inputs, slowest, batch] = [0, 0, 0];
  let finding: Finding | null = null;
  do {
    const played = await target.play({ seed: seed + batch, runs: target.batch ?? BATCH, path: values.path });
    inputs += played.inputs;
    slowest = Math.max(slowest, played.slowest);
    finding = played.finding;
    batch += 1;
  } while (finding === null && values.path === undefined && !target.once && passed(startedAt) < seconds);
  await target.stop?.();
  const took = passed(startedAt);
  const { user, system } = process.cpuUsage(before);
  const used = (user + system) / 1_000_000;
  say(
    `${target.name}: ${String(inputs)} inputs in ${took.toFixed(0)} s (${used.toFixed(0)} s of processor time), the slowest ${slowest.toFixed(1)} ms, seed ${String(seed)}${finding === null ? "" : ", 1 FINDING"}`,
  );
  if (finding !== null) tell(target.name, finding);
  const day = new Date().toISOString().slice(0, 10);
  const findings = finding === null ? 0 : 1;
  return {
    target: target.name,
    day,
    seed,
    seconds: Math.round(took),
    processor: Math.round(used),
    inputs,
    slowest,
    findings,
  };
}

function tell(name: string, { seed: found, path, input, wrong }: Finding): void {
  say(`  what is wrong: ${wrong}`);
  say(
    `  input: ${input.length > 4_000 ? `${input.slice(0, 4_000)} (and ${String(input.length - 4_000)} characters more)` : input}`,
  );
  say(`  again: npm run fuzz -- --target ${name} --seed ${String(found)} --path ${path}`);
}

function passed(since: number): number {
  return (performance.now() - since) / 1_000;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
