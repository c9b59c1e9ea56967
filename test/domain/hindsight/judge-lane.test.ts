import { array, assert, boolean, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChange } from "../../../src/domain/hindsight/alternatives.ts";
import { createChance } from "../../../src/domain/hindsight/chance.ts";
import { DEFAULT_MODEL } from "../../../src/domain/hindsight/ci-model.ts";
import { drawYear } from "../../../src/domain/hindsight/draw-year.ts";
import { identityOf } from "../../../src/domain/hindsight/identify-checks.ts";
import { listIssues } from "../../../src/domain/hindsight/issues.ts";
import { type CaseStep, judgeLane } from "../../../src/domain/hindsight/judge-lane.ts";
import type { Lane } from "../../../src/domain/hindsight/lane.ts";
import { lengthOf, longestOf } from "../../../src/domain/hindsight/spans.ts";
import type { World } from "../../../src/domain/hindsight/world.ts";
import { buildRepository } from "../build-snapshot.ts";
import { caseId, HOUR, hoursOn, lane, policy, steadyWorld, world } from "./build-world.ts";

const repositoryId = buildRepository().id;

function judge(given: World, one: Lane, asked = policy(), looksAlways = false): readonly CaseStep[] {
  return judgeLane(one, { world: given, policy: asked, repositoryId, caseId, looksAlways });
}

/** `11 opened 1`: in hours after the beginning, with the case's number. */
function told(steps: readonly CaseStep[]): readonly string[] {
  return steps.map(({ at, news, case: { id } }) => `${(at - hoursOn(0)) / HOUR} ${news.what} ${id}`);
}

describe("one check through a year", () => {
  test("a case opens at the first red, is reminded of, halts when it is due, and ends with green", () => {
    const given = steadyWorld(20);
    const red = Object.fromEntries(
      [...Array(12).keys()].map((place) => [place, place === 0 ? "success" : "failure"]),
    );
    const one = lane(given, { ...red, 12: "success" });
    expect(told(judge(given, one, policy({ remind: [24 * HOUR, 4 * HOUR] })))).toEqual([
      "11 opened 1",
      "11 clock-started 1",
      "59 went-on 1",
      "59 reminder 1",
      "79 went-on 1",
      "79 reminder 1",
      "83 went-on 1",
      "83 expired 1",
      "121 resolved 1",
    ]);
  });

  test("nothing happens where all is green, where nothing was tested, or where the policy defers another check", () => {
    const given = steadyWorld(5);
    expect(judge(given, lane(given, { 0: "success", 1: "success", 2: "cancelled" }))).toEqual([]);
    expect(judge(given, lane(given, {}))).toEqual([]);
    expect(judge(given, lane(given, { 1: "failure" }), policy({}, ["another"]))).toEqual([]);
  });

  test("what happened after the window is not looked at, and what is open then stays open", () => {
    const given = steadyWorld(20, 10, 2);
    expect(told(judge(given, lane(given, { 4: "failure", 5: "success" })))).toEqual([
      "41 opened 1",
      "41 clock-started 1",
    ]);
  });

  test("action_required becomes red when nobody acted for an hour, though nothing tells of it", () => {
    const given = steadyWorld(20);
    const [first] = judge(given, lane(given, { 0: "success", 1: "action_required" }));
    expect(first?.news.what).toBe("opened");
    expect(first?.at).toBe(hoursOn(12) + 1);
  });

  test("red again within a day, and no pull request since: the same case; with one, a case of its own", () => {
    const messages = (message: string) =>
      Array.from({ length: 6 }, (_, place) => ({ at: place * 5, message }));
    const said = { 0: "success", 1: "failure", 2: "success", 3: "failure", 4: "success" };
    const direct = world(messages("Pushed"));
    const asked = world(messages("Merged (#7)"));
    expect(told(judge(direct, lane(direct, said)))).toEqual([
      "6 opened 1",
      "6 clock-started 1",
      "11 resolved 1",
      "16 relapsed 1",
      "21 resolved 1",
    ]);
    expect(told(judge(asked, lane(asked, said))).filter((line) => line.includes("opened"))).toEqual([
      "6 opened 1",
      "16 opened 2",
    ]);
  });
});

