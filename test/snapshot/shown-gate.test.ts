import { describe, expect, test } from "vitest";
import { shownEnvironments, shownGate } from "../../src/snapshot/shown-gate.ts";
import type { DeployGateFacts } from "../../src/store/deploy-gate-facts.ts";
import { buildRepository, HEAD, known } from "../domain/build-snapshot.ts";
import {
  AT,
  buildGatePolicy,
  buildHalt,
  buildJudgement,
  finding,
  hours,
  verdictOf,
} from "../domain/gate/build-gate-facts.ts";

const MINUTE = 60_000;
const IN_FORCE = { policy: buildGatePolicy(), noPolicy: null, heldTo: null } as const;

function before(minutes: number): Date {
  return new Date(AT.getTime() - minutes * MINUTE);
}

function buildStored(changes: Partial<DeployGateFacts> = {}): DeployGateFacts {
  return {
    repository: buildRepository(),
    policyKey: "",
    judgements: [buildJudgement({ readAt: before(1) })],
    cases: [],
    halts: [],
    overrides: [],
    rollbacks: [],
    head: HEAD,
    lookedAt: before(1),
    lookFailed: false,
    reconciledAt: null,
    waitingSince: null,
    ...changes,
  };
}

function shown(changes: Partial<DeployGateFacts> = {}, environment: string | null = null) {
  const given = { policy: IN_FORCE, environment, githubUrl: "https://github.com", at: AT };
  return shownGate({ ...given, stored: buildStored(changes) });
}

function told(changes: Partial<DeployGateFacts> = {}) {
  const { answer, confirmedAt } = shown(changes);
  return [answer.decision, answer.reasons.map(({ code }) => code), confirmedAt];
}

describe("the gate on a page", () => {
  test.each([
    ["judged a minute ago", 1, null, "open"],
    ["judged a quarter of an hour ago", 15, null, "open"],
    ["judged longer ago", 15.1, null, "unknown"],
    ["judged long ago, and everything compared since", 600, 3, "open"],
    ["judged long ago, and compared too long ago", 600, 16, "unknown"],
    ["judged after everything was compared", 2, 16, "open"],
    ["judged in the future: somebody's clock is wrong", -16, null, "unknown"],
  ])("%s", (_, judged, compared, decision) => {
    const judgements = [buildJudgement({ readAt: before(judged) })];
    const reconciledAt = compared === null ? null : before(compared);
    const lookedAt = before(judged);
    expect(shown({ judgements, reconciledAt, lookedAt }).answer.decision).toBe(decision);
  });

  test("that the looks of a quarter of an hour could not read is unknown, however often everything was compared", () => {
    const judgements = [buildJudgement({ readAt: before(20) })];
    const unread = { judgements, reconciledAt: before(1), lookedAt: before(2) };
    expect(told(unread)).toEqual(["unknown", ["stale"], before(20)]);
  });

  test("whose look was given up is unknown, however often everything was compared", () => {
    const judgements = [buildJudgement({ readAt: before(20) })];
    const failed = { judgements, reconciledAt: before(1), lookedAt: before(20), lookFailed: true };
    expect(told(failed)).toEqual(["unknown", ["stale"], before(20)]);
  });

  test("that is not confirmed says since when, and who does what", () => {
    const { answer } = shown({ judgements: [buildJudgement({ readAt: before(20) })] });
    expect(answer.reasons).toEqual([
      {
        kind: "unverified",
        code: "stale",
        message: "what is known was not confirmed any more",
        since: before(20),
        until: null,
        who: "Holdpoint asks GitHub again by itself; “Check again” asks at once",
        url: null,
      },
    ]);
  });

  test("that was never judged is unknown, however often everything was compared", () => {
    expect(told({ judgements: [], reconciledAt: before(1) })).toEqual(["unknown", ["not-judged"], null]);
    expect(told({ judgements: [], head: null })).toEqual(["unknown", ["not-judged"], null]);
  });

  test("is held by a halt though nothing was judged", () => {
    const { issueUrl: _, ...halt } = buildHalt();
    expect(told({ judgements: [], head: null, halts: [halt] })).toEqual([
      "held",
      ["halt", "not-judged"],
      null,
    ]);
  });

  test("says of what a verdict found no beginning: it is read again and again; of a halt it does", () => {
    const { issueUrl: _, ...halt } = buildHalt();
    const verdict = verdictOf(finding("field-empty", "fail"), finding("jira-timeout", "unknown"));
    const { answer } = shown({ judgements: [buildJudgement({ verdict, readAt: before(3) })], halts: [halt] });
    expect(answer.reasons.map(({ code, since }) => [code, since])).toEqual([
      ["halt", hours(-2)],
      ["field-empty", null],
      ["jira-timeout", null],
    ]);
  });

  test("is of the environment asked for", () => {
    const staging = buildJudgement({
      environment: "staging",
      readAt: before(1),
      verdict: verdictOf(finding("x", "fail")),
    });
    const judgements = [buildJudgement({ readAt: before(1) }), staging];
    expect(shown({ judgements }, "Staging")).toMatchObject({
      environment: "staging",
      answer: { decision: "held" },
    });
    expect(shown({ judgements }).answer.decision).toBe("open");
  });

  test("REL-74: shows names in its reasons as what can be seen", () => {
    const verdict = verdictOf(finding("not-green", "fail", { message: "“a\u202Eb\u0007”" }));
    const { answer } = shown({ judgements: [buildJudgement({ verdict, readAt: before(1) })] });
    expect(answer.reasons[0]?.message).toBe("“a�b�”");
  });

  test("gives its facts to those who offer to lift it", () => {
    expect(shown().facts).toMatchObject({
      sha: HEAD,
      environment: "production",
      judgement: known({ readAt: AT }),
    });
  });
});

test.each([
  ["as the policy has them", IN_FORCE, ["production", "staging"]],
  [
    "one, where holds alone decide",
    {
      ...IN_FORCE,
      policy: buildGatePolicy({ deploy: { branch: null, allowDiverged: false, environments: [] } }),
    },
    [null],
  ],
  ["one, where there is no policy", { policy: null, noPolicy: "none", heldTo: null } as const, [null]],
  [
    "those that holds stand on, where the policy was taken away",
    { policy: null, noPolicy: "none", heldTo: buildGatePolicy() } as const,
    ["production", "staging"],
  ],
])("environments: %s", (_, policy, environments) => {
  expect(shownEnvironments(policy)).toEqual(environments);
});
