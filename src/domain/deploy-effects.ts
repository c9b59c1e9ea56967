import type { Decision } from "./decision.ts";
import type { Effect } from "./effect.ts";
import type { CommitSha, RepositoryId } from "./model.ts";
import { CHECK_RUN_NAME, PRE_DEPLOY_CONTEXT, checkRunConclusion, statusState } from "./statuses.ts";
import { checkAgainAction } from "./wording/report.ts";

export interface ShownDeploy {
  readonly repositoryId: RepositoryId;
  readonly sha: CommitSha;
  readonly decision: Pick<Decision, "state">;
  /** At most 140 characters. */
  readonly description: string;
  readonly url: string | null;
  readonly report: Pick<Extract<Effect, { kind: "check-run" }>, "title" | "summary" | "text" | "footnote">;
}

/** The two that a deploy's head always shows together: the status, and the check run with the report. */
export function deployEffects(shown: ShownDeploy): readonly Effect[] {
  const { repositoryId, sha, decision, description, url, report } = shown;
  return [
    {
      kind: "status",
      repositoryId,
      sha,
      context: PRE_DEPLOY_CONTEXT,
      state: statusState(decision),
      description,
      targetUrl: url,
    },
    {
      kind: "check-run",
      repositoryId,
      sha,
      name: CHECK_RUN_NAME,
      externalId: "deploy",
      conclusion: checkRunConclusion(decision),
      ...report,
      detailsUrl: url,
      actions: [checkAgainAction()],
    },
  ];
}
