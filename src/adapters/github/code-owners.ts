import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { ReadsPeople } from "../../ports/people.ts";
import type { FileAtCommit } from "../../ports/repository.ts";
import { flag, integer, isFields, optionalText } from "./json.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

/** The first of them that is there is the only one: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
const PATHS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;
/** GitHub does not load a larger one, so it names nobody. */
const MOST_BYTES = 3 * 1_024 * 1_024;

const FILES = PATHS.map(
  (_, index) =>
    `      f${index}: file(path: $p${index}) { type object { ... on Blob { byteSize isTruncated isBinary text } } }`,
).join("\n");

export const CODE_OWNERS_QUERY = `query CodeOwners($owner: String!, $name: String!, $sha: GitObjectID!, $p0: String!, $p1: String!, $p2: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId
    object(oid: $sha) { ... on Commit {
${FILES}
    } }
  }
}`;

/** All three places in one call. */
export function createCodeOwnersReads(calls: RepositoryCalls): Pick<ReadsPeople, "readCodeOwners"> {
  return {
    readCodeOwners: async (repository, sha) => {
      const answer = await calls.graphql(repository, {
        query: CODE_OWNERS_QUERY,
        variables: { sha, p0: PATHS[0], p1: PATHS[1], p2: PATHS[2] },
        doing: `reading CODEOWNERS at ${sha.slice(0, 7)}`,
      });
      const commit = answer.repository["object"];
      const missing = { state: "missing", detail: wording.githubObjectGone("CODEOWNERS") } as const;
      if (!isFields(commit)) return missing;
      for (const [index, path] of PATHS.entries()) {
        const file = commit[`f${index}`];
        if (isFields(file)) return readFile(file, path, sha);
      }
      return missing;
    },
  };
}

function readFile(
  file: Readonly<Record<string, unknown>>,
  path: string,
  sha: FileAtCommit["sha"],
): Reading<FileAtCommit> {
  const blob = file["object"];
  const nobody = { state: "known", value: { text: "", sha } } as const;
  // A folder or a submodule of that name: it is the first found, and names nobody.
  if (file["type"] !== "blob" || !isFields(blob)) return nobody;
  const text = optionalText(blob, "text");
  if (integer(blob, "byteSize") >= MOST_BYTES || blob["isBinary"] === true || text === null) return nobody;
  if (flag(blob, "isTruncated")) {
    const detail = wording.githubFileTooLarge(path, Buffer.byteLength(text));
    return { state: "unknown", because: "truncated", detail, retryAt: null };
  }
  return { state: "known", value: { text, sha } };
}
