import { describe, expect, test } from "vitest";
import { effectTarget } from "../../../src/domain/effect.ts";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import { environmentName, environmentOf, governs } from "../../../src/domain/gate/environment-of.ts";
import { gateContext, gateStatus } from "../../../src/domain/gate/gate-status.ts";
import { worthPosting } from "../../../src/domain/gate/worth-posting.ts";
import { buildRepository, HEAD, sha } from "../build-snapshot.ts";
import { buildGateFacts, buildGatePolicy, buildHalt, expired } from "./build-gate-facts.ts";

const policy = buildGatePolicy();
const bare = buildGatePolicy({ deploy: { ...policy.deploy, environments: [] } });

function statusFor(
  changes: Parameters<typeof buildGateFacts>[0] = {},
  cockpit: Partial<Parameters<typeof gateStatus>[0]> = {},
) {
  return gateStatus({
    repository: buildRepository(),
    policy,
    environment: "production",
    sha: HEAD,
    answer: decideGate(buildGateFacts(changes)),
    publicUrl: "https://holdpoint.example.com",
    githubUrl: "https://github.com",
    ...cockpit,
  });
}

describe("the gate's status", () => {
  test("leads to the issue of the hold", () => {
    expect(statusFor({ cases: [expired()] })).toEqual({
      kind: "status",
      repositoryId: 7,
      sha: HEAD,
      context: "holdpoint/gate",
      state: "failure",
      description: "held: integration red on the trunk since 2026-11-18 06:49 UTC (#12); admins can override",
      targetUrl: "https://github.com/acme/storefront/issues/12",
    });
  });

  test("leads to the first issue that there is, though something without one comes first", () => {
    const cases = [expired({ issueUrl: null })];
    expect(statusFor({ cases, halts: [buildHalt()] }).targetUrl).toBe(
      "https://github.com/acme/storefront/issues/4",
    );
  });

  test("leads to the report where there is no issue", () => {
    expect(statusFor()).toMatchObject({
      state: "success",
      description: "open: nothing holds it",
      targetUrl: `https://github.com/acme/storefront/commit/${HEAD}/checks`,
    });
  });

  test.each([
    ["the next deploy to its page", HEAD, "/acme/storefront?environment=production"],
    ["another commit to why", sha("newer"), `/acme/storefront/why?environment=production&sha=${HEAD}`],
    [
      "a commit to why where nobody knows what goes out next",
      null,
      `/acme/storefront/why?environment=production&sha=${HEAD}`,
    ],
  ])("leads %s, where there is a cockpit", (_what, deployHead, path) => {
    const cockpit = { cockpitUrl: "https://holdpoint.example.com", deployHead };
    expect(statusFor({ cases: [expired()] }, cockpit).targetUrl).toBe(`https://holdpoint.example.com${path}`);
  });

  test.each([
    [policy, "production", "holdpoint/gate"],
    [policy, "Production", "holdpoint/gate"],
    [policy, "staging", "holdpoint/gate (staging)"],
    [bare, "production", "holdpoint/gate"],
  ])("names environments but the main one", (given, environment, context) => {
    expect(gateContext(given, environment)).toBe(context);
  });
});

describe("the environment asked about", () => {
  test("is the policy's, however it is written; the main one where none is named", () => {
    expect(environmentOf(policy, "PRODUCTION")?.name).toBe("production");
    expect(environmentOf(policy, null)?.name).toBe("production");
    expect(environmentOf(policy, "qa")).toBeNull();
    expect(environmentName(policy, "Staging")).toBe("staging");
    expect(environmentName(policy, "qa")).toBe("qa");
    expect(environmentName(bare, null)).toBe("production");
    expect(environmentName(null, null)).toBe("production");
  });

  test("is governed where the policy names it, or names none", () => {
    expect(governs(policy, "qa")).toBe(false);
    expect(governs(policy, "staging")).toBe(true);
    expect(governs(bare, "qa")).toBe(true);
    expect(governs(null, "production")).toBe(false);
  });
});

describe("REL-47: what is worth a status", () => {
  const status = statusFor();
  const before = (state: string, revision: number) => new Map([[effectTarget(status), { state, revision }]]);

  test.each([
    ["what is not said yet", false, new Map(), true],
    ["another colour, even on a commit below the head", false, before("failure", 900), true],
    ["other words on a head", true, before("success", 14), true],
    ["other words on a head for the sixteenth time", true, before("success", 15), false],
    ["other words on a commit below", false, before("success", 1), false],
  ])("%s", (_, current, shown, posted) => {
    expect(worthPosting([{ status, current }], shown)).toEqual(posted ? [status] : []);
  });

  test("each status has a row of its own", () => {
    const other = { ...status, sha: sha("other") };
    expect(worthPosting([{ status: other, current: false }], before("success", 1))).toEqual([other]);
  });

  test("a halt without an issue's address leads to the report", () => {
    expect(statusFor({ halts: [buildHalt({ issueUrl: null })] }).targetUrl).toContain("/checks");
  });
});
