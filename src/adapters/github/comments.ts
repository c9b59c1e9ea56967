import * as wording from "../../domain/wording/github.ts";
import type { ReadsComments } from "../../ports/issues.ts";
import type { Permission } from "../../ports/people.ts";
import { fields, integer, optionalFields, optionalText, text, unexpected } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

export function createCommentReads(calls: RepositoryCalls): ReadsComments {
  return {
    readComment: async (repository, issueNumber, commentId) => {
      const answer = await calls.rest(repository, {
        route: "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
        parameters: { comment_id: commentId },
        doing: `reading comment ${commentId}`,
      });
      const missing = { state: "missing", detail: wording.githubObjectGone(`Comment ${commentId}`) } as const;
      if (answer.status !== 200) return missing;
      const from = fields(answer.data, "comment");
      if (!text(from, "issue_url").endsWith(`/issues/${issueNumber}`)) return missing;
      const user = optionalFields(from["user"], "user");
      return {
        state: "known",
        value: {
          id: commentId,
          body: optionalText(from, "body") ?? "",
          author:
            user === null
              ? null
              : {
                  id: integer(user, "id"),
                  login: text(user, "login"),
                  isBot: optionalText(user, "type") === "Bot",
                },
          edited: text(from, "created_at") !== text(from, "updated_at"),
          at: new Date(text(from, "created_at")),
          onPullRequest: new URL(text(from, "html_url")).pathname.endsWith(`/pull/${issueNumber}`),
        },
      };
    },

    readPermission: async (repository, login) => {
      // Under a name that surely leads to this repository: a stranger may be an administrator of the one that has its old name.
      const answer = await calls.restSurely(repository, {
        route: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
        parameters: { username: login },
        doing: `reading the permission of ${login}`,
      });
      if (answer.status === 404) return "none";
      return parsePermission(text(fields(answer.data, "permission"), "permission"));
    },
  };
}

/** `permission` is the base of every role, custom ones included; `role_name` is free text. */
function parsePermission(permission: string): Permission {
  if (permission === "admin" || permission === "write" || permission === "read" || permission === "none") {
    return permission;
  }
  throw unexpected("permission");
}
