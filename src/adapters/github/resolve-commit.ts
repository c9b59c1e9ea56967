import { isCommitSha } from "../../domain/brands.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsCommits } from "../../ports/repository.ts";
import { fields, sha } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export function createCommitReads(calls: RepositoryCalls): ReadsCommits {
  return {
    resolveCommit: async (repository, beginning) => {
      const missing = {
        state: "missing",
        detail: wording.githubObjectGone(`The commit ${beginning}`),
      } as const;
      const answer = await calls.rest(repository, {
        route: "GET /repos/{owner}/{repo}/commits/{ref}",
        parameters: { ref: beginning, per_page: 1 },
        doing: `looking for the commit ${beginning}`,
      });
      // 422: no commit begins like that, or several do.
      if (answer.status !== 200) return missing;
      const found = sha(fields(answer.data, "commit"), "sha");
      // A branch may be called like that, too.
      return isCommitSha(found) && found.startsWith(beginning) ? { state: "known", value: found } : missing;
    },
  };
}
