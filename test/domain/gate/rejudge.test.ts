import { expect, test } from "vitest";
import { rejudge } from "../../../src/domain/gate/rejudge.ts";
import type { CheckSelector } from "../../../src/domain/policy.ts";
import {
  answers,
  BASE,
  buildCarriage,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  buildTicket,
  key,
  known,
  sha,
} from "../build-snapshot.ts";
import { AT, buildJudgement, finding, hours, verdictOf } from "./build-gate-facts.ts";

const early = { ...buildCommit("early", "PLAY-1: Early"), parents: [BASE] };
const late = { ...buildCommit("late", "Late"), parents: [early.sha] };
const unit: CheckSelector = {
  kind: "status",
  status: { pattern: "ci/unit", matches: (name) => name === "ci/unit" },
};

function headFacts({ ticket = buildTicket("PLAY-1"), requiredChecks = [] as readonly CheckSelector[] } = {}) {
  const snapshot = buildDeploySnapshot({
    policy: buildPolicy({ requiredChecks }),
    head: late.sha,
    changeSet: known(buildChangeSet({ commits: [early, late], head: late.sha })),
    tickets: answers({ "PLAY-1": ticket }),
    checks: known([]),
  });
  const carriage = buildCarriage({
    tickets: [{ key: key("PLAY-1"), commits: [early.sha], reverted: false }],
  });
  const verdict = verdictOf(finding("no-ticket", "fail"));
  const publicUrl = "https://holdpoint.example.com";
  return { judged: { snapshot, carriage, verdict, publicUrl }, live: [], readAt: AT };
}
const before = buildJudgement({ sha: early.sha, place: "elsewhere", readAt: hours(-9) });

test("an earlier commit is judged by its own range: the head's missing ticket is not its own", () => {
  const again = rejudge(headFacts(), before);
  expect(again?.judgement).toMatchObject({
    sha: early.sha,
    place: "deploy-branch",
    readAt: AT,
    verdict: { outcome: "pass" },
  });
  expect(again?.statuses.map(({ sha: of, context, state }) => [of, context, state])).toEqual([
    [early.sha, "holdpoint/pre-deploy", "success"],
  ]);
});

test("a ticket that was moved back holds the earlier commit too", () => {
  const ticket = buildTicket("PLAY-1", { status: { name: "In Review", category: "indeterminate" } });
  const again = rejudge(headFacts({ ticket }), before);
  expect(again?.judgement.verdict?.outcome).toBe("fail");
  expect(again?.statuses.map(({ state, description }) => [state, description])).toEqual([
    ["failure", "1 ticket in status “In Review”: PLAY-1"],
  ]);
});

test("a commit that is not in the range is not judged here", () => {
  expect(rejudge(headFacts(), { ...before, sha: sha("other") })).toBeNull();
});

test("what the head's facts do not tell stays unjudged", () => {
  const facts = headFacts();
  const { snapshot } = facts.judged;
  const behind = {
    ...snapshot,
    changeSet: known(buildChangeSet({ commits: [early, late], relation: "diverged" })),
  };
  const again = rejudge({ ...facts, judged: { ...facts.judged, snapshot: behind } }, before);
  expect(again).toEqual({
    judgement: { ...before, place: "deploy-branch", verdict: null, readAt: AT },
    statuses: [],
  });
});

test("required checks are its own, as they were last read, not the head's", () => {
  const facts = headFacts({ requiredChecks: [unit] });
  const green = verdictOf(finding("ok", "pass", { rule: "required-checks" }));
  const red = verdictOf(finding("not-green", "fail", { rule: "required-checks" }));
  const outcomeWith = (verdict: typeof green | null) =>
    rejudge(facts, { ...before, verdict })?.judgement.verdict?.outcome;
  expect(outcomeWith(green)).toBe("pass");
  expect(outcomeWith(red)).toBe("fail");
  expect(outcomeWith(null)).toBeUndefined();
});

test("what keeps what its required checks said is as old as that; the rest is as new as the head's facts", () => {
  const long = new Date(AT.getTime() - 3_600_000);
  const verdict = verdictOf(finding("ok", "pass", { rule: "required-checks" }));
  const readAt = (facts: ReturnType<typeof headFacts>) =>
    rejudge(facts, { ...before, verdict, readAt: long })?.judgement.readAt;
  expect(readAt(headFacts({ requiredChecks: [unit] }))).toEqual(long);
  expect(readAt(headFacts())).toEqual(AT);
});
