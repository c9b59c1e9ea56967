import type { Posted } from "../../ports/posts.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { Answer } from "./exchange.ts";
import { isFields, list } from "./json.ts";
import { posted, refusedPost, isRefusal, unclear } from "./posted.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export interface WantedLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** Labels of an issue, one by one: those of others are never touched. */
export interface IssueLabels {
  /** Makes the label where the repository has none of that name. null: it is there. */
  readonly ensure: (repository: RepositoryRef, label: WantedLabel) => Promise<Posted | null>;
  readonly add: (repository: RepositoryRef, issueNumber: number, names: readonly string[]) => Promise<Posted>;
  readonly remove: (repository: RepositoryRef, issueNumber: number, name: string) => Promise<Posted>;
}

export function createIssueLabels(calls: RepositoryCalls): IssueLabels {
  return {
    ensure: async (repository, { name, color, description }) => {
      const there = await calls.rest(repository, {
        route: "GET /repos/{owner}/{repo}/labels/{name}",
        parameters: { name },
        doing: "looking for a label",
      });
      if (there.status === 200) return null;
      const doing = "making a label";
      const made = await calls.restSurely(repository, {
        route: "POST /repos/{owner}/{repo}/labels",
        parameters: { name, color, description },
        doing,
        // Made twice is refused the second time, and is there all the same.
        repeatable: true,
      });
      if (made.status === 422 && isThereAlready(made)) return null;
      const outcome = posted(made, doing);
      return outcome.state === "refused" ? outcome : null;
    },

    add: async (repository, issueNumber, names) => {
      const doing = `labelling #${issueNumber}`;
      const answer = await calls.restSurely(repository, {
        route: "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
        parameters: { issue_number: issueNumber, labels: names },
        doing,
        repeatable: true,
      });
      return doneOr(answer, doing);
    },

    remove: async (repository, issueNumber, name) => {
      const doing = `taking a label off #${issueNumber}`;
      const answer = await calls.restSurely(repository, {
        route: "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
        parameters: { issue_number: issueNumber, name },
        doing,
        repeatable: true,
      });
      // It is not on it: that is what was wanted.
      if (answer.status === 404) return { state: "done", remoteId: null };
      return doneOr(answer, doing);
    },
  };
}

function doneOr(answer: Answer, doing: string): Posted {
  if (answer.status === 200 || answer.status === 204) return { state: "done", remoteId: null };
  if (isRefusal(answer)) return refusedPost(answer);
  throw unclear(answer, doing);
}

function isThereAlready({ data }: Answer): boolean {
  if (!isFields(data) || !Array.isArray(data["errors"])) return false;
  return list(data["errors"], "errors").some(
    (error) => isFields(error) && error["code"] === "already_exists",
  );
}
