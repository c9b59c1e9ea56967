import { expect, test } from "vitest";
import type { Policy } from "../../src/domain/policy.ts";
import { watchOf } from "../../src/domain/watch.ts";
import { buildGatePolicy } from "./gate/build-gate-facts.ts";
import { buildRepository } from "./build-snapshot.ts";

function watchFor(policy: Policy) {
  const source = { sha: "a", organisationSha: null };
  return watchOf({ state: "in-force", policy, source, problems: [], stale: "no" }, buildRepository());
}

test.each<
  readonly [
    claim: string,
    branches: { trunk: string | null; deploy: string | null },
    trunk: string,
    deploy: string,
  ]
>([
  ["neither is named: the default branch is both", { trunk: null, deploy: null }, "main", "main"],
  ["what is deployed is the trunk, unless it is named", { trunk: "next", deploy: null }, "next", "next"],
  ["both are named", { trunk: "next", deploy: "release" }, "next", "release"],
])("%s", (_, branches, trunk, deployBranch) => {
  const { deploy } = buildGatePolicy();
  const policy = buildGatePolicy({ trunk: branches.trunk, deploy: { ...deploy, branch: branches.deploy } });
  expect(watchFor(policy)).toMatchObject({ trunk, deployBranch });
});

test("bases are branches and environments, each once", () => {
  const { deploy } = buildGatePolicy();
  const environments = [
    { name: "production", base: { kind: "branch", branch: "live" } },
    { name: "canary", base: { kind: "branch", branch: "live" } },
    { name: "staging", base: { kind: "deployment", environment: "stage" } },
    { name: "preview", base: { kind: "deployment", environment: "stage" } },
  ] as const;
  expect(watchFor(buildGatePolicy({ deploy: { ...deploy, environments } }))).toMatchObject({
    governed: true,
    baseBranches: ["live"],
    baseEnvironments: ["stage"],
    requiredChecks: false,
    deferredChecks: false,
  });
});

test("checks are listened to where the policy names some", () => {
  const name = { pattern: "unit", matches: (text: string) => text === "unit" };
  const match = { kind: "status", status: name } as const;
  const check = {
    name: "unit",
    match,
    grace: 0,
    environments: null,
    events: [],
    confirm: 1,
    verifyGrace: 0,
    owners: [],
  };
  const { deferred } = buildGatePolicy();
  const policy = buildGatePolicy({ requiredChecks: [match], deferred: { ...deferred, checks: [check] } });
  expect(watchFor(policy)).toMatchObject({ requiredChecks: true, deferredChecks: true });
});
