import { decisionOf } from "./decision.ts";
import { deployEffects } from "./deploy-effects.ts";
import type { Effect } from "./effect.ts";
import type { Judged } from "./judged.ts";
import { writeReport } from "./report/report.ts";
import { contentsOf } from "./report/contents-line.ts";
import { reportUrl } from "./report/report-url.ts";
import type { DeploySnapshot } from "./snapshot.ts";
import { statusText } from "./wording/status.ts";

/**
 * What the deploy head shows for the verdict: the status and the check run with the report. Only the main
 * environment is shown; other environments have no status of their own here.
 */
export function decideDeploy(judged: Judged<DeploySnapshot>): readonly Effect[] {
  const { snapshot, verdict } = judged;
  const { repository, policy, environment, head: sha } = snapshot;
  if (policy.deploy.environments[0]?.name !== environment) return [];
  const decision = decisionOf(verdict, policy);
  const contents = contentsOf(judged);
  const url = reportUrl(judged);
  const description = statusText({
    decision,
    findings: verdict.findings,
    private: repository.private,
    contents,
  });
  return deployEffects({
    repositoryId: repository.id,
    sha,
    decision,
    description,
    url,
    report: writeReport(judged, decision),
  });
}
