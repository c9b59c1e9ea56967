import type { Reading } from "../../domain/model.ts";
import * as wording from "../../domain/wording/github.ts";
import type { FileAtCommit, ReadsOutlines } from "../../ports/repository.ts";
import { isForbidden } from "./graphql.ts";
import {
  fields,
  type Fields,
  flag,
  integer,
  isFields,
  optionalFields,
  optionalText,
  sha,
  text,
} from "./json.ts";
import { parseGraphqlRepository } from "./parse-repository.ts";
import type { RepositoryCalls } from "./repository-calls.ts";

const POLICY_PATH = ".github/holdpoint.yml";
const MAX_POLICY_BYTES = 64 * 1_024;
/** Git's mode of a symbolic link. */
const SYMLINK = 0o120000;

export const OUTLINE_QUERY = `query Outline($owner: String!, $name: String!, $path: String!) {
  repository(owner: $owner, name: $name, followRenames: false) {
    databaseId name isPrivate isArchived squashMergeAllowed mergeCommitAllowed rebaseMergeAllowed
    owner { login }
    defaultBranchRef { name target { ...policyAt } }
  }
  organisation: repository(owner: $owner, name: ".github", followRenames: false) {
    defaultBranchRef { target { ...policyAt } }
  }
}
fragment policyAt on GitObject {
  oid
  ... on Commit {
    file(path: $path) { mode type object { ... on Blob { byteSize isBinary isTruncated text } } }
  }
}`;

export function createOutlineReads(calls: RepositoryCalls): ReadsOutlines {
  return {
    readOutline: async (repository) => {
      const answer = await calls.graphql(repository, {
        query: OUTLINE_QUERY,
        variables: { path: POLICY_PATH },
        doing: "reading the repository and its policy",
      });
      const from = answer.repository;
      const squashOnly =
        flag(from, "squashMergeAllowed") &&
        !flag(from, "mergeCommitAllowed") &&
        !flag(from, "rebaseMergeAllowed");
      return {
        repository: parseGraphqlRepository(from, repository.installationId),
        squashOnly,
        policyFile: policyIn(from, isForbidden(answer, "repository")),
        organisationPolicyFile: policyIn(answer.data["organisation"], isForbidden(answer, "organisation")),
      };
    },
  };
}

/** Never followed: a link or a submodule in the file's place is not the policy, and not "no policy" either. */
function policyIn(repository: unknown, forbidden: boolean): Reading<FileAtCommit> {
  if (forbidden) return unreadable("github-forbidden", wording.githubForbids(POLICY_PATH));
  if (!isFields(repository)) return { state: "missing", detail: wording.githubRepositoryGone() };
  const branch = optionalFields(repository["defaultBranchRef"], "defaultBranchRef");
  const target = branch === null ? null : fields(branch["target"], "target");
  const entry = target === null ? null : optionalFields(target["file"], "file");
  if (target === null || entry === null) {
    return { state: "missing", detail: wording.githubObjectGone(POLICY_PATH) };
  }
  return readEntry(entry, target);
}

function readEntry(entry: Fields, target: Fields): Reading<FileAtCommit> {
  if (integer(entry, "mode") === SYMLINK) return noFile("a symbolic link");
  const type = text(entry, "type");
  if (type !== "blob") return noFile(type === "commit" ? "a submodule" : "a folder");
  const blob = fields(entry["object"], "object");
  if (flag(blob, "isTruncated") || integer(blob, "byteSize") > MAX_POLICY_BYTES) {
    return unreadable("policy-unreadable", wording.githubFileTooLarge(POLICY_PATH, MAX_POLICY_BYTES));
  }
  const content = optionalText(blob, "text");
  if (blob["isBinary"] === true || content === null) {
    return unreadable("policy-unreadable", wording.githubFileIsBinary(POLICY_PATH));
  }
  return { state: "known", value: { text: content, sha: sha(target, "oid") } };
}

function noFile(what: string): Reading<never> {
  return unreadable("policy-unreadable", wording.githubFileIsNoFile(POLICY_PATH, what));
}

function unreadable(because: "github-forbidden" | "policy-unreadable", detail: string): Reading<never> {
  return { state: "unknown", because, detail, retryAt: null };
}
