import { describe, expect, test } from "vitest";
import { itemLike, like, repositoryAnswer } from "./answers.ts";
import {
  API,
  faultOf,
  type GitHubUnderTest,
  type Json,
  REPOSITORY,
  sha,
  startGitHub,
} from "./github-under-test.ts";

const AT = "/repos/acme/storefront";
const HEAD = sha(1);
const SINCE = new Date("2026-03-02T09:00:00Z");

function start(): GitHubUnderTest {
  const under = startGitHub();
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  return under;
}

function status(changes: Json): Json {
  return itemLike("status-items", null, changes);
}

describe("what a reconciliation compares", () => {
  test("the head of a branch, slashes and all; null where there is none", async () => {
    const under = start();
    const object = { type: "commit", sha: HEAD, url: `${API}${AT}/git/commits/${HEAD}` };
    under.on("GET", `${AT}/git/ref/heads%2Frelease%2F1`, { body: like("git-ref", { object }) });
    under.on("GET", `${AT}/git/ref/heads%2Fgone`, { status: 404, body: { message: "Not Found" } });
    expect(await under.github.readHead(REPOSITORY, "release/1")).toBe(HEAD);
    expect(await under.github.readHead(REPOSITORY, "gone")).toBeNull();
  });

  test("what has not changed is asked with what it was, and costs nothing", async () => {
    const under = start();
    const object = { type: "commit", sha: HEAD, url: `${API}${AT}/git/commits/${HEAD}` };
    under.on(
      "GET",
      `${AT}/git/ref/heads%2Fmain`,
      { body: like("git-ref", { object }), headers: { etag: '"1"' } },
      { status: 304, headers: { etag: '"1"' } },
    );
    expect(await under.github.readHead(REPOSITORY, "main")).toBe(HEAD);
    expect(await under.github.readHead(REPOSITORY, "main")).toBe(HEAD);
    expect(under.requests.at(-1)?.headers["if-none-match"]).toBe('"1"');
    expect(under.calls.at(-1)?.kind).toBe("not-modified");
  });

  test("the statuses of a commit, the newest of each name in any case of its letters, with who posted it", async () => {
    const under = start();
    const pages = [
      [
        status({ id: 9, context: "Holdpoint/Gate", state: "success", description: null, creator: null }),
        status({ id: 8, context: "ci", state: "pending" }),
      ],
      [status({ id: 7, context: "holdpoint/gate", state: "failure" })],
    ];
    const next = `<${API}${AT}/commits/${HEAD}/statuses?per_page=100&page=2>; rel="next"`;
    under.on(
      "GET",
      `${AT}/commits/${HEAD}/statuses`,
      { body: pages[0], headers: { link: next } },
      { body: pages[1] },
    );
    const found = await under.github.listStatuses(REPOSITORY, HEAD);
    expect(found.map(({ statusId, context, state }) => [statusId, context, state])).toEqual([
      [9, "Holdpoint/Gate", "success"],
      [8, "ci", "pending"],
    ]);
    expect(found[0]).toMatchObject({ description: "", by: null });
    expect(found[1]?.by).not.toBeNull();
  });

  test.each([404, 410, 422])("nothing to see (%i) is nothing, and no fault", async (status) => {
    const under = start();
    under.on("GET", /^\/repos\//, {
      status,
      body: { message: "nothing here", documentation_url: API },
      lies: true,
    });
    const { github } = under;
    expect(await github.readDeploymentMark(REPOSITORY, "staging")).toBe("");
    expect(await github.readCheckMark(REPOSITORY, HEAD)).toBe("[]");
    expect(await github.listStatuses(REPOSITORY, HEAD)).toEqual([]);
    expect(await github.listChangedIssues(REPOSITORY, SINCE)).toEqual([]);
    expect(await github.listComments(REPOSITORY, SINCE)).toEqual([]);
  });

  test("an answer that is none of those is a fault, never “nothing changed”", async () => {
    const under = start();
    under.on("GET", `${AT}/issues`, { status: 451, body: { message: "no" }, lies: true });
    expect(await faultOf(under.github.listChangedIssues(REPOSITORY, SINCE))).toMatchObject({
      code: "github-inconsistent",
    });
  });

  test("issues and pull requests changed since then, and comments with where they stand", async () => {
    const under = start();
    const issue = like("issue", {
      number: 7,
      comments: 2,
      updated_at: "2026-03-02T09:30:00Z",
      state: "closed",
    });
    under.on("GET", `${AT}/issues`, { body: [issue] });
    const comment = like("issue-comment", {
      id: 5,
      body: "",
      issue_url: `${API}${AT}/issues/7`,
      updated_at: "2026-03-02T09:31:00Z",
    });
    const elsewhere = like("issue-comment", { id: 6, issue_url: `${API}${AT}/commits/7` });
    under.on("GET", `${AT}/issues/comments`, { body: [comment, elsewhere] });
    expect(await under.github.listChangedIssues(REPOSITORY, SINCE)).toMatchObject([
      { number: 7, state: "closed", comments: 2, updatedAt: new Date("2026-03-02T09:30:00Z") },
    ]);
    expect(under.requests.at(-1)?.query.get("since")).toBe("2026-03-02T09:00:00.000Z");
    expect(await under.github.listComments(REPOSITORY, SINCE)).toMatchObject([
      { id: 5, issueNumber: 7, body: "", updatedAt: new Date("2026-03-02T09:31:00Z") },
    ]);
  });
});
