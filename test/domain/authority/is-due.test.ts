import { expect, test } from "vitest";
import { isDue } from "../../../src/domain/authority/override-label.ts";
import { AT, buildCase, hours } from "../gate/build-gate-facts.ts";

const END = { as: "green", at: hours(-2), by: null, because: null, url: null, sha: null } as const;

test.each([
  ["past its deadline", buildCase(), true],
  ["due this very moment", buildCase({ deadline: AT }), true],
  ["not due yet", buildCase({ deadline: hours(1) }), false],
  ["nobody was warned", buildCase({ deadline: null }), false],
  ["a newer run is waited for", buildCase({ verifyUntil: hours(1) }), false],
  [
    "a newer run is waited for, and ended red",
    buildCase({ verifyUntil: hours(1), expiredAt: hours(-1) }),
    true,
  ],
  ["expired later than that", buildCase({ deadline: null, expiredAt: hours(1) }), false],
  ["over", buildCase({ expiredAt: hours(-1), end: END }), false],
])("a case that is %s may be lifted: %j", (_, given, is) => {
  expect(isDue(given, AT)).toBe(is);
});
