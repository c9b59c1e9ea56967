import { describe, expect, test } from "vitest";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import type { GateFacts } from "../../../src/domain/gate/gate.ts";
import { whyTree, type WhyTree } from "../../../src/domain/gate/why-tree.ts";
import { known } from "../build-snapshot.ts";
import {
  buildCase,
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildJudgement,
  buildOverride,
  caseId,
  expired,
  finding,
  hours,
  lifting,
  verdictOf,
} from "./build-gate-facts.ts";

function treeOf(facts: GateFacts): WhyTree {
  return whyTree(facts, decideGate(facts));
}

/** Where each reason stands, by its code. */
function places({ ground, holds, lifted, place, verdict }: WhyTree) {
  const codes = (given: readonly { readonly code: string }[]) => given.map(({ code }) => code);
  return {
    ground: codes(ground),
    holds: codes(holds),
    lifted: codes(lifted),
    place: place?.reason?.code ?? null,
    verdict: verdict?.rules.flatMap(({ findings }) => codes(findings)) ?? null,
  };
}

const NOTHING = { ground: [], holds: [], lifted: [], place: null, verdict: ["ok"] };
const HELD = { verdict: verdictOf(finding("no-ticket", "fail")) };

describe("every reason stands in exactly one place", () => {
  test.each<[string, GateFacts, Partial<ReturnType<typeof places>>]>([
    ["nothing holds", buildGateFacts(), {}],
    [
      "a halt and an expired case",
      buildGateFacts({ halts: [buildHalt()], cases: [expired()] }),
      {
        holds: ["expired", "halt"],
      },
    ],
    [
      "an expiry that nobody confirmed",
      buildGateFacts({ cases: [buildCase()] }),
      {
        holds: ["expiry-unverified"],
      },
    ],
    ["a finding", buildGateFacts({ judged: HELD }), { verdict: ["no-ticket"] }],
    [
      "a commit elsewhere",
      buildGateFacts({ judged: { place: "elsewhere" } }),
      {
        place: "not-on-deploy-branch",
      },
    ],
    [
      "an override of a finding: who lifted it, and the finding itself",
      buildGateFacts({ judged: HELD, overrides: [buildOverride(lifting("no-ticket"))] }),
      { lifted: ["override"], verdict: ["no-ticket"] },
    ],
    [
      "an override of a case: who lifted it",
      buildGateFacts({
        cases: [expired()],
        overrides: [buildOverride({ kind: "cases", caseIds: [caseId(1)], environment: null })],
      }),
      { lifted: ["override"] },
    ],
    ["no policy", buildGateFacts({ policy: null, noPolicy: "none" }), { ground: ["no-policy"] }],
    [
      "a policy that cannot be used",
      buildGateFacts({ policy: null, noPolicy: "unusable" }),
      {
        ground: ["policy-unusable"],
      },
    ],
    [
      "an environment that the policy does not name",
      buildGateFacts({ environment: "canary" }),
      {
        ground: ["environment-not-in-policy"],
      },
    ],
    [
      "facts that could not be read",
      buildGateFacts({
        judgement: { state: "unknown", because: "github-unreachable", detail: "", retryAt: null },
      }),
      { ground: ["github-unreachable"], verdict: null },
    ],
    [
      "no such commit",
      buildGateFacts({ judgement: { state: "missing", detail: "" } }),
      { ground: ["no-such-commit"], verdict: null },
    ],
    ["facts that are too old", buildGateFacts({ judged: { readAt: hours(-1) } }), { ground: ["stale"] }],
    [
      "a commit that was never judged for it",
      buildGateFacts({ judged: { verdict: null } }),
      { ground: ["not-judged"], verdict: null },
    ],
    [
      "a rollback to what was never live",
      buildGateFacts({ intent: "rollback", judged: HELD }),
      { ground: ["never-live"], verdict: ["no-ticket"] },
    ],
    [
      "a rollback to what was live",
      buildGateFacts({ intent: "rollback", judged: { ...HELD, wasLive: true } }),
      { lifted: ["rollback"], verdict: ["no-ticket"] },
    ],
  ])("%s", (_what, facts, wanted) => {
    expect(places(treeOf(facts))).toEqual({ ...NOTHING, ...wanted });
  });
});

describe("the verdict", () => {
  test("has every rule of a deploy, with its question and what it found", () => {
    const judged = {
      verdict: {
        ...verdictOf(
          finding("ok", "pass", { rule: "not-a-rollback" }),
          finding("no-ticket", "fail"),
          finding("field-empty", "unknown", { rule: "ticket-fields" }),
          finding("moved", "pass", { rule: "ticket-complete", warning: true }),
        ),
        skipped: ["ticket-found"] as const,
      },
    };
    const rules = treeOf(buildGateFacts({ judged })).verdict?.rules ?? [];
    expect(rules.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["not-a-rollback", "pass"],
      ["required-checks", "not-asked"],
      ["ticket-present", "fail"],
      ["ticket-found", "off"],
      ["ticket-fields", "unknown"],
      ["ticket-status", "not-asked"],
      ["ticket-complete", "warning"],
    ]);
    expect(rules.map(({ question }) => question).every((one) => one.endsWith("?"))).toBe(true);
  });

  test("marks what somebody lifted for now, and that alone", () => {
    const judged = { verdict: verdictOf(finding("no-ticket", "fail"), finding("field-empty", "fail")) };
    const lift = buildOverride(lifting("no-ticket"));
    const codes = (facts: GateFacts) =>
      treeOf(facts).verdict?.rules.flatMap(({ findings }) =>
        findings.flatMap(({ lifted, code }) => (lifted ? [code] : [])),
      );
    expect(codes(buildGateFacts({ judged, overrides: [lift] }))).toEqual(["no-ticket"]);
    expect(codes(buildGateFacts({ judged }))).toEqual([]);
    expect(codes(buildGateFacts({ judged, policy: null, noPolicy: "none" }))).toEqual([]);
    const all = buildOverride(lifting("no-ticket", "field-empty"));
    const rules = treeOf(buildGateFacts({ judged, overrides: [all] })).verdict?.rules ?? [];
    expect(rules.find(({ name }) => name === "ticket-present")?.outcome).toBe("warning");
  });

  test.each([
    ["hold", "unknown", false],
    ["allow", "unknown", true],
    ["allow", "fail", false],
    ["allow", "pass", false],
  ] as const)("on_unknown: %s, a finding that is %s: let through %s", (onUnknown, outcome, letThrough) => {
    const judgement = known(buildJudgement({ verdict: verdictOf(finding("jira-timeout", outcome)) }));
    const facts = buildGateFacts({ judgement, policy: buildGatePolicy({ onUnknown }) });
    expect(treeOf(facts).verdict?.letThrough).toBe(letThrough);
  });
});
