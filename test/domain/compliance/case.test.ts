import { describe, expect, test } from "vitest";
import { caseHolds, caseState, type CaseEnd, dueAt } from "../../../src/domain/compliance/case.ts";
import { expectedDeadline } from "../../../src/domain/compliance/expected-deadline.ts";
import { heldEnvironments } from "../../../src/domain/compliance/held-environments.ts";
import { buildCase } from "./build-case.ts";
import { after, HOUR } from "./case-history.ts";

const DUE = after(72 * HOUR);

function endedAs(as: CaseEnd["as"]): CaseEnd {
  return { as, at: after(HOUR), by: null, because: null, url: null, sha: null };
}

describe("the state of a case", () => {
  test.each([
    ["open", { end: null, expiredAt: null }],
    ["expired", { end: null, expiredAt: DUE }],
    ["resolved", { end: endedAs("green"), expiredAt: null }],
    ["resolved", { end: endedAs("by-hand"), expiredAt: DUE }],
    ["resolved", { end: endedAs("gone"), expiredAt: DUE }],
    ["void", { end: endedAs("void"), expiredAt: DUE }],
  ])("%s", (state, given) => {
    expect(caseState(given)).toBe(state);
  });
});

describe("I4, J12: a case holds from the very moment at which it is due", () => {
  const open = buildCase();
  const before = new Date(DUE.getTime() - 1);
  test.each([
    ["a millisecond before", open, before, "no"],
    ["then", open, DUE, "unverified"],
    ["while a newer run is waited for", buildCase({ verifyUntil: after(73 * HOUR) }), DUE, "no"],
    ["when that is over", buildCase({ verifyUntil: after(73 * HOUR) }), after(73 * HOUR), "unverified"],
    ["once that is confirmed, at whatever moment", buildCase({ expiredAt: DUE }), before, "expired"],
    ["nobody was warned", buildCase({ deadline: null }), after(1_000 * HOUR), "no"],
    ["it is green", buildCase({ expiredAt: DUE, end: endedAs("green") }), DUE, "no"],
    ["nobody wants to know any more", buildCase({ expiredAt: DUE, end: endedAs("void") }), DUE, "no"],
  ] as const)("%s", (_, given, at, holds) => {
    expect(caseHolds(given, at)).toBe(holds);
  });
});

test("a case is due at its deadline, later while a newer run is waited for, and never before anybody is warned", () => {
  const waiting = buildCase({ verifyUntil: after(74 * HOUR) });
  const untold = buildCase({ deadline: null });
  expect([buildCase(), waiting, untold].map(dueAt)).toEqual([DUE, after(74 * HOUR), null]);
  expect([buildCase(), waiting, untold].map((one) => expectedDeadline(one, HOUR))).toEqual([
    DUE,
    after(74 * HOUR),
    DUE,
  ]);
});

test.each([
  ["all of them, as soon as one case holds all", [["a"], null], null],
  [
    "what each of them names, once",
    [
      ["a", "b"],
      ["b", "c"],
    ],
    ["a", "b", "c"],
  ],
  ["none, where there is no case", [], []],
])("several cases hold %s", (_, environments, held) => {
  expect(heldEnvironments(environments.map((named) => ({ environments: named })))).toEqual(held);
});
