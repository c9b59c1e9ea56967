import * as fc from "fast-check";
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
    history.look({ at, trunk });
    const cases = history.cases();
    check({ at, runs, before, cases, again: history.look({ at, trunk }), blind: trunk === null });
  }
}

interface Seen {
  readonly at: Date;
  readonly runs: readonly GivenRun[];
  readonly before: readonly ComplianceCase[];
  readonly cases: readonly ComplianceCase[];
  /** What a second look at the same moment finds. */
  readonly again: readonly string[];
  readonly blind: boolean;
}

describe("whatever happens, in whatever order", () => {
  /** The shortest of 1,000 random histories that breaks the claim, with what is wrong then; null: none does. */
  function broken(claim: (seen: Seen) => readonly string[]): unknown {
    const property = fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const complaints: string[] = [];
      play(steps, (seen) => complaints.push(...claim(seen)));
      if (complaints.length > 0) throw new Error(complaints.join("; "));
    });
    const { failed, counterexample, errorInstance } = fc.check(property, { numRuns: 1_000 });
    return failed ? { counterexample, errorInstance } : null;
  }

  test("REL-32: a case of 72 h holds nothing before 259,200 s after its recorded start, nor without a warning 24 h before", () => {
    const found = broken(({ at, cases }) =>
      cases
        .filter((one) => caseHolds(one, at) !== "no")
        .flatMap(({ id, firstRed, openedAt, warnedAt }) => [
          ...((at.getTime() - firstRed.at.getTime()) / 1_000 < GRACE_SECONDS ? [`${id} is early`] : []),
          ...((at.getTime() - openedAt.getTime()) / 1_000 < GRACE_SECONDS ? [`${id} is early`] : []),
          ...(warnedAt === null || at.getTime() - warnedAt.getTime() < 24 * HOUR ? [`${id} unwarned`] : []),
        ]),
    );
    expect(found).toBeNull();
  });

  test("I1: a check has at most one open case, none while its newest result is green, one while it is red", () => {
    const found = broken(({ cases, runs, blind }) => {
      const open = cases.filter(({ end }) => end === null).length;
      const newest = runs.findLast(({ said }) => said === "success" || said === "failure")?.said ?? "success";
      const wanted = newest === "failure" ? 1 : 0;
      return open > 1 || (!blind && open !== wanted) ? [`${open} open, newest is ${newest}`] : [];
    });
    expect(found).toBeNull();
  });

  test("I8: nothing ends, opens, expires or is let go while GitHub cannot be read", () => {
    const found = broken(({ blind, before, cases, at }) => {
      if (!blind) return [];
      const changed = cases.flatMap((one) => {
        const was = before.find(({ id }) => id === one.id);
        if (was === undefined) return [`${one.id} opened`];
        const letGo = caseHolds(was, at) !== "no" && caseHolds(one, at) === "no";
        return was.end !== one.end || was.expiredAt !== one.expiredAt || letGo ? [`${one.id} changed`] : [];
      });
      return changed;
    });
    expect(found).toBeNull();
  });

  test("once warned of, a deadline is never moved", () => {
    const found = broken(({ before, cases }) =>
      before.flatMap((was) => {
        const now = cases.find(({ id }) => id === was.id)?.deadline;
        return was.deadline !== null && now?.getTime() !== was.deadline.getTime() ? [`${was.id} moved`] : [];
      }),
    );
    expect(found).toBeNull();
  });

  test("I6: looking twice is looking once", () => {
    const found = broken(({ again }) => again);
    expect(found).toBeNull();
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
    const wrong = permutationsOf(events).filter((order) => {
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
      return caseHolds(history.only(), DUE) !== expected;
    });
    expect(wrong).toEqual([]);
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
