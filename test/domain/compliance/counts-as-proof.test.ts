import { expect, test } from "vitest";
import {
  DEFAULT_EVENTS,
  isOwnStatus,
  isProvingEvent,
} from "../../../src/domain/compliance/counts-as-proof.ts";
import { app, STATUS } from "./build-evidence.ts";

test.each([
  ["push", true],
  ["schedule", true],
  ["merge_group", true],
  ["workflow_dispatch", false],
  ["pull_request", false],
  ["pull_request_target", false],
  [null, true],
])("by default a run for %s proves something: %s", (event, proves) => {
  expect(isProvingEvent(event, DEFAULT_EVENTS)).toBe(proves);
});

test.each(["pull_request", "pull_request_target", "pull_request_review"])(
  "%s proves nothing even where a policy names it",
  (event) => {
    expect(isProvingEvent(event, [event, "push"])).toBe(false);
  },
);

test("another event proves something where a policy names it", () => {
  expect(isProvingEvent("workflow_dispatch", ["workflow_dispatch"])).toBe(true);
  expect(isProvingEvent("push", ["workflow_dispatch"])).toBe(false);
});

test.each([
  ["holdpoint/gate", STATUS, true],
  ["Holdpoint/Gate (staging)", STATUS, true],
  ["holdpoint", STATUS, false],
  ["ci/holdpoint/gate", STATUS, false],
  ["holdpoint/gate", app("some-ci", 9), false],
])("the status %s is our own: %s %s", (name, source, own) => {
  expect(isOwnStatus({ name, source })).toBe(own);
});
