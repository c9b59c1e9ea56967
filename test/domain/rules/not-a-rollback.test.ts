import { expect, test } from "vitest";
import type { ChangeSet } from "../../../src/domain/model.ts";
import { notARollback } from "../../../src/domain/rules/not-a-rollback.ts";
import {
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  known,
  sha,
  unread,
} from "../build-snapshot.ts";

const lost = [buildCommit("a"), buildCommit("b")];

function compared(changes: Partial<ChangeSet>, allowDiverged = false): object[] {
  const policy = buildPolicy();
  const snapshot = buildDeploySnapshot({
    policy: { ...policy, deploy: { ...policy.deploy, allowDiverged } },
    changeSet: known(buildChangeSet(changes)),
  });
  return notARollback
    .evaluate(snapshot)
    .map(({ outcome, warning, code, message, commits }) => ({ outcome, warning, code, message, commits }));
}

test.each<[string, Partial<ChangeSet>, boolean, object]>([
  [
    "ahead",
    { relation: "ahead" },
    false,
    {
      outcome: "pass",
      warning: false,
      code: "ahead",
      message: "everything live on “production” is in it",
      commits: [],
    },
  ],
  [
    "identical",
    { relation: "identical", commits: [] },
    false,
    {
      outcome: "pass",
      warning: false,
      code: "identical",
      message: "nothing new for “production”",
      commits: [],
    },
  ],
  [
    "behind",
    { relation: "behind", commits: [], lost },
    false,
    {
      outcome: "fail",
      warning: false,
      code: "behind",
      message: "a step back, would take 2 commits away from “production”: e40c292, e70c2de",
      commits: [sha("a"), sha("b")],
    },
  ],
  [
    "diverged",
    { relation: "diverged", lost },
    false,
    {
      outcome: "fail",
      warning: false,
      code: "diverged",
      message: "would take 2 commits away from “production”: e40c292, e70c2de",
      commits: [sha("a"), sha("b")],
    },
  ],
  [
    "diverged by more commits than were read",
    { relation: "diverged", behindBy: 116 },
    false,
    {
      outcome: "fail",
      warning: false,
      code: "diverged",
      message: "would take 116 commits away from “production”",
      commits: [],
    },
  ],
  [
    "diverged, allowed by the policy",
    { relation: "diverged", lost },
    true,
    {
      outcome: "pass",
      warning: true,
      code: "diverged",
      message: "would take 2 commits away from “production”: e40c292, e70c2de",
      commits: [sha("a"), sha("b")],
    },
  ],
])("%s", (_, changes, allowed, finding) => {
  expect(compared(changes, allowed)).toEqual([finding]);
});

test("a base branch that does not exist is unknown, and named to those who may know it", () => {
  const base = unread("branch-not-found", "production");
  expect(notARollback.evaluate(buildDeploySnapshot({ base }))).toMatchObject([
    {
      outcome: "unknown",
      code: "branch-not-found",
      message: "what is live is not known: the branch does not exist (production)",
    },
  ]);
});
