import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ComplianceCase, caseHolds } from "../../../src/domain/compliance/case.ts";
import { sha } from "../build-snapshot.ts";
import {
  after,
  buildCheck,
  buildDeferredPolicy,
  buildTrunk,
  type GivenRun,
  HOUR,
  MINUTE,
  startHistory,
} from "./case-history.ts";

const GRACE = 72 * HOUR;
/** 72 h are 259,200 s of elapsed time, whatever a calendar says. */
const GRACE_SECONDS = 259_200;

interface Step {
  readonly wait: number;
  readonly what: "green" | "red" | "running" | "cancelled" | "look" | "blind look" | "warn";
}

const step: fc.Arbitrary<Step> = fc.record({
  wait: fc.oneof(
    fc.integer({ min: 0, max: 2 * HOUR }),
    fc.integer({ min: 0, max: 40 * HOUR }),
    fc.constantFrom(0, 1, 24 * HOUR, GRACE - 1, GRACE, GRACE + 1),
  ),
  what: fc.constantFrom("green", "red", "running", "cancelled", "look", "look", "blind look", "warn"),
});

const SAID = { green: "success", red: "failure", running: "running", cancelled: "cancelled" } as const;

/** Every run is on a commit of its own and ends when it is told of. */
function play(steps: readonly Step[], check: (seen: Seen) => void): void {
  const history = startHistory();
  const runs: GivenRun[] = [];
  let now = 60 * MINUTE;
  for (const { wait, what } of steps) {
    now += wait;
    const at = after(now);
    if (what === "warn") history.warn(at);
    else if (what !== "look" && what !== "blind look") {
      runs.push({ on: runs.length + 1, said: SAID[what], at });
    }
    const before = history.cases();
    const trunk = what === "blind look" ? null : buildTrunk(runs, Math.max(1, runs.length));
    const happened = history.look({ at, trunk });
    check({ at, runs, before, cases: history.cases(), happened, blind: trunk === null });
  }
}

interface Seen {
  readonly at: Date;
  readonly runs: readonly GivenRun[];
  readonly before: readonly ComplianceCase[];
  readonly cases: readonly ComplianceCase[];
  readonly happened: readonly string[];
  readonly blind: boolean;
}

