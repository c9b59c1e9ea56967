import type { IssueFacts } from "../../ports/issues.ts";
import { fields, type Fields, flag, integer, list, optionalFields, optionalText, text } from "./json.ts";

/** An issue as the REST API renders it, in lists and alone; a list renders pull requests the same way. */
export interface ParsedIssue extends Omit<IssueFacts, "isOurs"> {
  readonly title: string;
  readonly author: { readonly login: string; readonly isBot: boolean; readonly appId: number | null } | null;
}

export function parseIssue(data: unknown): ParsedIssue {
  const from = fields(data, "issue");
  return {
    number: integer(from, "number"),
    url: text(from, "html_url"),
    onPullRequest: optionalFields(from["pull_request"], "pull_request") !== null,
    state: text(from, "state") === "closed" ? "closed" : "open",
    locked: flag(from, "locked"),
    labels: list(from["labels"], "labels").flatMap(parseLabel),
    title: text(from, "title"),
    body: optionalText(from, "body") ?? "",
    author: authorOf(from),
    updatedAt: new Date(text(from, "updated_at")),
  };
}

/** The description of the API allows a bare name in the place of a label; such a one has no number and is left out. */
function parseLabel(data: unknown): readonly { readonly id: number; readonly name: string }[] {
  if (typeof data === "string") return [];
  const from = fields(data, "label");
  return [{ id: integer(from, "id"), name: text(from, "name") }];
}

function authorOf(from: Fields): ParsedIssue["author"] {
  const user = optionalFields(from["user"], "user");
  if (user === null) return null;
  const via = optionalFields(from["performed_via_github_app"], "performed_via_github_app");
  return {
    login: text(user, "login"),
    isBot: optionalText(user, "type") === "Bot",
    appId: via === null ? null : integer(via, "id"),
  };
}
