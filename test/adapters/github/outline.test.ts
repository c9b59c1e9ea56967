import { describe, expect, test } from "vitest";
import { aboutRepository } from "./answers.ts";
import { type Json, REPOSITORY, sha, spent, startGitHub } from "./github-under-test.ts";

const HEAD = sha("a");
const BLOB = { byteSize: 14, isBinary: false, isTruncated: false, text: "mode: enforce\n" };
const FILE = { mode: 0o100644, type: "blob", object: BLOB };

function branch(file: Json | null): Json {
  return { name: "main", target: { __typename: "Commit", oid: HEAD, file } };
}

function outline(file: Json | null, organisation: Json | null = null, changes: Json = {}): Json {
  return aboutRepository(
    {
      name: "storefront",
      isPrivate: true,
      isArchived: false,
      squashMergeAllowed: true,
      mergeCommitAllowed: false,
      rebaseMergeAllowed: false,
      owner: { login: "acme" },
      defaultBranchRef: branch(file),
      ...changes,
    },
    { organisation },
  );
}

test("one call tells the repository, how it merges, and both policy files with the commits they were read at", async () => {
  const under = startGitHub();
  under.onQuery("Outline", { body: outline(FILE, { defaultBranchRef: branch(FILE) }) });
  expect(await under.github.readOutline(REPOSITORY)).toEqual({
    repository: {
      id: REPOSITORY.id,
      installationId: REPOSITORY.installationId,
      owner: "acme",
      name: "storefront",
      defaultBranch: "main",
      private: true,
      archived: false,
    },
    squashOnly: true,
    policyFile: { state: "known", value: { text: "mode: enforce\n", sha: HEAD } },
    organisationPolicyFile: { state: "known", value: { text: "mode: enforce\n", sha: HEAD } },
  });
  expect(spent(under)).toBe(1);
});

test("other ways to merge beside squash are seen", async () => {
  const under = startGitHub();
  under.onQuery("Outline", { body: outline(FILE, null, { rebaseMergeAllowed: true }) });
  expect((await under.github.readOutline(REPOSITORY)).squashOnly).toBe(false);
});

describe("REL-68: a file that is not there, and one that cannot be read", () => {
  test.each<[string, Json, string]>([
    ["no file", outline(null), "missing"],
    ["an empty repository", outline(null, null, { defaultBranchRef: null }), "missing"],
  ])("%s is missing", async (_what, body, state) => {
    const under = startGitHub();
    under.onQuery("Outline", { body });
    expect((await under.github.readOutline(REPOSITORY)).policyFile.state).toBe(state);
  });

  test.each<[string, Json[], string]>([
    [
      "no central repository, or none that the App may see",
      [{ type: "NOT_FOUND", path: ["organisation"], message: "Could not resolve" }],
      "missing",
    ],
    [
      "a central repository that is refused",
      [{ type: "FORBIDDEN", path: ["organisation"], message: "Resource not accessible by integration" }],
      "unknown",
    ],
  ])("%s", async (_what, errors, state) => {
    const under = startGitHub();
    under.onQuery("Outline", { body: { ...outline(FILE), errors } });
    expect((await under.github.readOutline(REPOSITORY)).organisationPolicyFile.state).toBe(state);
  });
});

test.each<[string, Json, string]>([
  [
    "a symbolic link",
    { ...FILE, mode: 0o120000 },
    ".github/holdpoint.yml is a symbolic link, not a plain file; it is not followed.",
  ],
  [
    "a submodule",
    { mode: 0o160000, type: "commit", object: null },
    ".github/holdpoint.yml is a submodule, not a plain file; it is not followed.",
  ],
  [
    "a folder",
    { mode: 0o40000, type: "tree", object: { __typename: "Tree" } },
    ".github/holdpoint.yml is a folder, not a plain file; it is not followed.",
  ],
  [
    "a large file",
    { ...FILE, object: { ...BLOB, byteSize: 65_537 } },
    ".github/holdpoint.yml is larger than 64 KB.",
  ],
  [
    "a file cut short",
    { ...FILE, object: { ...BLOB, isTruncated: true } },
    ".github/holdpoint.yml is larger than 64 KB.",
  ],
  [
    "a binary file",
    { ...FILE, object: { ...BLOB, isBinary: true, text: null } },
    ".github/holdpoint.yml is not text.",
  ],
])(
  "REL-67: %s in the place of the policy is unreadable, not followed and not absent",
  async (_what, file, detail) => {
    const under = startGitHub();
    under.onQuery("Outline", { body: outline(file) });
    expect((await under.github.readOutline(REPOSITORY)).policyFile).toEqual({
      state: "unknown",
      because: "policy-unreadable",
      detail,
      retryAt: null,
    });
  },
);
