import type { ReadsTrunk } from "../../ports/repository.ts";
import { createBoundedMap } from "./bounded-map.ts";
import { readCounted } from "./counted-pages.ts";
import { fields, integer } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const REMEMBERED_RUNS = 1_000;

/** A job has the number of its check run, and stays one: what was found is not asked for again. */
export function createJobReads(calls: RepositoryCalls, apiUrl: string): ReadsTrunk["readJobs"] {
  const known = createBoundedMap<string, ReadonlySet<number>>(REMEMBERED_RUNS);
  return async (repository, runId, checkRuns) => {
    const place = `${repository.id}:${runId}`;
    const before = known.get(place);
    if (before !== undefined && checkRuns.every((id) => before.has(id))) return new Set(checkRuns);
    const { status, items } = await readCounted(calls, repository, apiUrl, {
      route: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs",
      parameters: { run_id: runId, filter: "all" },
      doing: `reading the jobs of the workflow run ${runId}`,
      list: "jobs",
    });
    if (status !== 200) return new Set();
    const jobs = new Set(items.map((item) => integer(fields(item, "job"), "id")));
    known.set(place, jobs);
    return new Set(checkRuns.filter((id) => jobs.has(id)));
  };
}
