import { decisionOf } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { Judged } from "./judged.ts";
import { writeReport } from "./report/report.ts";
import { contentsOf } from "./report/contents-line.ts";
import { reportUrl } from "./report/report-url.ts";
import type { DeploySnapshot } from "./snapshot.ts";
import { CHECK_RUN_NAME, PRE_DEPLOY_CONTEXT, checkRunConclusion, statusState } from "./statuses.ts";
import { checkAgainAction } from "./wording/report.ts";
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
  const shared = { repositoryId: repository.id, sha };
  return [
    {
      ...shared,
      kind: "status",
      context: PRE_DEPLOY_CONTEXT,
      state: statusState(decision),
      description,
      targetUrl: url,
    },
    {
      ...shared,
      kind: "check-run",
      name: CHECK_RUN_NAME,
      externalId: "deploy",
      conclusion: checkRunConclusion(decision),
      ...writeReport(judged, decision),
      detailsUrl: url,
      actions: [checkAgainAction()],
    },
  ];
}
