import { describe, expect, test } from "vitest";
import type { Judged } from "../../src/domain/judged.ts";
import { recordUnjudged, recordVerdict } from "../../src/domain/record-verdict.ts";
import {
  buildDeploySnapshot,
  buildPolicy,
  buildPullRequestSnapshot,
  buildRepository,
  HEAD,
} from "./build-snapshot.ts";
import { finding, verdictOf } from "./gate/build-gate-facts.ts";

const judged: Judged = {
  snapshot: buildDeploySnapshot(),
  carriage: null,
  verdict: verdictOf(finding("ok", "pass"), finding("no-ticket", "fail"), finding("running", "unknown")),
  publicUrl: "https://holdpoint.example.com",
};
const shared = { what: "verdict", repository: 7, head: HEAD };

describe("the audit keeps of a verdict", () => {
  test("what it is, and all that does not pass", () => {
    expect(recordVerdict("deploy:7", judged)).toEqual({
      ...shared,
      subject: "deploy:7",
      environment: "production",
      decision: "held",
      would_be: "held",
      because: "verdict",
      policy: null,
      findings: ["ticket-present: fail, no-ticket", "ticket-present: unknown, running"],
    });
  });

  test("of a pull request no environment; what would have been held; the policy's commit", () => {
    const policy = buildPolicy({ mode: "observe" });
    const source = { sha: "abc", organisationSha: null };
    const inForce = { state: "in-force", policy, source, problems: [], stale: "no" } as const;
    const snapshot = buildPullRequestSnapshot({ policy });
    expect(recordVerdict("pull-request:7:12", { ...judged, snapshot, policyState: inForce })).toMatchObject({
      environment: null,
      decision: "open",
      would_be: "held",
      because: "observe",
      policy: "abc",
    });
  });

  test("no commit of a policy that is not in force", () => {
    expect(recordVerdict("deploy:7", { ...judged, policyState: { state: "none" } })).toMatchObject({
      policy: null,
    });
  });
});

test.each([
  ["success", "open"],
  ["pending", "unknown"],
] as const)("of what was not judged, and shown as %s: why", (state, decision) => {
  const status = {
    repositoryId: buildRepository().id,
    sha: HEAD,
    state,
    description: "the policy asks for no tickets",
  };
  expect(recordUnjudged("merge-group:7", status)).toEqual({
    ...shared,
    subject: "merge-group:7",
    environment: null,
    decision,
    would_be: decision,
    because: "nothing-to-judge",
    policy: null,
    findings: ["the policy asks for no tickets"],
  });
});
