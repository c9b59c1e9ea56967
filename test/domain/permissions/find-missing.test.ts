import { expect, test } from "vitest";
import { ASKED_EVENTS, ASKED_PERMISSIONS } from "../../../src/domain/permissions/asked.ts";
import { findMissing, isComplete } from "../../../src/domain/permissions/find-missing.ts";

const OF_ORGANISATION = "https://github.com/organizations/acme/settings/installations/7";
const OF_PERSON = "https://github.com/settings/installations/7";
const ALL = { permissions: ASKED_PERMISSIONS, events: ASKED_EVENTS, page: OF_ORGANISATION };
const { members: _members, ...withoutMembers } = ASKED_PERMISSIONS;
const { statuses: _statuses, ...withoutStatuses } = ASKED_PERMISSIONS;

test.each([
  ["nothing, where all is given", ALL, { permissions: [], events: [] }],
  [
    "nothing, where more is given",
    { ...ALL, permissions: { ...ASKED_PERMISSIONS, contents: "write", administration: "write" } },
    { permissions: [], events: [] },
  ],
  [
    "what is not given at all",
    { ...ALL, permissions: withoutStatuses },
    { permissions: [{ name: "statuses", wanted: "write", has: null }], events: [] },
  ],
  [
    "what may only be read and shall be written",
    { ...ALL, permissions: { ...ASKED_PERMISSIONS, checks: "read" } },
    { permissions: [{ name: "checks", wanted: "write", has: "read" }], events: [] },
  ],
  [
    "events that are not told",
    { ...ALL, events: ASKED_EVENTS.filter((event) => event !== "push") },
    { permissions: [], events: ["push"] },
  ],
  [
    "the members of an organisation",
    { ...ALL, permissions: withoutMembers },
    { permissions: [{ name: "members", wanted: "read", has: null }], events: [] },
  ],
  [
    "not the members of a person",
    { ...ALL, permissions: withoutMembers, page: OF_PERSON },
    { permissions: [], events: [] },
  ],
])("%s", (_, granted, expected) => {
  const missing = findMissing(granted);
  expect(missing).toEqual(expected);
  expect(isComplete(missing)).toBe(expected.permissions.length + expected.events.length === 0);
});
