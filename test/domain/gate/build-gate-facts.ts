import { isCaseId } from "../../../src/domain/brands.ts";
import type { CaseId } from "../../../src/domain/compliance/case.ts";
import type { Finding, Verdict } from "../../../src/domain/finding.ts";
import type { GateFacts, Judgement } from "../../../src/domain/gate/gate.ts";
import type { Halt, Override, RollbackPermit } from "../../../src/domain/gate/override.ts";
import type { OverridePolicy, Policy } from "../../../src/domain/policy.ts";
import { buildPolicy, buildRepository, HEAD, known, sha } from "../build-snapshot.ts";

/** The moment of every question. */
export const AT = new Date("2026-11-21T12:00:00Z");
export function hours(count: number): Date {
  return new Date(AT.getTime() + count * 3_600_000);
}
export function caseId(id: number): CaseId {
  if (!isCaseId(id)) throw new Error(`${id} is no case`);
  return id;
}

export const OVERRIDE: OverridePolicy = {
  label: "halt-override",
  allow: { kind: "permission", permission: "admin" },
  expires: 86_400_000,
  max: 259_200_000,
  reason: "optional",
  fourEyes: false,
};

export function buildGatePolicy(changes: Partial<Policy> = {}): Policy {
  return buildPolicy({
    override: OVERRIDE,
    deploy: {
      branch: null,
      allowDiverged: false,
      environments: [
        { name: "production", base: { kind: "branch", branch: "production" } },
        { name: "staging", base: { kind: "deployment", environment: "staging" } },
      ],
    },
    ...changes,
  });
}

type Case = GateFacts["cases"][number];
type HaltFact = GateFacts["halts"][number];

/** Due an hour ago, and not confirmed: give `expiredAt` for one that is. */
export function buildCase(changes: Partial<Case> = {}): Case {
  const run = {
    sha: sha("red"),
    runId: 1,
    sequence: 1,
    said: "failure",
    at: new Date("2026-11-18T06:49:00Z"),
    url: null,
  };
  return {
    id: caseId(1),
    repositoryId: buildRepository().id,
    checkKey: "workflow ci.yml integration",
    name: "integration",
    source: { kind: "workflow", workflow: ".github/workflows/ci.yml" },
    policyName: "Integration",
    firstRed: run,
    newestRed: run,
    reds: 3,
    lastGreen: null,
    openedAt: run.at,
    adopted: false,
    grace: 259_200_000,
    verifyGrace: 0,
    environments: null,
    owners: [],
    warnedAt: run.at,
    remindedAt: null,
    deadline: hours(-1),
    verifyUntil: null,
    unverifiedSince: null,
    expiredAt: null,
    end: null,
    version: 1,
    issueUrl: "https://github.com/acme/storefront/issues/12",
    ...changes,
  };
}

export function expired(changes: Partial<Case> = {}): Case {
  return buildCase({ expiredAt: hours(-1), ...changes });
}

export function buildHalt(changes: Partial<Halt> & Pick<Partial<HaltFact>, "issueUrl"> = {}): HaltFact {
  return {
    id: 1,
    repositoryId: buildRepository().id,
    environment: null,
    by: "hubot",
    because: "the till is down",
    issueNumber: 4,
    beganAt: hours(-2),
    endedAt: null,
    issueUrl: "https://github.com/acme/storefront/issues/4",
    ...changes,
  };
}

export function buildOverride(scope: Override["scope"], changes: Partial<Override> = {}): Override {
  return {
    id: 1,
    repositoryId: buildRepository().id,
    scope,
    by: "octocat",
    because: "the fix is in it",
    beganAt: hours(-1),
    endsAt: hours(3),
    endedAt: null,
    ...changes,
  };
}

export function lifting(
  ...codes: readonly string[]
): Extract<Override["scope"], { readonly kind: "reasons" }> {
  return { kind: "reasons", environment: "production", sha: HEAD, codes };
}

export function buildPermit(changes: Partial<RollbackPermit> = {}): RollbackPermit {
  return {
    repositoryId: buildRepository().id,
    environment: "production",
    sha: HEAD,
    by: "octocat",
    because: "checkout is broken",
    beganAt: hours(-0.5),
    endsAt: hours(0.5),
    ...changes,
  };
}

export function finding(code: string, outcome: Finding["outcome"], changes: Partial<Finding> = {}): Finding {
  return {
    rule: "ticket-present",
    outcome,
    warning: false,
    code,
    message: `${code}, in full`,
    publicMessage: `${code}, for everybody`,
    commits: [],
    tickets: [],
    ...changes,
  };
}

export function verdictOf(...findings: readonly Finding[]): Verdict {
  const has = (outcome: Finding["outcome"]): boolean => findings.some((one) => one.outcome === outcome);
  return { outcome: has("fail") ? "fail" : has("unknown") ? "unknown" : "pass", findings, skipped: [] };
}

export function buildJudgement(changes: Partial<Judgement> = {}): Judgement {
  return {
    environment: "production",
    sha: HEAD,
    place: "deploy-branch",
    wasLive: false,
    verdict: verdictOf(finding("ok", "pass")),
    readAt: AT,
    ...changes,
  };
}

/** Open, unless the test says otherwise. */
export function buildGateFacts(
  changes: Partial<GateFacts> & { readonly judged?: Partial<Judgement> } = {},
): GateFacts {
  const { judged = {}, ...rest } = changes;
  return {
    at: AT,
    repository: buildRepository(),
    policy: buildGatePolicy(),
    noPolicy: null,
    heldTo: null,
    environment: "production",
    sha: HEAD,
    intent: "deploy",
    judgement: known(buildJudgement(judged)),
    cases: [],
    halts: [],
    overrides: [],
    rollbacks: [],
    ...rest,
  };
}
