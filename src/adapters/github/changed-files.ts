import * as wording from "../../domain/wording/github.ts";
import type { ReadsPeople } from "../../ports/people.ts";
import { fields, list, optionalText, text } from "./json.ts";
import { readPages } from "./pages.ts";
import { unclear } from "./posted.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

/** GitHub lists no more: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const MOST_FILES = 3_000;

export function createChangedFileReads(
  calls: RepositoryCalls,
  apiUrl: string,
): Pick<ReadsPeople, "readChangedFiles"> {
  return {
    readChangedFiles: async (repository, pullRequest) => {
      const doing = `reading the files of #${pullRequest}`;
      const paths = new Set<string>();
      let files = 0;
      let isGone = false;
      await readPages(
        (next) =>
          calls.rest(repository, {
            route: "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
            parameters: { pull_number: pullRequest, per_page: 100, ...next },
            doing,
          }),
        apiUrl,
        (answer) => {
          if (answer.status === 404) {
            isGone = true;
            return "enough";
          }
          if (answer.status !== 200) throw unclear(answer, doing);
          for (const item of list(answer.data, "files")) {
            const from = fields(item, "file");
            paths.add(text(from, "filename"));
            const before = optionalText(from, "previous_filename");
            if (before !== null) paths.add(before);
            files += 1;
          }
          return "more";
        },
      );
      if (isGone)
        return { state: "missing", detail: wording.githubObjectGone(`Pull request ${pullRequest}`) };
      if (files >= MOST_FILES) {
        const detail = wording.githubFilesCut(MOST_FILES);
        return { state: "unknown", because: "truncated", detail, retryAt: null };
      }
      return { state: "known", value: [...paths] };
    },
  };
}
