import * as wording from "../../domain/wording/github.ts";
import type { IssueEvent, IssueFacts, ReadsIssues } from "../../ports/issues.ts";
import type { RepositoryRef } from "../../ports/repository.ts";
import type { Answer } from "./exchange.ts";
import { fields, type Fields, integer, list, optionalFields, optionalText, sha, text } from "./json.ts";
import type { OwnIdentity } from "./own-identity.ts";
import { readPages } from "./pages.ts";
import { type ParsedIssue, parseIssue } from "./parse-issue.ts";
import { unclear } from "./posted.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export interface IssueReadsOptions {
  readonly calls: RepositoryCalls;
  readonly apiUrl: string;
  readonly identity: OwnIdentity;
}

/** An issue by its number; a transferred one (301) and a deleted one (404, 410) are gone. */
export function readIssueAnswer(
  calls: RepositoryCalls,
  repository: RepositoryRef,
  number: number,
): Promise<Answer> {
  return calls.rest(repository, {
    route: "GET /repos/{owner}/{repo}/issues/{issue_number}",
    parameters: { issue_number: number },
    doing: `reading #${number}`,
    mayMove: true,
  });
}

export const GONE_ISSUE = new Set([301, 404, 410]);

export function createIssueReads({ calls, apiUrl, identity }: IssueReadsOptions): ReadsIssues {
  return {
    readIssue: async (repository, number) => {
      const answer = await readIssueAnswer(calls, repository, number);
      if (GONE_ISSUE.has(answer.status)) {
        return { state: "missing", detail: wording.githubObjectGone(`#${number}`) };
      }
      if (answer.status !== 200) throw unclear(answer, `reading #${number}`);
      return { state: "known", value: await factsOf(parseIssue(answer.data)) };
    },

    readIssueEvents: async (repository, number) => {
      const events: IssueEvent[] = [];
      const doing = `reading the events of #${number}`;
      await readPages(
        (next) =>
          calls.rest(repository, {
            route: "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
            parameters: { issue_number: number, per_page: 100, ...next },
            doing,
            mayMove: true,
          }),
        apiUrl,
        (answer) => {
          if (GONE_ISSUE.has(answer.status)) return "enough";
          if (answer.status !== 200) throw unclear(answer, doing);
          for (const item of list(answer.data, "events")) events.push(...parseEvent(item, identity));
          return "more";
        },
      );
      return events;
    },

    listIssues: async (repository, label, since) => {
      const found = new Map<number, ParsedIssue>();
      const doing = "listing issues";
      await readPages(
        (next) =>
          calls.rest(repository, {
            route: "GET /repos/{owner}/{repo}/issues",
            parameters: {
              ...labelFilter(label),
              state: "all",
              sort: "updated",
              direction: "desc",
              per_page: 100,
              ...(since === null ? {} : { since: since.toISOString() }),
              ...next,
            },
            doing,
          }),
        apiUrl,
        (answer) => {
          // Issues are switched off: there is none.
          if (answer.status === 410) return "enough";
          if (answer.status !== 200) throw unclear(answer, doing);
          for (const item of list(answer.data, "issues")) {
            const issue = parseIssue(item);
            found.set(issue.number, issue);
          }
          return "more";
        },
      );
      const labelled = [...found.values()].filter(({ labels }) =>
        labels.some(({ name }) => isSameLabel(name, label)),
      );
      return await Promise.all(labelled.map(factsOf));
    },
  };

  async function factsOf({ title: _title, author, ...issue }: ParsedIssue): Promise<IssueFacts> {
    return { ...issue, isOurs: author !== null && author.isBot && (await identity.isOwnBot(author)) };
  }
}

/** A comma parts several labels, and nothing escapes it: then all are listed, and looked through here. */
export function labelFilter(label: string): Readonly<Record<string, string>> {
  return label.includes(",") ? {} : { labels: label };
}

/** GitHub tells labels apart without regard to case, and in nothing else. */
export function isSameLabel(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const KINDS = {
  labeled: "labelled",
  unlabeled: "unlabelled",
  closed: "closed",
  reopened: "reopened",
} as const;

/** One of the four kinds that say something to Holdpoint; others are left out. */
function parseEvent(data: unknown, identity: Pick<OwnIdentity, "isOwnApp">): readonly IssueEvent[] {
  const from = fields(data, "event");
  const what = kindOf(text(from, "event"));
  if (what === null) return [];
  const label = optionalFields(from["label"], "label");
  const via = optionalFields(from["performed_via_github_app"], "performed_via_github_app");
  return [
    {
      id: integer(from, "id"),
      what,
      label: label === null ? null : optionalText(label, "name"),
      by: actorOf(from),
      byUs: identity.isOwnApp(via === null ? null : integer(via, "id")),
      at: new Date(text(from, "created_at")),
      byCommit: optionalText(from, "commit_id") === null ? null : sha(from, "commit_id"),
    },
  ];
}

function kindOf(event: string): IssueEvent["what"] | null {
  switch (event) {
    case "labeled":
    case "unlabeled":
    case "closed":
    case "reopened":
      return KINDS[event];
    default:
      return null;
  }
}

function actorOf(from: Fields): IssueEvent["by"] {
  const actor = optionalFields(from["actor"], "actor");
  if (actor === null) return null;
  return {
    id: integer(actor, "id"),
    login: text(actor, "login"),
    isBot: optionalText(actor, "type") === "Bot",
  };
}
