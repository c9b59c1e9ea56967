import { expect, test } from "vitest";
import { isEnough } from "../../../src/domain/compliance/enough-evidence.ts";
import type { StreakGround } from "../../../src/domain/compliance/track.ts";
import { compileGlob } from "../../../src/policy/glob.ts";
import {
  check,
  ground,
  HOUR,
  job,
  jobs,
  minutesAgo,
  NOW,
  openCase,
  redRun,
  type Seen,
  trunk,
} from "./build-evidence.ts";

const failed = job("failure");
const passed = job("success");
const known = openCase(redRun("c1", failed));
const twoChecks = ground({
  checks: [check(jobs()), check({ kind: "status", status: compileGlob("ci/long") })],
});

test.each<readonly [string, readonly Seen[], StreakGround, boolean]>([
  ["a green is enough", [["c2", [passed]], ["c1"]], ground(), true],
  [
    "a red with the green below it is",
    [
      ["c2", [failed]],
      ["c1", [passed]],
    ],
    ground(),
    true,
  ],
  ["a red without one is not", [["c2", [failed]], ["c1"]], ground(), false],
  ["a red that a case knows is", [["c2"], ["c1", [failed]]], ground({ openCases: [known] }), true],
  [
    "a newer red than a case knows is",
    [["c3", [failed]], ["c2"], ["c1", [failed]]],
    ground({ openCases: [known] }),
    true,
  ],
  [
    "a red far above what a case knows is not: it may have been green between",
    [["c3", [failed]], ["c2"]],
    ground({ openCases: [known] }),
    false,
  ],
  [
    "an open case of which nothing is seen is not",
    [["c3"], ["c2"]],
    ground({ checks: [], openCases: [known] }),
    false,
  ],
  ["an open case that is green by now is", [["c3", [passed]], ["c2"]], ground({ openCases: [known] }), true],
  ["a check that was not seen at all is not", [["c2", [passed]], ["c1"]], twoChecks, false],
  ["a check of which only the beginning is seen is not", [["c1", [job("running")]]], ground(), false],
  ["a policy without deferred checks needs nothing", [["c1"]], ground({ checks: [] }), true],
])("%s", (_claim, commits, given, enough) => {
  expect(isEnough(trunk(commits), given)).toBe(enough);
});

test("a case that is due is read down to its first red run: that may have been tried again, and its clock be another's", () => {
  const newestRed = redRun("c2", failed);
  const enough = (deadline: Date | null, expiredAt: Date | null, oldest: string): boolean => {
    const commits: readonly Seen[] = [
      ["c3", [failed]],
      ["c2", [failed]],
      ...(oldest === "c1" ? [["c1"] as const] : []),
    ];
    const due = { ...openCase(redRun("c1", failed)), newestRed, deadline, expiredAt };
    return isEnough(trunk(commits), ground({ openCases: [due] }));
  };
  expect(enough(NOW, null, "c2")).toBe(false);
  expect(enough(NOW, null, "c1")).toBe(true);
  expect(enough(new Date(NOW.getTime() + 1), null, "c2")).toBe(true);
  expect(enough(null, null, "c2")).toBe(true);
  expect(enough(NOW, NOW, "c2")).toBe(true);
});

test("the root is always enough", () => {
  expect(isEnough(trunk([["c1", [failed]]], true), ground())).toBe(true);
});

test("a check that says nothing is looked for a hundred commits far", () => {
  const commits = (count: number): readonly Seen[] =>
    Array.from({ length: count }, (_, index) => [`c${index}`] as const);
  expect(isEnough(trunk(commits(99)), ground())).toBe(false);
  expect(isEnough(trunk(commits(100)), ground())).toBe(true);
});

test("and a week far, by the clock that everything is given: quiet repositories need one page", () => {
  const { chain, ...evidence } = trunk([["c2"], ["c1"]]);
  const aged = (at: Date): typeof chain => chain.map((commit) => ({ ...commit, committedAt: at }));
  const week = 7 * 24;
  const justWithin = new Date(NOW.getTime() - week * HOUR);
  const past = new Date(justWithin.getTime() - 1);
  expect(isEnough({ ...evidence, chain: aged(justWithin) }, ground())).toBe(false);
  expect(isEnough({ ...evidence, chain: aged(past) }, ground())).toBe(true);
  expect(isEnough({ ...evidence, chain: aged(minutesAgo(3)) }, ground({ hour: 1_000 }))).toBe(true);
});

test("a long row of reds is read to its end, however far", () => {
  const commits = Array.from({ length: 150 }, (_, index) => [`c${index}`, [job("failure")]] as const);
  expect(isEnough(trunk(commits), ground())).toBe(false);
});
