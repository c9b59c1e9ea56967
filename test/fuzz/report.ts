import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { describeMachine } from "../bench/machine.ts";
import { MENDED } from "./mended.ts";
import { LONGEST_BLOCK } from "./target.ts";

/** One target, fuzzed for a while. */
export interface Run {
  readonly target: string;
  readonly day: string;
  readonly seed: number;
  readonly seconds: number;
  /** Of them computing; null: it was not measured. */
  readonly processor: number | null;
  readonly inputs: number;
  /** Milliseconds of processor time of the slowest input. */
  readonly slowest: number;
  readonly findings: number;
}

/** What one target is, for the report. */
export interface Claim {
  readonly name: string;
  readonly claim: string;
  readonly once?: boolean | undefined;
}

const FILE = new URL("../../docs/proof/fuzz.md", import.meta.url);
/** Seconds a target, in all. */
const TO_REACH = 300;
const RUN =
  /^\| ([a-z-]+) \| (\d{4}-\d\d-\d\d) \| (\d+) \| (\d+) \| (\d*) ?\| (\d+) \| ([\d.]+) \| (\d+) \|$/gm;

/** Adds runs to the committed report; those of before are read from its own table, so that they add up. */
export function addToReport(runs: readonly Run[], claims: readonly Claim[]): void {
  const before = existsSync(FILE) ? readRuns(readFileSync(FILE, "utf8")) : [];
  writeFileSync(FILE, writeReport([...before, ...runs], claims));
}

export function readRuns(report: string): readonly Run[] {
  return Array.from(report.matchAll(RUN), ([, target = "", day = "", ...numbers]) => {
    const [seed = 0, seconds = 0, measured = 0, inputs = 0, slowest = 0, findings = 0] = numbers.map(Number);
    const processor = numbers[2] === "" ? null : measured;
    return { target, day, seed, seconds, processor, inputs, slowest, findings };
  });
}

export function writeReport(runs: readonly Run[], claims: readonly Claim[]): string {
  const { cores, processor, memory } = describeMachine("not used");
  return `${[
    "# Fuzzing",
    "Written by `npm run fuzz -- --report`, which adds its runs to those below. Every input is made from its run's seed by fast-check:",
    `texts of a corpus (GitHub's own example payloads, our examples) with some changes, pieces put together, now and then blown up to the limit. A finding is an exception where a refusal was due, more than ${String(LONGEST_BLOCK)} ms of processor time for one input (the least of five tries), a changed prototype, or what a target says of itself being false. It prints its seed, the shortest input found, and the command that replays it.`,
    `Machine: ${String(cores)} cores (${processor}), ${memory}, Node ${process.version}; one process, niced, beside other work (load ${(loadavg()[0] ?? 0).toFixed(1)} when this was written).`,
    "",
    "## In all",
    "",
    "| target | inputs | minutes | computing, minutes | slowest input, ms | findings not mended | 5 minutes |",
    "| ------ | -----: | ------: | -----------------: | ----------------: | ------------------: | --------- |",

    ...claims.map((claim) => totalOf(claim, runs)),
    "",
    "What each tries, and holds against what came of it:",
    "",
    ...claims.map(({ name, claim }) => `- **${name}**: ${claim}.`),
    "",
    "## Found and mended",
    "",
    "Each is a named test since.",
    "",
    ...MENDED.map(({ target, found, test }) => `- ${target}: ${found} Test: “${test}”.`),
    "",
    "## Runs",
    "",
    "A finding ends its run. Runs with findings that were mended stay in the list.",
    "",
    "| target | day | seed | seconds | computing, s | inputs | slowest, ms | findings |",
    "| ------ | --- | ---: | ------: | -----------: | -----: | ----------: | -------: |",
    ...runs.map(
      ({ target, day, seed, seconds, processor, inputs, slowest, findings }) =>
        `| ${[target, day, seed, seconds, processor ?? "", inputs, slowest.toFixed(1), findings].join(" | ")} |`,
    ),
  ].join("\n")}\n`;
}

/** What was found counts until a later run of the same target found nothing. */
function totalOf({ name, once }: Claim, runs: readonly Run[]): string {
  const mine = runs.filter(({ target }) => target === name);
  const seconds = mine.reduce((sum, run) => sum + run.seconds, 0);
  const inputs = mine.reduce((sum, run) => sum + run.inputs, 0);
  const slowest = Math.max(0, ...mine.filter(({ findings }) => findings === 0).map((run) => run.slowest));
  const open = mine.at(-1)?.findings ?? 0;
  const known = mine.flatMap(({ processor }) => processor ?? []).reduce((sum, one) => sum + one, 0);
  const computing = mine.every(({ processor }) => processor !== null)
    ? (known / 60).toFixed(1)
    : "not measured";
  const reached = once === true ? "all of them" : seconds >= TO_REACH ? "reached" : "**missed**";
  return `| ${[name, inputs.toLocaleString("en"), (seconds / 60).toFixed(1), computing, slowest.toFixed(1), open, reached].join(" | ")} |`;
}
