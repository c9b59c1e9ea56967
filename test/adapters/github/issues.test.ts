import { describe, expect, test } from "vitest";
import { aboutRepository, itemLike, like, pullRequestNode, repositoryAnswer } from "./answers.ts";
import {
  APP_ID,
  faultOf,
  type GitHubUnderTest,
  isJson,
  type Json,
  REPOSITORY,
  sha,
  startGitHub,
} from "./github-under-test.ts";

const ISSUES = "/repos/acme/storefront/issues";

function start(): GitHubUnderTest {
  const under = startGitHub({ writeGapMilliseconds: 0 });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  under.on("GET", "/app", { body: like("integration", { id: APP_ID, slug: "holdpoint" }) });
  return under;
}

function issue(number: number, changes: Json = {}): Json {
  const {
    user,
    closed_by: _closer,
    performed_via_github_app: _app,
    pull_request: _pull,
    ...rest
  } = like("issue");
  if (!isJson(user)) throw new TypeError("the example has changed");
  return {
    ...rest,
    number,
    body: "Red.",
    state: "open",
    locked: true,
    html_url: `https://github.com/acme/storefront/issues/${String(number)}`,
    labels: [like("label", { id: 5, name: "Deferred-Compliance" })],
    updated_at: "2026-03-02T10:00:00Z",
    user: { ...user, login: "holdpoint[bot]", type: "Bot" },
    ...changes,
  };
}

describe("an issue", () => {
  test("is read as far as Holdpoint acts on it", async () => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, { body: issue(7) });
    expect(await under.github.readIssue(REPOSITORY, 7)).toEqual({
      state: "known",
      value: {
        number: 7,
        url: "https://github.com/acme/storefront/issues/7",
        onPullRequest: false,
        state: "open",
        locked: true,
        labels: [{ id: 5, name: "Deferred-Compliance" }],
        body: "Red.",
        isOurs: true,
        updatedAt: new Date("2026-03-02T10:00:00Z"),
      },
    });
  });

  test.each([301, 404, 410])("that was deleted or transferred (%i) is missing", async (status) => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, { status, body: { message: "Gone" }, lies: true });
    expect(await under.github.readIssue(REPOSITORY, 7)).toEqual({
      state: "missing",
      detail: "#7 was not found, or the App may not see it.",
    });
  });

  test("that GitHub is unclear about is not missing", async () => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, { status: 418, body: {}, lies: true });
    expect(await faultOf(under.github.readIssue(REPOSITORY, 7))).toMatchObject({
      kind: "retry-later",
      status: 418,
    });
  });
});

test("events of an issue are read to the end, those that say something, with who did it", async () => {
  const under = start();
  const event = (id: number, kind: string, changes: Json = {}): Json =>
    itemLike("issue-event-for-issue-items", null, {
      id,
      event: kind,
      created_at: "2026-03-02T10:00:00Z",
      label: { name: "halt-override", color: "ffffff" },
      ...changes,
    });
  const closed = event(3, "closed", { commit_id: sha("f"), actor: null });
  under.on(
    "GET",
    `${ISSUES}/7/events`,
    {
      body: [event(1, "labeled", { commit_id: null }), event(2, "subscribed")],
      headers: { link: `<https://api.github.com/repositories/1/issues/7/events?page=2>; rel="next"` },
      lies: true,
    },
    { body: [closed], lies: true },
  );
  const at = new Date("2026-03-02T10:00:00Z");
  const events = await under.github.readIssueEvents(REPOSITORY, 7);
  expect(events).toEqual([
    {
      id: 1,
      what: "labelled",
      label: "halt-override",
      by: { id: 1, login: "octocat", isBot: false },
      byUs: false,
      at,
      byCommit: null,
    },
    { id: 3, what: "closed", label: "halt-override", by: null, byUs: false, at, byCommit: sha("f") },
  ]);
});

describe("listing issues", () => {
  test("reads all pages, of the label alone, each once", async () => {
    const under = start();
    under.on(
      "GET",
      ISSUES,
      {
        body: [issue(7), issue(6, { labels: [like("label", { name: "bug" })] })],
        headers: { link: `<https://api.github.com/repositories/1/issues?page=2>; rel="next"` },
      },
      { body: [issue(7), issue(5, { user: null })] },
    );
    const since = new Date("2026-03-01T00:00:00Z");
    const found = await under.github.listIssues(REPOSITORY, "deferred-compliance", since);
    expect(found.map(({ number, isOurs }) => [number, isOurs])).toEqual([
      [7, true],
      [5, false],
    ]);
    expect(under.requests.find(({ pathname }) => pathname === ISSUES)?.query.get("since")).toBe(
      "2026-03-01T00:00:00.000Z",
    );
  });

  test("finds none where issues are switched off", async () => {
    const under = start();
    under.on("GET", ISSUES, {
      status: 410,
      body: { message: "Off", documentation_url: "https://docs.github.com/rest" },
    });
    expect(await under.github.listIssues(REPOSITORY, "x", null)).toEqual([]);
  });
});

