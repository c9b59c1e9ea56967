import { expect, test } from "vitest";
import { listen, unheardChecks } from "../../../src/domain/compliance/unheard-checks.ts";
import { HOUR, START, after, buildCheck, buildTrunk } from "./case-history.ts";

const WATCHED = {
  policyName: "Long",
  selector: '["status","ci/long"]',
  since: START,
  observed: false,
  heardAt: null,
};
const TRUNK = buildTrunk([
  { on: 1, said: "failure", at: after(HOUR) },
  { on: 2, said: "cancelled", at: after(2 * HOUR) },
]);
const WEEK = 7 * 24 * HOUR;

test("a check is heard with any result, the newest counts", () => {
  const [heard] = listen([WATCHED], [buildCheck()], TRUNK);
  expect(heard?.heardAt).toEqual(after(2 * HOUR));
});

test("what was heard stays heard when the trunk shows no more of it", () => {
  const heard = { ...WATCHED, heardAt: after(HOUR) };
  expect(listen([heard], [buildCheck()], { results: [] })).toEqual([heard]);
});

test("a selector that matches nothing is reported at once", () => {
  const match = { kind: "workflow", workflow: "lnog.yml", job: null } as const;
  const watched = listen([WATCHED], [buildCheck({ match })], TRUNK);
  expect(unheardChecks(watched, after(3 * HOUR), HOUR)).toEqual([{ name: "Long", heardAt: null }]);
});

test("a check that was heard is silent after seven days, not before", () => {
  const watched = [{ ...WATCHED, heardAt: START }];
  expect(unheardChecks(watched, after(WEEK - 1), HOUR)).toEqual([]);
  expect(unheardChecks(watched, after(WEEK), HOUR)).toEqual([{ name: "Long", heardAt: START }]);
});

test("a check that the policy does not name is not listened to", () => {
  expect(listen([WATCHED], [], TRUNK)).toEqual([WATCHED]);
});
