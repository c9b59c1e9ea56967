import { describe, expect, test } from "vitest";
import { earliest } from "../../../src/domain/compliance/earliest.ts";
import { nextMoment } from "../../../src/domain/compliance/next-moment.ts";
import { shownCase } from "../../../src/domain/compliance/shown-case.ts";
import { buildCase } from "./build-case.ts";
import { HOUR, MINUTE, START, after } from "./case-history.ts";

const REMIND = [24 * HOUR, 4 * HOUR];
const END = { as: "green", at: START, by: null, because: null, url: null, sha: null } as const;

describe("the next moment at which the time alone changes something", () => {
  test.each([
    ["the first reminder", {}, MINUTE, 48 * HOUR],
    ["the second", {}, 48 * HOUR, 68 * HOUR],
    ["the deadline", {}, 68 * HOUR, 72 * HOUR],
    ["the end of the verification", { verifyUntil: after(73 * HOUR) }, 72 * HOUR, 73 * HOUR],
  ])("is %s", (_name, changes, at, next) => {
    expect(nextMoment([buildCase(changes)], REMIND, after(at))).toEqual(after(next));
  });

  test.each([
    ["it has expired", { expiredAt: after(72 * HOUR) }],
    ["it has ended", { end: END }],
    ["nobody was warned", { warnedAt: null, deadline: null }],
    ["it is due and unverified: that is looked at for another reason", { unverifiedSince: after(72 * HOUR) }],
  ])("is none where %s", (_name, changes) => {
    expect(nextMoment([buildCase(changes)], REMIND, after(80 * HOUR))).toBeNull();
  });

  test("is now where the warning came after the look had read the case", () => {
    expect(nextMoment([buildCase({ deadline: null })], REMIND, after(HOUR))).toEqual(after(HOUR));
  });

  test("is that of the case which is first", () => {
    const other = buildCase({ deadline: after(30 * HOUR) });
    expect(nextMoment([buildCase(), other], [], START)).toEqual(after(30 * HOUR));
  });
});

test("the earliest of moments, some of which are not", () => {
  expect(earliest([null, after(HOUR), after(MINUTE)])).toEqual(after(MINUTE));
  expect(earliest([null, null])).toBeNull();
});

describe("a case is shown", () => {
  test("with the deadline that the warning will give it, before the warning is there", () => {
    const unwarned = buildCase({ warnedAt: null, deadline: null });
    expect(shownCase(unwarned, after(MINUTE), HOUR).deadline).toEqual(after(72 * HOUR));
    expect(shownCase(unwarned, after(60 * HOUR), HOUR).deadline).toEqual(after(84 * HOUR));
  });

  test.each([
    ["warned of", buildCase()],
    ["ended before anybody was warned", buildCase({ deadline: null, end: END })],
  ])("as it is when it was %s", (_name, given) => {
    expect(shownCase(given, after(HOUR), HOUR)).toBe(given);
  });
});