test("where commits came from is one question, and only a merged pull request brought them", async () => {
  const under = start();
  under.onQuery("CommitOrigins", {
    body: aboutRepository({
      c0: {
        parents: { totalCount: 2 },
        associatedPullRequests: { nodes: [pullRequestNode(11, { state: "OPEN" }), pullRequestNode(12)] },
      },
      c1: {
        parents: { totalCount: 1 },
        associatedPullRequests: { nodes: [pullRequestNode(11, { state: "OPEN" })] },
      },
      c2: null,
    }),
  });
  const origins = await under.github.readOrigins(REPOSITORY, [sha("a"), sha("b"), sha("c")]);
  expect(
    [...origins].map(([commit, { isMerge, pullRequest }]) => [commit, isMerge, pullRequest?.number ?? null]),
  ).toEqual([
    [sha("a"), true, 12],
    [sha("b"), false, null],
  ]);
  expect(under.requests.filter(({ pathname }) => pathname === "/graphql")).toHaveLength(1);
});

test("where no commits came from nobody is asked", async () => {
  const under = start();
  expect(await under.github.readOrigins(REPOSITORY, [])).toEqual(new Map());
  expect(under.requests).toEqual([]);
});

describe("CODEOWNERS", () => {
  const file = (changes: Json = {}, type = "blob"): Json => ({
    type,
    object: {
      __typename: "Blob",
      byteSize: 10,
      isTruncated: false,
      isBinary: false,
      text: "* @a",
      ...changes,
    },
  });
  const NONE = { f0: null, f1: null, f2: null };

  async function read(files: Json) {
    const under = start();
    under.onQuery("CodeOwners", {
      body: aboutRepository({ object: { __typename: "Commit", ...NONE, ...files } }),
    });
    return await under.github.readCodeOwners(REPOSITORY, sha("a"));
  }

  test("is the first of .github, the root and docs", async () => {
    const found = await read({ f1: file({ text: "* @root" }), f2: file({ text: "* @docs" }) });
    expect(found).toEqual({ state: "known", value: { text: "* @root", sha: sha("a") } });
  });

  test("may be nowhere", async () => {
    expect((await read({})).state).toBe("missing");
  });

  test.each([
    ["is 3 MB", file({ byteSize: 3_145_728, isTruncated: true })],
    ["is no text", file({ isBinary: true, text: null })],
    ["is a folder", file({}, "tree")],
  ])("that %s names nobody, and no other is looked for", async (_, first) => {
    expect(await read({ f0: first, f1: file() })).toEqual({
      state: "known",
      value: { text: "", sha: sha("a") },
    });
  });

  test("that GitHub cuts short is not known", async () => {
    expect(await read({ f0: file({ byteSize: 600_000, isTruncated: true }) })).toMatchObject({
      state: "unknown",
      because: "truncated",
    });
  });
});

describe("the files of a pull request", () => {
  const FILES = "/repos/acme/storefront/pulls/12/files";
  const changed = (filename: string, changes: Json = {}): Json =>
    itemLike("diff-entry-items", null, { filename, ...changes });

  test("have both names of a rename", async () => {
    const under = start();
    under.on("GET", FILES, { body: [changed("a"), changed("c", { previous_filename: "b" })] });
    expect(await under.github.readChangedFiles(REPOSITORY, 12)).toEqual({
      state: "known",
      value: ["a", "c", "b"],
    });
  });

  test("past 3,000 are not all known", async () => {
    const under = start();
    const page = Array.from({ length: 100 }, (_, index) => changed(String(index)));
    under.on("GET", FILES, ({ query }) => {
      const number = Number(query.get("page") ?? "1");
      const next = `<https://api.github.com/x?page=${String(number + 1)}>; rel="next"`;
      return { body: page, lies: true, ...(number < 30 ? { headers: { link: next } } : {}) };
    });
    expect(await under.github.readChangedFiles(REPOSITORY, 12)).toMatchObject({
      state: "unknown",
      because: "truncated",
    });
  });

  test("of one that is not there are missing", async () => {
    const under = start();
    under.on("GET", FILES, {
      status: 404,
      body: { message: "Not Found", documentation_url: "https://x.example", status: "404" },
    });
    expect((await under.github.readChangedFiles(REPOSITORY, 12)).state).toBe("missing");
  });
});
