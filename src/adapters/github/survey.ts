import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { SurveysRepositories } from "../../ports/survey.ts";
import { fields, list, text } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";
import { refused } from "./refused.ts";

/** One page: a policy names a few of them. */
const MOST = 100;

export function createSurveyReads(calls: RepositoryCalls): SurveysRepositories {
  return {
    listEnvironments: async (repository) => {
      const doing = "listing the environments";
      const answer = await calls.rest(repository, {
        route: "GET /repos/{owner}/{repo}/environments",
        parameters: { per_page: MOST },
        doing,
      });
      if (answer.status === 404) return { state: "missing", detail: wording.githubNothingThere() };
      if (answer.status !== 200) throw refused(doing, answer.status);
      const found = list(fields(answer.data, "environments")["environments"] ?? [], "environments");
      return named(found.map((item) => text(fields(item, "environment"), "name")));
    },
    listWorkflows: async (repository) => {
      const doing = "listing the workflows";
      const answer = await calls.rest(repository, {
        route: "GET /repos/{owner}/{repo}/contents/{path}",
        parameters: { path: ".github/workflows" },
        doing,
      });
      // A file of that name is no folder of workflows.
      if (answer.status === 404 || !Array.isArray(answer.data)) {
        return { state: "missing", detail: wording.githubNothingThere() };
      }
      if (answer.status !== 200) throw refused(doing, answer.status);
      const files = list(answer.data, "files").map((item) => fields(item, "file"));
      return named(files.filter((file) => file["type"] === "file").map((file) => text(file, "name")));
    },
  };
}

function named(names: readonly string[]): Reading<readonly string[]> {
  if (names.length === 0) return { state: "missing", detail: wording.githubNothingThere() };
  return { state: "known", value: names };
}
