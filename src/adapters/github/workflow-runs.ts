import type { CommitSha, RepositoryId } from "../../domain/model.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import { readCounted } from "./counted-pages.ts";
import { fields, integer, optionalFields, optionalInteger, text } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

/** One run of a workflow; its jobs' check runs carry the number of its suite. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  readonly suiteId: number;
  /** `.github/workflows/ci.yml` */
  readonly path: string;
  /** Whether it tested this commit, of this repository. */
  readonly isEvidence: boolean;
}

/** The runs for a commit, by the number of their check suite. */
export async function readWorkflowRuns(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  sha: CommitSha,
  apiUrl: string,
): Promise<ReadonlyMap<number, WorkflowRun>> {
  const { items } = await readCounted(calls, repository, apiUrl, {
    route: "GET /repos/{owner}/{repo}/actions/runs",
    parameters: { head_sha: sha },
    doing: `reading the workflow runs of ${sha.slice(0, 7)}`,
    list: "workflow_runs",
  });
  const runs = items.map((item) => parseRun(item, repository.id));
  return new Map(runs.map((run) => [run.suiteId, run] as const));
}

/**
 * Runs of a fork are not ours, and `pull_request_target` carries the sha of the trunk while it works on somebody's
 * pull request: neither says anything of this commit.
 */
function parseRun(item: unknown, repository: RepositoryId): WorkflowRun {
  const from = fields(item, "workflow_run");
  const headRepository = optionalFields(from["head_repository"], "head_repository");
  const [path = ""] = text(from, "path").split("@");
  return {
    id: integer(from, "id"),
    attempt: optionalInteger(from, "run_attempt") ?? 1,
    suiteId: integer(from, "check_suite_id"),
    path,
    isEvidence:
      headRepository !== null &&
      integer(headRepository, "id") === repository &&
      text(from, "event") !== "pull_request_target",
  };
}
