import { decisionOf } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { Judged } from "./judged.ts";
import { contentsOf } from "./report/contents-line.ts";
import { writeReport } from "./report/report.ts";
import { reportUrl } from "./report/report-url.ts";
import type { PullRequestSnapshot } from "./snapshot.ts";
import { CHECK_RUN_NAME, TICKETS_CONTEXT, checkRunConclusion, statusState } from "./statuses.ts";
import { checkAgainAction } from "./wording/report.ts";
import { statusText } from "./wording/status.ts";

/**
 * What the head of a pull request, or of a merge group, shows for its tickets. A sha has one check run of the
 * name: the deploy's where it is the deploy head too (a pull request from the deploy branch into production),
 * else the pull request's. A merge group's head is no pull request's head; nobody reads it, the queue only
 * wants the status.
 */
export function decidePullRequest(judged: Judged<PullRequestSnapshot>): readonly Effect[] {
  const { snapshot, verdict, deployHead } = judged;
  const { repository, policy, head: sha, pullRequests } = snapshot;
  const decision = decisionOf(verdict, policy);
  const url = reportUrl(judged);
  const shared = { repositoryId: repository.id, sha };
  const status: Effect = {
    ...shared,
    kind: "status",
    context: TICKETS_CONTEXT,
    state: statusState(decision),
    description: statusText({
      decision,
      findings: verdict.findings,
      private: repository.private,
      contents: contentsOf(judged),
    }),
    targetUrl: url,
  };
  const pullRequest = pullRequests.find(({ headSha }) => headSha === sha);
  if (pullRequest === undefined || sha === deployHead) return [status];
  return [
    status,
    {
      ...shared,
      kind: "check-run",
      name: CHECK_RUN_NAME,
      externalId: `pull-request:${pullRequest.number}`,
      conclusion: checkRunConclusion(decision),
      ...writeReport(judged, decision),
      detailsUrl: url,
      actions: [checkAgainAction()],
    },
  ];
}
