import type { CommitSha, Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsPlaces, RepositoryRef } from "../../ports/repository.ts";
import { refusedCommits } from "./compare.ts";
import type { Answer } from "./exchange.ts";
import { type Fields, fields, integer, list, optionalFields, text } from "./json.ts";
import { readPages } from "./pages.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const PAGE = 100;

/** Where a commit stands: on a branch, at the head of a pull request, or once live. */
export function createPlaceReads({
  calls,
  apiUrl,
}: {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
}): ReadsPlaces {
  return {
    isReachable: (repository, head, sha) => isReachable(calls, repository, head, sha),

    readBasesOfPullRequestsAt: async (repository, sha) => {
      const pullRequests = await readList(calls, repository, apiUrl, {
        route: "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
        parameters: { commit_sha: sha },
        doing: `reading the pull requests at ${sha.slice(0, 7)}`,
      });
      return pullRequests
        .filter((one) => text(one, "state") === "open" && text(fields(one["head"], "head"), "sha") === sha)
        .map((one) => fields(one["base"], "base"))
        .filter((base) => isOf(repository, base))
        .map((base) => text(base, "ref"));
    },

    wasDeployed: async (repository, environment, sha) => {
      const deployments = await readList(calls, repository, apiUrl, {
        route: "GET /repos/{owner}/{repo}/deployments",
        parameters: { sha, environment },
        doing: `reading the deployments of ${sha.slice(0, 7)} to ${environment}`,
      });
      for (const deployment of deployments) {
        const statuses = await readList(calls, repository, apiUrl, {
          route: "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses",
          parameters: { deployment_id: integer(deployment, "id") },
          doing: `reading how a deployment to ${environment} went`,
        });
        if (statuses.some((status) => text(status, "state") === "success")) return true;
      }
      return false;
    },
  };
}

/** GitHub lists pull requests into forks, too: there anybody may have a branch of that name. */
function isOf({ id }: RepositoryRef, base: Fields): boolean {
  const into = optionalFields(base["repo"], "repo");
  return into !== null && integer(into, "id") === id;
}

/** One commit of the comparison is enough: only its word is wanted. */
async function isReachable(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  head: CommitSha,
  sha: CommitSha,
): Promise<Reading<boolean>> {
  const doing = `looking for ${sha.slice(0, 7)} below ${head.slice(0, 7)}`;
  const answer = await calls.rest(repository, {
    route: "GET /repos/{owner}/{repo}/compare/{basehead}",
    parameters: { basehead: `${head}...${sha}`, per_page: 1 },
    doing,
  });
  if (answer.status === 404 || answer.status === 422) {
    return { state: "missing", detail: wording.githubObjectGone(`Commit ${sha}`) };
  }
  if (answer.status !== 200) throw refusedCommits(doing, answer.status);
  const relation = text(fields(answer.data, "comparison"), "status");
  return { state: "known", value: relation === "behind" || relation === "identical" };
}

/** Every item of a list; none where the thing asked about is not there. */
async function readList(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  apiUrl: string,
  wanted: {
    readonly route: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly doing: string;
  },
): Promise<readonly Fields[]> {
  const items: Fields[] = [];
  function take(answer: Answer): "more" | "enough" {
    if (answer.status === 404 || answer.status === 422) return "enough";
    if (answer.status !== 200) throw refusedCommits(wanted.doing, answer.status);
    items.push(...list(answer.data, "list").map((item) => fields(item, "item")));
    return "more";
  }
  await readPages(
    (next) =>
      calls.rest(repository, {
        route: wanted.route,
        parameters: { ...wanted.parameters, per_page: PAGE, ...next },
        doing: wanted.doing,
      }),
    apiUrl,
    take,
  );
  return items;
}
