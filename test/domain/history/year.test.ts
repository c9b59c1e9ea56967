import { describe, expect, test } from "vitest";
import { lengthWithin, mergeSpans, type Span, withoutSpans } from "../../../src/domain/history/spans.ts";
import {
  layOutYear,
  type YearCase,
  type YearFacts,
  type YearHalt,
  type YearLift,
  yearBegan,
} from "../../../src/domain/history/year.ts";
import * as wording from "../../../src/domain/wording/cockpit/year.ts";

/** A Saturday. */
const NOW = new Date("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;
function at(text: string): Date {
  return new Date(`${text}:00Z`);
}

function yearOf(changes: Partial<YearFacts>) {
  return layOutYear({
    now: NOW,
    cases: [],
    halts: [],
    lifts: [],
    environments: ["production", "staging"],
    ...changes,
  });
}

function red(from: string, until: string | null, changes: Partial<YearCase> = {}): YearCase {
  return {
    id: 1,
    checkKey: "integration",
    name: "integration",
    redSince: at(from),
    endedAt: until === null ? null : at(until),
    expiredAt: null,
    environments: null,
    ...changes,
  };
}
function halt(from: string, until: string | null, environment: string | null = null): YearHalt {
  return { environment, beganAt: at(from), endedAt: until === null ? null : at(until) };
}
function lift(from: string, until: string, changes: Partial<YearLift> = {}): YearLift {
  return { ...halt(from, until), caseIds: [1], ...changes };
}

test("checks that were red as long stand by their names, as they are called now", () => {
  const { checks } = yearOf({
    cases: [
      red("2026-11-19T00:00", "2026-11-20T00:00", { checkKey: "b", name: "zebra" }),
      red("2026-11-18T00:00", "2026-11-19T00:00", { id: 2, checkKey: "a", name: "ape" }),
      red("2026-11-20T00:00", "2026-11-20T00:00", { id: 3, checkKey: "b", name: "bear" }),
      red("2026-11-03T00:00", "2026-11-04T00:00", { id: 5, checkKey: "d", name: "aunt" }),
      red("2026-11-10T00:00", "2026-11-12T00:00", { id: 4, checkKey: "c", name: "worst" }),
    ],
  });
  expect(checks.map(({ name, reds }) => [name, reds])).toEqual([
    ["worst", 1],
    ["ape", 1],
    ["aunt", 1],
    ["bear", 2],
  ]);
});

describe("the columns", () => {
  test.each([
    ["a Saturday", "2026-11-21T12:00:00Z", "2025-11-17", "2026-11-16"],
    ["a Monday's first moment", "2026-11-16T00:00:00Z", "2025-11-17", "2026-11-16"],
    ["a Sunday's last moment", "2026-11-15T23:59:59Z", "2025-11-10", "2026-11-09"],
    ["a leap day", "2028-02-29T00:00:00Z", "2027-03-01", "2028-02-28"],
  ])("are 53 weeks that begin on Mondays, up to the one of %s", (_what, now, first, last) => {
    const { weeks } = layOutYear({ now: new Date(now), cases: [], halts: [], lifts: [], environments: [] });
    const days = weeks.map((week) => week.toISOString().slice(0, 10));
    expect([days.length, days[0], days.at(-1)]).toEqual([53, first, last]);
    expect(new Set(weeks.map((week) => week.getUTCDay()))).toEqual(new Set([1]));
    expect(yearBegan(new Date(now))).toEqual(weeks[0]);
  });
});

describe("a check", () => {
  test.each<[string, readonly YearCase[], readonly [number, number, number]]>([
    ["was red for a while", [red("2026-11-17T10:00", "2026-11-17T22:00")], [1, 12, 0]],
    ["is red still", [red("2026-11-21T00:00", null)], [1, 12, 0]],
    ["was red since before the year", [red("2025-01-01T00:00", "2025-11-17T05:00")], [1, 5, 0]],
    [
      "was red twice, and past its deadline once",
      [
        red("2026-11-02T00:00", "2026-11-02T10:00"),
        red("2026-11-10T00:00", "2026-11-14T00:00", { expiredAt: at("2026-11-13T00:00") }),
      ],
      [2, 106, 1],
    ],
    [
      "has two cases at one time: that time counts once",
      [red("2026-11-17T00:00", "2026-11-17T10:00"), red("2026-11-17T05:00", "2026-11-17T15:00")],
      [2, 15, 0],
    ],
  ])("that %s", (_what, cases, [reds, hours, expired]) => {
    const [check] = yearOf({ cases }).checks;
    expect(check).toMatchObject({ reds, red: hours * HOUR, expired });
    expect(check?.cells.reduce((sum, cell) => sum + cell.red, 0)).toBe(hours * HOUR);
    expect(check?.cells.reduce((sum, cell) => sum + cell.expired, 0)).toBe(expired);
  });

  test("stands in the weeks in which it was red, and in no other", () => {
    const [check] = yearOf({ cases: [red("2026-11-08T12:00", "2026-11-09T06:00")] }).checks;
    expect(check?.cells.flatMap(({ red: long }, index) => (long > 0 ? [[index, long / HOUR]] : []))).toEqual([
      [50, 12],
      [51, 6],
    ]);
  });

  test("of several stands first that was red longest; one that was not red at all is left out", () => {
    const cases = [
      red("2026-11-17T00:00", "2026-11-17T10:00", { checkKey: "b", name: "short" }),
      red("2026-11-17T00:00", "2026-11-18T10:00", { checkKey: "a", name: "long" }),
      red("2026-11-17T00:00", "2026-11-17T00:00", { checkKey: "c", name: "never" }),
    ];
    expect(yearOf({ cases }).checks.map(({ name }) => name)).toEqual(["long", "short"]);
  });
});

describe("an environment is halted", () => {
  const expired = red("2026-11-16T00:00", "2026-11-20T00:00", { expiredAt: at("2026-11-19T00:00") });
  test.each<[string, Partial<YearFacts>, readonly [number, number]]>([
    ["by nobody", {}, [0, 0]],
    ["by a person, everywhere", { halts: [halt("2026-11-17T00:00", "2026-11-17T05:00")] }, [5, 5]],
    ["by a person, there", { halts: [halt("2026-11-17T00:00", "2026-11-17T05:00", "Staging")] }, [0, 5]],
    ["still", { halts: [halt("2026-11-21T10:00", null)] }, [2, 2]],
    ["by a case from its expiry on", { cases: [expired] }, [24, 24]],
    ["by a case of that environment", { cases: [{ ...expired, environments: ["production"] }] }, [24, 0]],
    ["not by one that is red and not expired", { cases: [{ ...expired, expiredAt: null }] }, [0, 0]],
    [
      "once, when two halt it",
      { cases: [expired], halts: [halt("2026-11-19T12:00", "2026-11-20T12:00")] },
      [36, 36],
    ],
    [
      "not while that is lifted",
      { cases: [expired], lifts: [lift("2026-11-19T06:00", "2026-11-19T12:00")] },
      [18, 18],
    ],
    [
      "but where it is lifted in the other one",
      { cases: [expired], lifts: [lift("2026-11-19T06:00", "2026-11-19T12:00", { environment: "staging" })] },
      [24, 18],
    ],
    [
      "but where another case is lifted",
      { cases: [expired], lifts: [lift("2026-11-19T06:00", "2026-11-19T12:00", { caseIds: [2] })] },
      [24, 24],
    ],
    [
      "by a person, although a case is lifted",
      {
        cases: [expired],
        lifts: [lift("2026-11-19T00:00", "2026-11-20T00:00")],
        halts: [halt("2026-11-19T10:00", "2026-11-19T11:00")],
      },
      [1, 1],
    ],
  ])("%s", (_what, facts, [production, staging]) => {
    const { environments } = yearOf(facts);
    expect(environments.map(({ name, halted }) => [name, halted / HOUR])).toEqual([
      ["production", production],
      ["staging", staging],
    ]);
    for (const { cells, halted } of environments) {
      expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(halted);
    }
  });
});

test.each<[readonly Span[], readonly Span[], readonly (readonly [number, number])[]]>([
  [[], [], []],
  [[{ from: 1, until: 5 }], [], [[1, 5]]],
  [
    [{ from: 1, until: 5 }],
    [{ from: 2, until: 3 }],
    [
      [1, 2],
      [3, 5],
    ],
  ],
  [[{ from: 1, until: 5 }], [{ from: 0, until: 9 }], []],
  [
    [
      { from: 1, until: 5 },
      { from: 4, until: 8 },
    ],
    [{ from: 3, until: 6 }],
    [
      [1, 3],
      [6, 8],
    ],
  ],
  [
    [{ from: 1, until: 5 }],
    [
      { from: 5, until: 9 },
      { from: 0, until: 1 },
    ],
    [[1, 5]],
  ],
  [
    [
      { from: 3, until: 3 },
      { from: 5, until: 4 },
    ],
    [],
    [],
  ],
])("spans %j without %j are %j", (spans, others, wanted) => {
  const left = withoutSpans(spans, others);
  expect(left.map(({ from, until }) => [from, until])).toEqual(wanted);
  expect(mergeSpans(left)).toEqual(left);
  expect(lengthWithin(left, { from: 0, until: 10 })).toBe(
    wanted.reduce((sum, [from, until]) => sum + until - from, 0),
  );
});

describe("in words", () => {
  const cells: readonly [] = [];
  test.each([
    [{ reds: 14, red: 61 * HOUR, expired: 2 }, "red 14 times, 61 h in all, past its deadline twice"],
    [{ reds: 1, red: 40 * 60_000, expired: 0 }, "red once, 40 min in all, never past its deadline"],
    [{ reds: 2, red: 30_000, expired: 1 }, "red twice, less than a minute in all, past its deadline once"],
  ])("%j: %s", (totals, said) => {
    expect(wording.checkTotals({ name: "x", cells, ...totals }, HOUR)).toBe(said);
  });

  test("an hour of the demo is an hour", () => {
    expect(wording.environmentTotals({ name: "x", cells, halted: 3_000 }, 1_000)).toBe("halted for 3 h");
  });
});
