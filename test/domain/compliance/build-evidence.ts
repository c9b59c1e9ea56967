import type { RedRun } from "../../../src/domain/compliance/case.ts";
import { checkKey } from "../../../src/domain/compliance/check-key.ts";
import type {
  CheckSource,
  TrunkEvidence,
  TrunkResult,
  TrunkRun,
} from "../../../src/domain/compliance/evidence.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import type { CheckStreak } from "../../../src/domain/compliance/streak.ts";
import type { OpenCase, StreakGround } from "../../../src/domain/compliance/track.ts";
import type { CheckSelector, DeferredCheckPolicy } from "../../../src/domain/policy.ts";
import { compileGlob } from "../../../src/policy/glob.ts";
import { sha } from "../build-snapshot.ts";

export const HOUR = 3_600_000;
export const NOW = new Date("2026-03-02T12:00:00Z");
export const CI: CheckSource = { kind: "workflow", workflow: ".github/workflows/ci.yml" };
export const STATUS: CheckSource = { kind: "status" };

export function app(name: string, appId: number): CheckSource {
  return { kind: "app", app: name, appId };
}

export function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

/** A result without its commit, which is where it stands in `trunk`. */
export type Said = Omit<TrunkResult, "sha">;

let sequences = 100;

export function job(said: string, more: Partial<Said> = {}): Said {
  sequences += 1;
  return {
    name: "slow a",
    source: CI,
    runId: 1,
    sequence: sequences,
    said,
    at: minutesAgo(30),
    url: null,
    event: "push",
    governed: false,
    ...more,
  };
}

export function status(said: string, more: Partial<Said> = {}): Said {
  return job(said, { name: "ci/long", source: STATUS, runId: 0, event: null, ...more });
}

export type Ran = Omit<TrunkRun, "sha">;

export function run(said: string, more: Partial<Ran> = {}): Ran {
  return {
    workflow: ".github/workflows/ci.yml",
    runId: 1,
    event: "push",
    said,
    at: minutesAgo(20),
    url: null,
    ...more,
  };
}

/** One commit: its name, what checks said on it, and which runs it has. */
export type Seen = readonly [commit: string, results?: readonly Said[], runs?: readonly Ran[]];

/** The trunk, newest commit first; the oldest has a parent that was not read, unless it is `complete`. */
export function trunk(commits: readonly Seen[], complete = false): TrunkEvidence {
  const chain = commits.map(([name], index) => {
    const parent = commits[index + 1]?.[0] ?? (complete ? null : "older");
    return {
      sha: sha(name),
      parent: parent === null ? null : sha(parent),
      subject: name,
      committedAt: minutesAgo(60 + index),
    };
  });
  return {
    branch: "main",
    head: sha(commits[0]?.[0] ?? "none"),
    chain,
    complete,
    results: commits.flatMap(([name, results = []]) => results.map((one) => ({ ...one, sha: sha(name) }))),
    runs: commits.flatMap(([name, , runs = []]) => runs.map((one) => ({ ...one, sha: sha(name) }))),
  };
}

export function check(match: CheckSelector, more: Partial<DeferredCheckPolicy> = {}): DeferredCheckPolicy {
  return {
    name: "Slow",
    match,
    grace: 72 * HOUR,
    environments: null,
    events: ["push", "schedule", "merge_group"],
    confirm: 1,
    verifyGrace: 0,
    owners: [],
    ...more,
  };
}

export function jobs(pattern = "slow *", workflow = "ci.yml"): CheckSelector {
  return { kind: "workflow", workflow, job: compileGlob(pattern) };
}

export function ground(more: Partial<StreakGround> = {}): StreakGround {
  return { checks: [check(jobs())], openCases: [], at: NOW, hour: HOUR, ...more };
}

export function redRun(commit: string, { runId, sequence, said, at, url }: Said): RedRun {
  return { sha: sha(commit), runId, sequence, said, at, url };
}

export function openCase(firstRed: RedRun, more: Partial<OpenCase> = {}): OpenCase {
  const { name, source } = { name: "slow a", source: CI, ...more };
  return { checkKey: checkKey(name, source), name, source, firstRed, newestRed: firstRed, ...more };
}

/** How the only check stands; null: there is none. */
export function only(evidence: TrunkEvidence, given: StreakGround = ground()): CheckStreak["now"] | null {
  const streaks = readStreaks(evidence, given);
  if (streaks.length > 1) throw new Error(streaks.map(({ key }) => key).join(", "));
  return streaks[0]?.now ?? null;
}
