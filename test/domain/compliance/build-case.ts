import { isCaseId } from "../../../src/domain/brands.ts";
import type { ComplianceCase, RedRun } from "../../../src/domain/compliance/case.ts";
import { buildRepository, sha } from "../build-snapshot.ts";
import { HOUR, START, after } from "./case-history.ts";

export function buildRun(changes: Partial<RedRun> = {}): RedRun {
  const url = "https://github.com/acme/storefront/actions/runs/2/job/201";
  return { sha: sha("commit 2"), runId: 2, sequence: 201, said: "failure", at: START, url, ...changes };
}

/** Open, warned of, due in 72 h, unless told otherwise. */
export function buildCase(changes: Partial<ComplianceCase> = {}): ComplianceCase {
  const id = 1;
  if (!isCaseId(id)) throw new Error("ids count from 1");
  return {
    id,
    repositoryId: buildRepository().id,
    checkKey: '["workflow","long.yml","long"]',
    name: "long",
    source: { kind: "workflow", workflow: ".github/workflows/long.yml" },
    policyName: "Long",
    firstRed: buildRun(),
    newestRed: buildRun(),
    reds: 1,
    lastGreen: null,
    openedAt: START,
    adopted: false,
    grace: 72 * HOUR,
    verifyGrace: 0,
    environments: null,
    owners: [],
    warnedAt: START,
    remindedAt: null,
    deadline: after(72 * HOUR),
    verifyUntil: null,
    unverifiedSince: null,
    expiredAt: null,
    end: null,
    version: 3,
    ...changes,
  };
}
