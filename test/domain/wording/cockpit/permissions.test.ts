import { expect, test } from "vitest";
import { ASKED_PERMISSIONS } from "../../../../src/domain/permissions/asked.ts";
import { findMissing } from "../../../../src/domain/permissions/find-missing.ts";
import {
  missingTitle,
  permissionReasons,
  permissionWanted,
  whatStops,
} from "../../../../src/domain/wording/cockpit/permissions.ts";

const page = "https://github.com/organizations/acme/settings/installations/7";

test("of every permission that is asked for it is said what stops without it, and before installing what it is for", () => {
  const { permissions } = findMissing({ permissions: {}, events: [], page });
  expect(permissions.map(({ name }) => name)).toEqual(Object.keys(ASKED_PERMISSIONS));
  expect(permissions.map(whatStops).filter((text) => !text.endsWith("."))).toEqual([]);
  const reasons = permissionReasons().map(({ what, level }) => `${what}: ${level}`);
  const wanted = permissions.map((one) =>
    permissionWanted(one)
      .replace(/: read$/, ": reads")
      .replace("read and write", "reads and writes"),
  );
  expect(reasons.toSorted()).toEqual(wanted.toSorted());
});

test("reading alone is another loss than nothing at all", () => {
  const [checks] = findMissing({
    permissions: { ...ASKED_PERMISSIONS, checks: "read" },
    events: [],
    page,
  }).permissions;
  if (checks === undefined) throw new Error("checks may not be written");
  expect(whatStops(checks)).toBe("The report on each commit, with its buttons, is not written.");
  expect(whatStops({ ...checks, has: null })).toBe(
    "Results of checks are not read, and the report is not written: no deferred check is ever seen.",
  );
});

test.each([
  [1, 0, "1 permission is missing for acme"],
  [0, 1, "1 event is missing for acme"],
  [2, 1, "2 permissions and 1 event are missing for acme"],
])("%i and %i: %s", (permissions, events, title) => {
  const { permissions: all, events: told } = findMissing({ permissions: {}, events: [], page });
  expect(
    missingTitle("acme", { permissions: all.slice(0, permissions), events: told.slice(0, events) }),
  ).toBe(title);
});
