import type { Commit, CommitSha } from "../../domain/model.ts";
import { fields, list, optionalFields, sha, text } from "./json.ts";

/** From the REST schema `commit`. GitHub does not tell what a merge changed by itself. */
export function parseCommit(data: unknown): Commit {
  const from = fields(data, "commit");
  const git = fields(from["commit"], "commit");
  const account = optionalFields(from["author"], "author");
  const login = account === null || account["login"] === undefined ? null : text(account, "login");
  const signature = optionalFields(git["author"], "author");
  const committer = optionalFields(git["committer"], "committer");
  const parents = list(from["parents"], "parents").map((parent): CommitSha =>
    sha(fields(parent, "parents"), "sha"),
  );
  return {
    sha: sha(from, "sha"),
    parents,
    tree: sha(fields(git["tree"], "tree"), "sha"),
    message: text(git, "message"),
    author: {
      login,
      name: typeof signature?.["name"] === "string" ? signature["name"] : "",
      proven: login !== null,
    },
    committedAt: typeof committer?.["date"] === "string" ? committer["date"] : "",
    ownChange: "unknown",
  };
}
