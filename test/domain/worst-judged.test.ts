import { expect, test } from "vitest";
import { evaluate } from "../../src/domain/evaluate.ts";
import type { Judged } from "../../src/domain/judged.ts";
import type { PullRequestSnapshot } from "../../src/domain/snapshot.ts";
import { worstOf } from "../../src/domain/worst-judged.ts";
import {
  answers,
  buildCarriage,
  buildPolicy,
  buildPullRequest,
  buildPullRequestSnapshot,
  buildTicket,
  missing,
  unread,
} from "./build-snapshot.ts";

const ANSWERS = {
  pass: buildTicket("PLAY-1"),
  fail: missing(),
  unknown: unread("jira-timeout"),
} as const;

function judged(
  number: number,
  outcome: keyof typeof ANSWERS,
  policy = buildPolicy(),
): Judged<PullRequestSnapshot> {
  const snapshot = buildPullRequestSnapshot({
    policy,
    pullRequests: [buildPullRequest({ number })],
    tickets: answers({ "PLAY-1": ANSWERS[outcome] }),
  });
  const carriage = buildCarriage();
  return { snapshot, carriage, verdict: evaluate(snapshot, carriage), publicUrl: "" };
}

const observe = buildPolicy({ mode: "observe" });
const allow = buildPolicy({ onUnknown: "allow" });

test.each([
  ["a fail before a pass", [judged(1, "pass"), judged(2, "fail")], 2],
  ["a fail before what is unknown", [judged(1, "unknown"), judged(2, "fail"), judged(3, "unknown")], 2],
  ["what is unknown before a pass", [judged(1, "pass"), judged(2, "unknown")], 2],
  ["the first of equals", [judged(1, "fail"), judged(2, "fail")], 1],
  ["the only one", [judged(1, "pass")], 1],
  ["also where everything is open", [judged(1, "pass", observe), judged(2, "fail", observe)], 2],
  ["also where unknown is let through", [judged(1, "pass", allow), judged(2, "unknown", allow)], 2],
])("%s", (_, [first, ...others], number) => {
  const worst = first === undefined ? undefined : worstOf(first, others);
  expect(worst?.snapshot.pullRequests.map((one) => one.number)).toEqual([number]);
});
