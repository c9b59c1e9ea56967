import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { describeMachine } from "../bench/machine.ts";
import { WRONGS } from "./tell.ts";

const counts = z.record(z.string(), z.number());
const runSchema = z.object({
  seed: z.number(),
  days: z.number(),
  asked: z.number(),
  repositories: z.number(),
  facts: z.number(),
  quietMoments: z.number(),
  jobs: z.number(),
  deaths: z.number(),
  calls: counts,
  letters: counts,
  wrong: counts,
  digest: z.string(),
  seconds: z.number(),
  endedAt: z.string(),
  postgres: z.string(),
});
export type LongRun = z.infer<typeof runSchema>;

const DATA = new URL("../../docs/proof/simulation.json", import.meta.url);
const PAGE = new URL("../../docs/proof/simulation.md", import.meta.url);
const MARK = "<!-- runs -->";

export function readReport(): readonly LongRun[] {
  return existsSync(DATA) ? z.array(runSchema).parse(JSON.parse(readFileSync(DATA, "utf8"))) : [];
}

/** Adds a run, or replaces the one of its seed, and writes the page's table anew; what people wrote above it stays. */
export function writeReport(message: unknown): string {
  const run = runSchema.parse(message);
  const runs = [...readReport().filter(({ seed }) => seed !== run.seed), run].toSorted(
    (a, b) => a.seed - b.seed,
  );
  writeFileSync(DATA, `${JSON.stringify(runs, null, 2)}\n`);
  const before = existsSync(PAGE)
    ? (readFileSync(PAGE, "utf8").split(MARK)[0] ?? "")
    : "# Simulated years\n\n";
  writeFileSync(PAGE, `${before}${MARK}\n${renderRuns(runs)}\n`);
  return `seed ${String(run.seed)}: ${String(run.days)} of ${String(run.asked)} days, ${String(sum(run.wrong))} wrong`;
}

function renderRuns(runs: readonly LongRun[]): string {
  const newest = runs.toSorted((a, b) => (a.endedAt < b.endedAt ? 1 : -1))[0];
  const machine = describeMachine(newest?.postgres ?? "");
  const whole = runs.filter(({ days, asked, wrong }) => days === asked && sum(wrong) === 0);
  const years = whole.filter(({ days, repositories }) => days >= 365 && repositories >= 2).length;
  const days = runs.reduce((all, run) => all + run.days, 0);
  const seconds = runs.reduce((all, run) => all + run.seconds, 0);
  const events = runs.reduce((all, run) => all + run.facts, 0);
  return [
    `${String(runs.length)} seeds, ${String(days)} simulated days of ${String(runs[0]?.repositories ?? 2)} repositories each, ${String(events)} events; the newest ended ${newest?.endedAt ?? "never"} UTC. ${String(machine.cores)} cores (${machine.processor}), ${machine.memory}, ${machine.versions}.`,
    "",
    "| figure | measured | to reach | |",
    "| --- | --- | --- | --- |",
    figure("seeds of 365 days and two repositories without anything wrong", years, 10, years >= 10),
    ...WRONGS.map((what) => {
      const count = runs.reduce((all, run) => all + (run.wrong[what] ?? 0), 0);
      return figure(what, count, 0, count === 0);
    }),
    `| GitHub calls for each event | ${(runs.reduce((all, run) => all + (run.calls["github"] ?? 0), 0) / Math.max(1, events)).toFixed(1)} | 5 | ${runs.reduce((all, run) => all + (run.calls["github"] ?? 0), 0) <= 5 * events ? "reached" : "**MISS**"} |`,
    `| simulated days a second, one process | ${(days / Math.max(1, seconds)).toFixed(2)} | | |`,
    "",
    "| seed | days | events | quiet moments | jobs | webhooks (late, twice, refused, never) | calls to GitHub, Jira, Slack | replicas died | wrong | digest | seconds |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...runs.map(renderRun),
  ].join("\n");
}

function figure(what: string, measured: number, wanted: number, reached: boolean): string {
  return `| ${what} | ${String(measured)} | ${String(wanted)} | ${reached ? "reached" : "**MISS**"} |`;
}

function renderRun(run: LongRun): string {
  const { letters, calls } = run;
  const wrong = Object.entries(run.wrong)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${String(count)} ${what}`);
  const cells = [
    run.seed,
    run.days === run.asked ? run.days : `${String(run.days)} of ${String(run.asked)}`,
    run.facts,
    run.quietMoments,
    run.jobs,
    `${String(letters["sent"])} (${["late", "twice", "refused", "never"].map((name) => String(letters[name])).join(", ")})`,
    `${String(calls["github"])}, ${String(calls["jira"])}, ${String(calls["slack"])}`,
    run.deaths,
    wrong.length === 0 ? "0" : wrong.join(", "),
    `\`${run.digest}\``,
    run.seconds.toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

function sum(wrong: Readonly<Record<string, number>>): number {
  return Object.values(wrong).reduce((all, count) => all + count, 0);
}
