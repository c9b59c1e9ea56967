import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { TrunkEvidence, TrunkResult } from "../../../src/domain/compliance/evidence.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import { sha } from "../build-snapshot.ts";
import { ground, job, minutesAgo, openCase, redRun, run, trunk } from "./build-evidence.ts";

const COMMITS = ["c6", "c5", "c4", "c3", "c2", "c1"];
const WORDS = ["success", "failure", "timed_out", "cancelled", "skipped", "running", "action_required"];
/** What proves something at once, whatever the time. */
const PROOFS = ["success", "failure", "timed_out"];
const EVENTS = ["push", "schedule", "pull_request", "workflow_dispatch"];

/** Numbers are small, so that commits, runs and attempts meet; each attempt says one thing. */
const anyResult = fc.record({
  commit: fc.constantFrom(...COMMITS, "beside"),
  name: fc.constantFrom("slow a", "slow b", "unit"),
  runId: fc.integer({ min: 1, max: 5 }),
  sequence: fc.integer({ min: 1, max: 4 }),
  said: fc.constantFrom(...WORDS),
  minutes: fc.integer({ min: 0, max: 300 }),
  event: fc.constantFrom(...EVENTS),
  governed: fc.integer({ min: 0, max: 30 }).map((number) => number === 0),
});
type AnyResult = typeof anyResult extends fc.Arbitrary<infer Value> ? Value : never;

const anyResults = fc.uniqueArray(anyResult, {
  maxLength: 25,
  selector: ({ commit, name, runId, sequence }) => [commit, name, runId, sequence].join(" "),
});
const anyRuns = fc.array(
  fc.record({
    commit: fc.constantFrom(...COMMITS),
    runId: fc.integer({ min: 1, max: 5 }),
    said: fc.constantFrom("success", "failure", "running", "startup_failure"),
    event: fc.constantFrom(...EVENTS),
  }),
  { maxLength: 6 },
);
const anyCase = fc.option(
  fc.record({ commit: fc.constantFrom(...COMMITS, "forced away"), runId: fc.integer({ min: 1, max: 5 }) }),
);

function resultOf({ commit, minutes, ...more }: AnyResult): TrunkResult {
  return { ...job(more.said, { ...more, at: minutesAgo(minutes) }), sha: sha(commit) };
}

function evidenceOf(results: readonly AnyResult[], runs: readonly { commit: string }[] = []): TrunkEvidence {
  return {
    ...trunk(COMMITS.map((name) => [name] as const)),
    results: results.map(resultOf),
    runs: runs.map(({ commit, ...more }) => ({ ...run("success", more), sha: sha(commit) })),
  };
}

function groundOf(given: { commit: string; runId: number } | null): ReturnType<typeof ground> {
  if (given === null) return ground();
  const failed = job("failure", { runId: given.runId, sequence: 2 });
  return ground({ openCases: [openCase(redRun(given.commit, failed))] });
}

test("REL-12: in whatever order results come to be known, the streaks are the same", () => {
  fc.assert(
    fc.property(
      anyResults.chain((results) =>
        fc.tuple(
          fc.constant(results),
          fc.shuffledSubarray(results, { minLength: results.length, maxLength: results.length }),
        ),
      ),
      anyRuns.chain((runs) =>
        fc.tuple(
          fc.constant(runs),
          fc.shuffledSubarray(runs, { minLength: runs.length, maxLength: runs.length }),
        ),
      ),
      anyCase,
      ([results, shuffled], [runs, shuffledRuns], given) => {
        const asked = groundOf(given);
        const one = readStreaks(evidenceOf(results, runs), asked);
        const other = readStreaks(evidenceOf(shuffled, shuffledRuns), asked);
        expect(other).toEqual(one);
      },
    ),
    { numRuns: 500 },
  );
});

test("REL-12: a result that is told twice says what it says once", () => {
  fc.assert(
    fc.property(anyResults, anyRuns, anyCase, (results, runs, given) => {
      const once = evidenceOf(results, runs);
      const twice = { ...once, results: [...once.results, ...once.results] };
      const asked = groundOf(given);
      expect(readStreaks(twice, asked)).toEqual(readStreaks(once, asked));
    }),
  );
});

test("REL-13: an earlier attempt that comes to be known later overwrites nothing", () => {
  fc.assert(
    fc.property(
      anyResults,
      fc.constantFrom(...WORDS),
      fc.integer({ min: 0, max: 300 }),
      (results, said, minutes) => {
        for (const later of results.filter((one) => isProving(one) && PROOFS.includes(one.said))) {
          const earlier = { ...later, sequence: 0, said, minutes, governed: false };
          const after = stateOf(evidenceOf([...results, earlier]), later.name);
          expect(after).toBe(stateOf(evidenceOf(results), later.name));
        }
      },
    ),
  );
});

/** The definition once more, as plainly as it can be said. */
test("REL-14: what the newest proof on the trunk says is what is so", () => {
  fc.assert(
    fc.property(anyResults, (results) => {
      for (const name of ["slow a", "slow b"]) {
        const mine = results.filter((one) => one.name === name);
        const proofs = mine
          .filter((one) => COMMITS.includes(one.commit) && isProving(one))
          .filter(({ said }) => PROOFS.includes(said))
          .map((one) => ({ ...one, rank: rankOf(one) }));
        const isGoverned = mine.some(({ governed }) => governed);
        const asked = mine.some(({ said }) => said === "action_required");
        if (asked || isGoverned || proofs.length === 0) continue;
        const newest = proofs.reduce((best, one) => (one.rank > best.rank ? one : best));
        expect(stateOf(evidenceOf(results), name)).toBe(newest.said === "success" ? "green" : "red");
      }
    }),
    { numRuns: 500 },
  );
});

function rankOf({ commit, runId, sequence }: AnyResult): number {
  return (COMMITS.length - COMMITS.indexOf(commit)) * 100 + runId * 10 + sequence;
}

function isProving({ event }: AnyResult): boolean {
  return event === "push" || event === "schedule";
}

function stateOf(evidence: TrunkEvidence, name: string): string | null {
  return readStreaks(evidence, ground()).find((streak) => streak.name === name)?.now.state ?? null;
}
