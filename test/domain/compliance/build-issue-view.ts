import type { CaseId, ComplianceCase, RedRun } from "../../../src/domain/compliance/case.ts";
import type { IssueView } from "../../../src/domain/compliance/issue-view.ts";
import type { Policy } from "../../../src/domain/policy.ts";
import { buildPolicy, buildRepository, sha } from "../build-snapshot.ts";

export const HOUR = 3_600_000;
/** When the check went red. */
export const BROKE = new Date("2026-03-02T10:00:00Z");
export const RED = sha("red");
export const GREEN = sha("green");

export function hoursAfter(hours: number): Date {
  return new Date(BROKE.getTime() + hours * HOUR);
}

export function redRun(changes: Partial<RedRun> = {}): RedRun {
  return {
    sha: RED,
    runId: 11,
    sequence: 101,
    said: "failure",
    at: BROKE,
    url: "https://github.com/acme/storefront/actions/runs/11/job/101",
    ...changes,
  };
}

function caseId(id: number): CaseId {
  if (!isCaseId(id)) throw new Error("cases count from 1");
  return id;
}
function isCaseId(id: number): id is CaseId {
  return id > 0;
}

/** Open, warned of at once, due after 72 hours. */
export function buildCase(
  changes: Partial<Omit<ComplianceCase, "id">> & { readonly id?: number } = {},
): ComplianceCase {
  const { id = 1, ...others } = changes;
  return {
    repositoryId: buildRepository().id,
    checkKey: `workflow ci ${others.name ?? "integration tests"}`,
    name: "integration tests",
    source: { kind: "workflow", workflow: ".github/workflows/ci.yml" },
    policyName: "Integration",
    firstRed: redRun(),
    newestRed: redRun(),
    reds: 1,
    lastGreen: GREEN,
    openedAt: BROKE,
    adopted: false,
    grace: 72 * HOUR,
    verifyGrace: 0,
    environments: null,
    owners: ["@acme/server"],
    warnedAt: BROKE,
    remindedAt: null,
    deadline: hoursAfter(72),
    verifyUntil: null,
    unverifiedSince: null,
    expiredAt: null,
    end: null,
    version: 1,
    ...others,
    id: caseId(id),
  };
}

export function expired(changes: Parameters<typeof buildCase>[0] = {}): ComplianceCase {
  return buildCase({ expiredAt: hoursAfter(72), ...changes });
}

export function green(changes: Parameters<typeof buildCase>[0] = {}): ComplianceCase {
  const end = {
    as: "green",
    at: hoursAfter(5),
    by: null,
    because: null,
    url: "https://github.com/acme/storefront/actions/runs/12",
    sha: sha("fix"),
  } as const;
  return buildCase({ end, ...changes });
}

export function issuePolicy(changes: Partial<Policy> = {}): Policy {
  const policy = buildPolicy();
  return {
    ...policy,
    deferred: {
      ...policy.deferred,
      grace: 72 * HOUR,
      label: "deferred-compliance",
      haltLabel: "deploy-halt",
      hour: HOUR,
    },
    override: { ...policy.override, label: "halt-override", expires: 24 * HOUR, max: 72 * HOUR },
    ...changes,
  };
}

export const SLACK = { channel: "#deploys", people: new Map([["octocat", "U012AB3CD"]]) } as const;

export function buildView(changes: Partial<IssueView> = {}): IssueView {
  return {
    repository: buildRepository(),
    policy: issuePolicy(),
    firstRed: RED,
    cases: [buildCase()],
    range: {
      after: GREEN,
      upTo: RED,
      commits: [{ sha: RED, subject: "Merge pull request #12", isMerge: true, pullRequest: 12 }],
      pullRequests: [
        {
          number: 12,
          title: "Charge in euros",
          url: "https://github.com/acme/storefront/pull/12",
          author: "octocat",
        },
      ],
      incomplete: false,
    },
    people: {
      tagged: [
        { kind: "person", name: "octocat", because: "author" },
        { kind: "team", name: "acme/payments", because: "code-owner" },
        { kind: "team", name: "acme/server", because: "owner" },
      ],
      listed: [],
      ownersMayBeIncomplete: false,
    },
    overrides: [],
    publicUrl: "https://holdpoint.example.com",
    githubUrl: "https://github.com",
    ...changes,
  };
}
