import { describe, expect, test } from "vitest";
import { like, repositoryAnswer } from "./answers.ts";
import {
  faultOf,
  type GitHubUnderTest,
  isJson,
  type Json,
  REPOSITORY,
  startGitHub,
} from "./github-under-test.ts";

const PATH = "/repos/acme/storefront/issues/comments/5";

function comment(changes: Json = {}): Json {
  return like("issue-comment", {
    id: 5,
    body: "/holdpoint check",
    issue_url: "https://api.github.com/repos/acme/storefront/issues/7",
    html_url: "https://github.com/acme/storefront/pull/7#issuecomment-5",
    created_at: "2026-03-02T09:00:00Z",
    updated_at: "2026-03-02T09:00:00Z",
    ...changes,
  });
}

function start(): GitHubUnderTest {
  const under = startGitHub();
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  return under;
}

test("a comment is read with its author and where it stands", async () => {
  const under = start();
  under.on("GET", PATH, { body: comment() });
  expect(await under.github.readComment(REPOSITORY, 7, 5)).toEqual({
    state: "known",
    value: {
      id: 5,
      body: "/holdpoint check",
      author: { id: 1, login: "octocat", isBot: false },
      edited: false,
      at: new Date("2026-03-02T09:00:00Z"),
      onPullRequest: true,
    },
  });
});

test.each<[string, Json, Json]>([
  ["an edited one is marked", { updated_at: "2026-03-02T09:00:01Z" }, { edited: true }],
  [
    "one on an issue is told apart",
    { html_url: "https://github.com/acme/pull/issues/7#issuecomment-5" },
    { onPullRequest: false },
  ],
  ["one of a deleted account has no author", { user: null }, { author: null }],
  ["one of a bot is marked", { user: bot() }, { author: { id: 1, login: "other[bot]", isBot: true } }],
])("%s", async (_what, changes, expected) => {
  const under = start();
  under.on("GET", PATH, { body: comment(changes) });
  expect(await under.github.readComment(REPOSITORY, 7, 5)).toMatchObject({ state: "known", value: expected });
});

test("a comment of another issue is not the one asked for", async () => {
  const under = start();
  under.on("GET", PATH, { body: comment() });
  expect((await under.github.readComment(REPOSITORY, 77, 5)).state).toBe("missing");
  expect((await under.github.readComment(REPOSITORY, 1, 5)).state).toBe("missing");
});

describe("the permission of a person", () => {
  const path = "/repos/acme/storefront/collaborators/octocat/permission";
  const answer = (permission: string, role: string): Json =>
    like("repository-collaborator-permission-response-if-user-has-admin-permissions", {
      permission,
      role_name: role,
      user: null,
    });

  test.each(["admin", "write", "read", "none"])(
    "%s is read from the base, never from the role's name",
    async (base) => {
      const under = start();
      under.on("GET", path, { body: answer(base, "admin") });
      expect(await under.github.readPermission(REPOSITORY, "octocat")).toBe(base);
    },
  );

  test("somebody whom GitHub does not know here has none", async () => {
    const under = start();
    under.on("GET", path, { status: 404, body: {} });
    expect(await under.github.readPermission(REPOSITORY, "octocat")).toBe("none");
  });

  test("a word that GitHub does not document is a fault, not a permission", async () => {
    const under = start();
    under.on("GET", path, { body: answer("owner", "owner") });
    expect((await faultOf(under.github.readPermission(REPOSITORY, "octocat"))).code).toBe(
      "github-inconsistent",
    );
  });

  test.each([
    ["a limit", { status: 403, body: { message: "secondary rate limit" } }, "github-rate-limited"],
    ["a refusal", { status: 403, body: { message: "No" } }, "github-forbidden"],
    ["an outage", { status: 503, body: {} }, "github-unreachable"],
  ])("%s is a fault, not “none”", async (_what, reply, code) => {
    const under = start();
    under.on("GET", path, reply);
    expect((await faultOf(under.github.readPermission(REPOSITORY, "octocat"))).code).toBe(code);
  });

  test("a login cannot leave its place in the address", async () => {
    const under = start();
    under.on("GET", /\/collaborators\//, { status: 404, body: {} });
    await under.github.readPermission(REPOSITORY, "../../../user");
    expect(under.requests.at(-1)?.pathname).toBe(
      "/repos/acme/storefront/collaborators/..%2F..%2F..%2Fuser/permission",
    );
  });
});

function bot(): unknown {
  const { user } = like("issue-comment");
  return isJson(user) ? { ...user, login: "other[bot]", type: "Bot" } : null;
}
