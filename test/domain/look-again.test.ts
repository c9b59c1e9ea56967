import { describe, expect, test } from "vitest";
import { growPause, momentToRetry, whenToLookAgain } from "../../src/domain/look-again.ts";
import type { Reading } from "../../src/domain/model.ts";
import type { Snapshot } from "../../src/domain/snapshot.ts";
import {
  answers,
  buildDeploySnapshot,
  buildPullRequestSnapshot,
  TAKEN_AT as AT,
  unread,
} from "./build-snapshot.ts";

function seconds(count: number): Date {
  return new Date(AT.getTime() + count * 1_000);
}

test.each([
  ["nobody said when: in a minute", null, 60],
  ["sooner than in a minute: in a minute all the same", 10, 60],
  ["later: then", 300, 300],
])("what could not be read is read again; %s", (_, said, then) => {
  expect(momentToRetry(said === null ? null : seconds(said), AT)).toEqual(seconds(then));
});

test.each([
  [0, 60],
  [1, 120],
  [2, 240],
  [3, 480],
  [4, 900],
  [5, 900],
  [5_000, 900],
])("after %i looks in a row that could not read, in %i seconds", (pauses, then) => {
  expect(growPause(seconds(60), AT, pauses)).toEqual(seconds(then));
});

test("the other side's own moment is not brought forward", () => {
  expect(growPause(seconds(3_600), AT, 4)).toEqual(seconds(3_600));
});

describe("what makes a look necessary", () => {
  const later: Reading<never> = { ...unread("github-rate-limited"), retryAt: seconds(300) };
  const deploy = buildDeploySnapshot;

  test.each<readonly [claim: string, snapshot: Snapshot, then: number | null]>([
    ["all is known: nothing", deploy(), null],
    ["a pull request of which all is known: nothing", buildPullRequestSnapshot(), null],
    ["the change set", deploy({ changeSet: later }), 300],
    ["the change set of a pull request", buildPullRequestSnapshot({ changeSet: later }), 300],
    ["Jira's projects", deploy({ projects: later }), 300],
    ["a ticket", deploy({ tickets: answers({ "PLAY-1": later }) }), 300],
    ["what is live", deploy({ base: later }), 300],
    ["the checks", deploy({ checks: later }), 300],
    ["the open pull requests", deploy({ openPullRequests: later }), 300],
    ["what is outside of the range", deploy({ outside: later }), 300],
    ["of several, the first to be had", deploy({ base: later, checks: unread("github-unreachable") }), 60],
    [
      "tickets that nobody asks for: nothing",
      deploy({ tickets: { state: "off", because: "no-settings" } }),
      null,
    ],
  ])("%s", (_, snapshot, then) => {
    expect(whenToLookAgain(snapshot, AT)).toEqual(then === null ? null : seconds(then));
  });
});
