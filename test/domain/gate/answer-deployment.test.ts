import { assert, constantFrom, property, record, string, array } from "fast-check";
import { describe, expect, test } from "vitest";
import { answerDeployment } from "../../../src/domain/gate/answer-deployment.ts";
import type { GateAnswer, Reason } from "../../../src/domain/gate/gate.ts";

const ASKED = new Date("2026-03-02T10:00:00Z");
const ENDS = new Date("2026-03-02T10:30:00Z");
const JOB = { askedAt: ASKED, endsAt: ENDS };
const BEFORE = new Date(ENDS.getTime() - 1);

function reason(changes: Partial<Reason> = {}): Reason {
  return {
    kind: "halt",
    code: "halt",
    message: "halted by octocat",
    since: ASKED,
    until: null,
    who: "octocat or admins can end it",
    url: null,
    ...changes,
  };
}

function gate(changes: Partial<GateAnswer>): GateAnswer {
  return { decision: "open", wouldBe: "open", mode: "enforce", reasons: [], changesAt: null, ...changes };
}

const HELD = gate({ decision: "held", wouldBe: "held", reasons: [reason()] });
const UNKNOWN = gate({ decision: "unknown", wouldBe: "unknown", reasons: [reason({ kind: "unverified" })] });
const NO_POLICY = gate({
  decision: "unknown",
  wouldBe: "unknown",
  mode: null,
  reasons: [
    reason({ kind: "policy", code: "no-policy", message: "the repository has no policy", who: "add one" }),
  ],
});
const NOT_NAMED = gate({
  decision: "unknown",
  wouldBe: "unknown",
  reasons: [reason({ kind: "policy", code: "environment-not-in-policy" })],
});

describe("J1 at the door of deployment protection rules", () => {
  test.each<readonly [string, GateAnswer, Date, string, string]>([
    ["open", gate({}), BEFORE, "approved", "The gate is open."],
    ["open at the very end", gate({}), ENDS, "approved", "The gate is open."],
    [
      "open because something was lifted",
      gate({
        reasons: [
          reason({ kind: "override", code: "override", message: "the halt by hubot lifted by octocat" }),
        ],
      }),
      BEFORE,
      "approved",
      "The gate is open.\n\n- the halt by hubot lifted by octocat – octocat or admins can end it",
    ],
    [
      "open because it is only observed",
      gate({ wouldBe: "held", mode: "observe", reasons: [reason()] }),
      BEFORE,
      "approved",
      "The policy only observes: this would not go out if it were enforced.\n\n- halted by octocat – octocat or admins can end it",
    ],
    [
      "held, with time left",
      HELD,
      BEFORE,
      "report",
      "The gate is not open, so this job waits; if it is still shut at 2026-03-02 10:30 UTC, the job is rejected.\n\n- halted by octocat – octocat or admins can end it",
    ],
    [
      "unknown, with time left",
      UNKNOWN,
      BEFORE,
      "report",
      "The gate is not open, so this job waits; if it is still shut at 2026-03-02 10:30 UTC, the job is rejected.\n\n- halted by octocat – octocat or admins can end it",
    ],
    [
      "held, at the very end",
      HELD,
      ENDS,
      "rejected",
      "The gate was not open since 2026-03-02 10:00 UTC, so this job is rejected. Run it again once the gate is open.\n\n- halted by octocat – octocat or admins can end it",
    ],
    [
      "unknown, at the very end",
      UNKNOWN,
      ENDS,
      "rejected",
      "The gate was not open since 2026-03-02 10:00 UTC, so this job is rejected. Run it again once the gate is open.\n\n- halted by octocat – octocat or admins can end it",
    ],
    [
      "no policy: nothing is waited for",
      NO_POLICY,
      BEFORE,
      "rejected",
      "This job is rejected.\n\n- the repository has no policy – add one",
    ],
    [
      "an environment that the policy does not name",
      NOT_NAMED,
      BEFORE,
      "approved",
      "Not governed: the policy of this repository does not name this environment.",
    ],
    [
      "J9: one that was left out of the policy while it is halted",
      gate({ ...HELD, reasons: [...HELD.reasons, ...NOT_NAMED.reasons] }),
      BEFORE,
      "report",
      "The gate is not open, so this job waits; if it is still shut at 2026-03-02 10:30 UTC, the job is rejected.\n\n- halted by octocat – octocat or admins can end it\n- halted by octocat – octocat or admins can end it",
    ],
    ...(["case", "unverified"] as const).map(
      (kind) =>
        [
          `J9: one that was left out of the policy while a reason of kind ${kind} holds it`,
          gate({ ...NOT_NAMED, reasons: [...NOT_NAMED.reasons, reason({ kind })] }),
          ENDS,
          "rejected",
          "The gate was not open since 2026-03-02 10:00 UTC, so this job is rejected. Run it again once the gate is open.\n\n- halted by octocat – octocat or admins can end it\n- halted by octocat – octocat or admins can end it",
        ] as const,
    ),
    [
      "J9: one that was left out, and the halt is lifted",
      gate({ ...NOT_NAMED, reasons: [...NOT_NAMED.reasons, reason({ kind: "override", code: "override" })] }),
      BEFORE,
      "approved",
      "Not governed: the policy of this repository does not name this environment.",
    ],
  ])("%s", (_, given, at, answer, comment) => {
    expect(answerDeployment(given, JOB, at)).toEqual({ answer, comment });
  });

  test("what waits says the same as long as nothing changes: GitHub takes ten reports", () => {
    const later = new Date(ASKED.getTime() + 60_000);
    expect(answerDeployment(HELD, JOB, later)).toEqual(answerDeployment(HELD, JOB, ASKED));
  });

  test("many reasons: the first ones, and how many more there are", () => {
    const reasons = Array.from({ length: 40 }, (_, index) =>
      reason({ message: `reason number ${index} ${"x".repeat(60)}`, who: "" }),
    );
    const { comment } = answerDeployment({ ...HELD, reasons }, JOB, BEFORE);
    expect(comment.length).toBeLessThanOrEqual(1_024);
    const lines = comment.split("\n- ");
    expect(lines.at(-1)).toBe(`and ${40 - (lines.length - 2)} more`);
    expect(lines.length).toBeGreaterThan(8);
  });

  test("REL-74: a reason that quotes strangers mentions, links and loads nothing", () => {
    const message = "halted: @acme/everyone see https://evil.example ![x](y) #1 <img src=x> `a`";
    const { comment } = answerDeployment({ ...HELD, reasons: [reason({ message, who: "" })] }, JOB, BEFORE);
    const outside = comment.replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(outside).not.toMatch(/[@#<[]|https?:/);
  });

  test("whatever the reasons are, a comment fits, and only an open gate or an ungoverned one is approved", () => {
    assert(
      property(
        constantFrom<GateAnswer["decision"]>("open", "held", "unknown"),
        array(record({ message: string({ maxLength: 3_000 }), who: string({ maxLength: 3_000 }) }), {
          maxLength: 30,
        }),
        constantFrom(BEFORE, ENDS),
        (decision, texts, at) => {
          const given = gate({ decision, wouldBe: decision, reasons: texts.map((text) => reason(text)) });
          const { answer, comment } = answerDeployment(given, JOB, at);
          expect(answer === "approved").toBe(decision === "open");
          expect(comment.length).toBeLessThanOrEqual(1_024);
        },
      ),
      { numRuns: 300 },
    );
  });
});
