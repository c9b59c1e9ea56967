import type { Effect } from "./effect.ts";
import type { CommitSha, RepositoryFacts } from "./model.ts";
import { checksUrl } from "./report/report-url.ts";
import { statusState, TICKETS_CONTEXT } from "./statuses.ts";
import { groupNotJudged, noTicketsAsked } from "./wording/merge-group.ts";

export interface UnjudgedGroup {
  readonly repository: RepositoryFacts;
  readonly sha: CommitSha;
  readonly because: "no-tickets-asked" | "policy-unusable";
  readonly publicUrl: string;
  readonly githubUrl: string | null;
}

/**
 * The answer to a merge queue where no tickets are judged. It may require the status all the same, from another time or for
 * another branch, and would wait for it until it gives up. What cannot be judged does not open.
 */
export function decideUnjudgedGroup(given: UnjudgedGroup): readonly Effect[] {
  const { repository, sha, because } = given;
  const off = because === "no-tickets-asked";
  return [
    {
      kind: "status",
      repositoryId: repository.id,
      sha,
      context: TICKETS_CONTEXT,
      state: statusState({ state: off ? "open" : "unknown" }),
      description: off ? noTicketsAsked() : groupNotJudged(),
      targetUrl: checksUrl(given),
    },
  ];
}
