import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { ListedComment, ListedIssue, ListedStatus, ReadsSights } from "../../ports/sights.ts";
import type { Answer } from "./exchange.ts";
import { fields, integer, list, optionalFields, optionalText, sha, text } from "./json.ts";
import type { OwnIdentity } from "./own-identity.ts";
import { readPages } from "./pages.ts";
import { parseCheckRun } from "./parse-check-run.ts";
import { parseIssue } from "./parse-issue.ts";
import type { RepositoryCall, RepositoryCalls } from "./repository-calls.ts";

const OUR_NAMES = "holdpoint/";
/** Not there, switched off, empty: nothing to see. */
const NOTHING = new Set([404, 409, 410, 422]);

/** What a reconciliation compares. REST alone, for GraphQL knows no conditional requests. */
export function createSightReads({
  calls,
  apiUrl,
  identity,
}: {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
  readonly identity: Pick<OwnIdentity, "isOwnBot">;
}): ReadsSights {
  /** null where there is nothing to see. */
  async function read(repository: RepositoryRef, call: RepositoryCall): Promise<Answer | null> {
    const answer = await calls.rest(repository, call);
    if (answer.status === 200) return answer;
    if (NOTHING.has(answer.status)) return null;
    throw unclear(call.doing, answer.status);
  }

  async function readAll(
    repository: RepositoryRef,
    call: RepositoryCall,
    take: (answer: Answer) => void,
  ): Promise<void> {
    await readPages(
      (next) =>
        calls.rest(repository, { ...call, parameters: { ...call.parameters, per_page: 100, ...next } }),
      apiUrl,
      (answer) => {
        if (NOTHING.has(answer.status)) return "enough";
        if (answer.status !== 200) throw unclear(call.doing, answer.status);
        take(answer);
        return "more";
      },
    );
  }

  return {
    readHead: async (repository, branch) => {
      const answer = await read(repository, {
        route: "GET /repos/{owner}/{repo}/git/ref/{ref}",
        parameters: { ref: `heads/${branch}` },
        doing: `reading the head of ${branch}`,
      });
      if (answer === null) return null;
      return sha(fields(fields(answer.data, "ref")["object"], "object"), "sha");
    },

    readDeploymentMark: async (repository, environment) => {
      const answer = await read(repository, {
        route: "GET /repos/{owner}/{repo}/deployments",
        parameters: { environment, per_page: 10 },
        doing: `looking for deployments to ${environment}`,
      });
      if (answer === null) return "";
      return JSON.stringify(
        list(answer.data, "deployments").map((item) => {
          const from = fields(item, "deployment");
          return [integer(from, "id"), text(from, "updated_at")];
        }),
      );
    },

    readCheckMark: async (repository, commit) => {
      const marks: (readonly [number, string, string | null])[] = [];
      await readAll(
        repository,
        {
          route: "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
          parameters: { ref: commit, filter: "latest" },
          doing: `looking for check runs on ${commit.slice(0, 7)}`,
        },
        (answer) => {
          for (const item of list(fields(answer.data, "check_runs")["check_runs"], "check_runs")) {
            const { id } = parseCheckRun(item);
            const from = fields(item, "check_run");
            marks.push([id, text(from, "status"), optionalText(from, "conclusion")]);
          }
        },
      );
      return JSON.stringify(marks.toSorted(([one], [other]) => one - other));
    },

    listStatuses: async (repository, commit) => {
      const newest = new Map<string, ParsedStatus>();
      await readAll(
        repository,
        {
          route: "GET /repos/{owner}/{repo}/commits/{ref}/statuses",
          parameters: { ref: commit },
          doing: `reading the statuses of ${commit.slice(0, 7)}`,
        },
        (answer) => {
          for (const item of list(answer.data, "statuses")) {
            const status = parseStatus(item);
            const before = newest.get(status.context.toLowerCase());
            if (before === undefined || before.statusId < status.statusId) {
              newest.set(status.context.toLowerCase(), status);
            }
          }
        },
      );
      const found: ListedStatus[] = [];
      for (const { isBot, ...status } of newest.values()) {
        const mayBeOurs = isBot && status.context.toLowerCase().startsWith(OUR_NAMES) && status.by !== null;
        const isOurs = mayBeOurs && (await identity.isOwnBot({ login: status.by ?? "", appId: null }));
        found.push({ ...status, isOurs });
      }
      return found;
    },

    listChangedIssues: async (repository, since) => {
      const found = new Map<number, ListedIssue>();
      await readAll(
        repository,
        {
          route: "GET /repos/{owner}/{repo}/issues",
          parameters: { state: "all", sort: "updated", direction: "desc", since: since.toISOString() },
          doing: "listing what changed",
        },
        (answer) => {
          for (const item of list(answer.data, "issues")) {
            const { number, onPullRequest, state, updatedAt, labels } = parseIssue(item);
            const comments = integer(fields(item, "issue"), "comments");
            const names = labels.map(({ name }) => name);
            found.set(number, { number, onPullRequest, state, updatedAt, labels: names, comments });
          }
        },
      );
      return [...found.values()];
    },

    listComments: async (repository, since) => {
      const found = new Map<number, ListedComment>();
      await readAll(
        repository,
        {
          route: "GET /repos/{owner}/{repo}/issues/comments",
          parameters: { sort: "updated", direction: "asc", since: since.toISOString() },
          doing: "listing comments",
        },
        (answer) => {
          for (const item of list(answer.data, "comments")) {
            const comment = parseListedComment(item);
            if (comment !== null) found.set(comment.id, comment);
          }
        },
      );
      return [...found.values()];
    },
  };
}

interface ParsedStatus extends Omit<ListedStatus, "isOurs"> {
  readonly isBot: boolean;
}

function parseStatus(item: unknown): ParsedStatus {
  const from = fields(item, "status");
  const creator = optionalFields(from["creator"], "creator");
  return {
    statusId: integer(from, "id"),
    context: text(from, "context"),
    state: text(from, "state"),
    description: optionalText(from, "description") ?? "",
    by: creator === null ? null : text(creator, "login"),
    isBot: creator !== null && optionalText(creator, "type") === "Bot",
  };
}

/** null: on something that is no issue. */
function parseListedComment(item: unknown): ListedComment | null {
  const from = fields(item, "comment");
  const issueNumber = /\/issues\/([1-9][0-9]{0,9})$/.exec(text(from, "issue_url"))?.[1];
  if (issueNumber === undefined) return null;
  const user = optionalFields(from["user"], "user");
  return {
    id: integer(from, "id"),
    issueNumber: Number(issueNumber),
    body: optionalText(from, "body") ?? "",
    isBot: user !== null && optionalText(user, "type") === "Bot",
    updatedAt: new Date(text(from, "updated_at")),
  };
}

function unclear(doing: string, status: number): Fault {
  return new Fault({
    kind: "retry-later",
    code: "github-inconsistent",
    doing,
    status,
    detail: wording.githubAnsweredError(status),
  });
}