/** Small busy years of several checks, in which much breaks. */
const years = record({
  seed: integer({ min: 0, max: 1_000_000 }),
  gaps: array(integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }),
  numbered: boolean(),
  breakage: constantFrom(0, 0.05, 0.3),
  flakes: constantFrom(0, 0.1, 0.4),
  repairMedian: constantFrom(1, 10, 60),
}).map(({ seed, gaps, numbered, breakage, flakes, repairMedian }) => {
  let at = 0;
  const given = world(
    gaps.map((gap, place) => {
      at += gap;
      return { at, message: numbered ? `Change (#${place})` : "Change" };
    }),
  );
  const names = ["one", "two"];
  const checks = policy({}, names).deferred.checks.map(identityOf);
  const model = {
    ...DEFAULT_MODEL,
    breakage,
    flakes,
    repairMedian: repairMedian * HOUR,
    repairNinetieth: 4 * repairMedian * HOUR,
  };
  return { given, numbered, names, lanes: drawYear({ world: given, model, checks, reverted: [] }, seed) };
});

describe("in every year", () => {
  test("nothing is halted before its clock's start and its grace, nor without an issue", () => {
    assert(
      property(years, constantFrom(1, 24, 72), ({ given, lanes, names }, hours) => {
        const asked = policy({ grace: hours * HOUR }, names);
        for (const one of lanes) {
          for (const { at, news, case: decided } of judge(given, one, asked)) {
            if (news.what !== "expired") continue;
            expect(at).toBeGreaterThanOrEqual(decided.openedAt.getTime() + hours * HOUR);
            expect(decided.warnedAt).not.toBeNull();
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a longer grace never has more issues, more or longer halts", () => {
    assert(
      property(years, ({ given, lanes, names }) => {
        const asked = policy({ grace: 24 * HOUR }, names);
        const [short, long] = [issuesOf(given, lanes, asked), issuesOf(given, lanes, withGrace(asked, 60))];
        expect(long.length).toBe(short.length);
        expect(halting(long)).toBeLessThanOrEqual(halting(short));
        const halts = [short, long].map((issues) => issues.flatMap((issue) => issue.halts));
        expect(lengthOf(halts[1] ?? [])).toBeLessThanOrEqual(lengthOf(halts[0] ?? []));
        expect(longestOf(halts[1] ?? [])).toBeLessThanOrEqual(longestOf(halts[0] ?? []));
      }),
      { numRuns: 60 },
    );
  });

  test("a second red that has to confirm the first never opens more issues", () => {
    assert(
      property(
        years.filter(({ numbered }) => numbered),
        ({ given, lanes, names }) => {
          const once = issuesOf(given, lanes, policy({}, names));
          const twice = issuesOf(given, lanes, policy({ confirm: 2 }, names));
          expect(twice.length).toBeLessThanOrEqual(once.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("what is not looked at would have changed nothing", () => {
    const withoutSilence = (steps: readonly CaseStep[]) =>
      steps
        .filter(({ news }) => news.what !== "went-on")
        .map(({ at, news, case: { id, firstRed, deadline } }) => ({ at, news, id, firstRed, deadline }));
    assert(
      property(years, constantFrom(1, 2), ({ given, lanes, names }, confirm) => {
        const asked = policy({ confirm, remind: [10 * HOUR] }, names);
        for (const one of lanes) {
          expect(withoutSilence(judge(given, one, asked))).toEqual(
            withoutSilence(judge(given, one, asked, true)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

function issuesOf(given: World, lanes: readonly Lane[], asked: ReturnType<typeof policy>) {
  const judged = lanes.map((one) => ({ lane: one, steps: judge(given, one, asked) }));
  return listIssues({ world: given, judged, environment: null });
}

function withGrace(asked: ReturnType<typeof policy>, hours: number): ReturnType<typeof policy> {
  return { ...asked, deferred: applyChange(asked.deferred, { kind: "grace", grace: hours * HOUR }) };
}

function halting(issues: readonly { readonly halts: readonly unknown[] }[]): number {
  return issues.filter(({ halts }) => halts.length > 0).length;
}

test("the numbers of a check and a commit do not depend on anything else", () => {
  const given = steadyWorld(3);
  const [first] = given.commits;
  if (first === undefined) throw new Error("a world has commits");
  expect(createChance(1, 1)("breaks", first.sha)).toBe(createChance(1, 1)("breaks", first.sha));
  const others = [
    createChance(2, 1)("breaks", first.sha),
    createChance(1, 2)("breaks", first.sha),
    createChance(1, 1)("flakes", first.sha),
  ];
  expect(others).not.toContain(createChance(1, 1)("breaks", first.sha));
  expect(new Set(others).size).toBe(3);
});