describe("whatever happens, in whatever order", () => {
  function always(claim: (seen: Seen) => void): void {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => play(steps, claim)),
      { numRuns: 1_000 },
    );
  }

  test("REL-32: a case of 72 h holds nothing before 259,200 s after its recorded start, nor without a warning 24 h before", () => {
    always(({ at, cases }) => {
      for (const one of cases) {
        if (caseHolds(one, at) === "no") continue;
        expect((at.getTime() - one.firstRed.at.getTime()) / 1_000).toBeGreaterThanOrEqual(GRACE_SECONDS);
        expect(one.warnedAt).not.toBeNull();
        expect(at.getTime() - (one.warnedAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(24 * HOUR);
      }
    });
  });

  test("a check has at most one open case, and none while its newest result is green", () => {
    always(({ cases, runs, blind }) => {
      const open = cases.filter(({ end }) => end === null);
      expect(open.length).toBeLessThanOrEqual(1);
      const newest = runs.findLast(({ said }) => said === "success" || said === "failure");
      if (!blind && newest?.said === "success") expect(open).toEqual([]);
      if (!blind && newest?.said === "failure") expect(open).toHaveLength(1);
    });
  });

  test("nothing ends, and nothing opens or expires, while GitHub cannot be read", () => {
    always(({ blind, before, cases, at }) => {
      if (!blind) return;
      expect(cases.length).toBe(before.length);
      cases.forEach((one, index) => {
        expect([one.end, one.expiredAt]).toEqual([before[index]?.end, before[index]?.expiredAt]);
        const held = before[index] === undefined ? "no" : caseHolds(before[index], at);
        if (held !== "no") expect(caseHolds(one, at)).not.toBe("no");
      });
    });
  });

  test("once warned of, a deadline is never moved", () => {
    always(({ before, cases }) => {
      for (const one of before) {
        const now = cases.find(({ id }) => id === one.id);
        if (one.deadline !== null) expect(now?.deadline).toEqual(one.deadline);
      }
    });
  });

  test("looking twice is looking once", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const history = startHistory();
        const runs: GivenRun[] = [];
        let now = 60 * MINUTE;
        for (const { wait, what } of steps) {
          now += wait;
          if (what === "warn") history.warn(after(now));
          else if (what in SAID)
            runs.push({
              on: runs.length + 1,
              said: what === "green" ? "success" : "failure",
              at: after(now),
            });
          const trunk = buildTrunk(runs, Math.max(1, runs.length));
          history.look({ at: after(now), trunk });
          expect(history.look({ at: after(now), trunk })).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("REL-31, REL-36: fix, extension and due timer at the same moment", () => {
  const RED = { on: 1, said: "failure", at: after(0) };
  const DUE = after(GRACE);
  const trunks = {
    "still red": buildTrunk([RED], 2),
    fixed: buildTrunk([RED, { on: 2, said: "success", at: after(GRACE - 1_000) }], 2),
  };

  /** Every order of what comes in ends in the same state: what GitHub says, and what was decided by hand. */
  test.each([
    ["a fix and the timer", ["timer", "fixed"], "no"],
    ["the timer alone", ["timer"], "expired"],
    ["an extension and the timer", ["extend", "timer"], "no"],
    ["a fix, an extension and the timer", ["extend", "fixed", "timer"], "no"],
    ["resolved by hand, and the timer", ["by hand", "timer"], "no"],
    ["a blind look, a fix and the timer", ["blind", "fixed", "timer"], "no"],
  ])("%s", (_name, events, held) => {
    for (const order of permutationsOf(events)) {
      const history = startHistory();
      history.look({ at: after(MINUTE), trunk: trunks["still red"] });
      history.warn(after(MINUTE));
      history.look({ at: after(MINUTE), trunk: trunks["still red"] });
      const world = events.includes("fixed") ? trunks.fixed : trunks["still red"];
      for (const event of order) {
        if (event === "extend" && history.open()[0]?.expiredAt === null) {
          history.change(1, { deadline: after(12 * HOUR, DUE), verifyUntil: null, unverifiedSince: null });
        }
        if (event === "by hand" && history.open().length > 0) {
          const end = {
            as: "by-hand",
            at: DUE,
            by: "octocat",
            because: "flaky",
            url: null,
            sha: null,
          } as const;
          history.change(1, { end });
        }
        if (event === "timer" || event === "fixed") history.look({ at: DUE, trunk: world });
        if (event === "blind") history.look({ at: DUE, trunk: null });
      }
      // An extension that comes after the expiry is refused: that order alone ends expired, as the clock allows.
      const tooLate = events.includes("extend") && order.indexOf("timer") < order.indexOf("extend");
      const expected = tooLate && !events.includes("fixed") ? "expired" : held;
      expect(caseHolds(history.only(), DUE), order.join(", ")).toBe(expected);
    }
  });
});

describe("REL-35: 72 h are elapsed time", () => {
  test.each([
    ["daylight-saving time begins", "2026-03-28T12:00:00Z"],
    ["daylight-saving time ends", "2026-10-24T12:00:00Z"],
    ["a month ends", "2026-04-29T23:59:59Z"],
    ["a year ends", "2026-12-30T18:00:00Z"],
    ["29 February", "2028-02-27T10:00:00Z"],
    ["a leap second", "2016-12-30T12:00:00Z"],
  ])("when %s", (_name, start) => {
    const red = new Date(start);
    const trunk = buildTrunk([{ on: 1, said: "failure", at: red }], 1);
    const history = startHistory(buildDeferredPolicy([buildCheck()], { remind: [] }), new Date(0));
    history.look({ at: red, trunk });
    history.warn(red);
    history.look({ at: red, trunk });
    const due = history.only().deadline;
    expect((due?.getTime() ?? 0) - red.getTime()).toBe(GRACE_SECONDS * 1_000);
    expect(history.look({ at: new Date(red.getTime() + GRACE - 1), trunk })).toEqual([]);
    expect(history.look({ at: new Date(red.getTime() + GRACE), trunk })).toEqual(["1 expired"]);
    expect(history.only().firstRed.sha).toBe(sha("commit 1"));
  });
});

function permutationsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    permutationsOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
