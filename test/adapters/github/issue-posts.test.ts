import { describe, expect, test } from "vitest";
import { like, itemLike, repositoryAnswer } from "./answers.ts";
import {
  APP_ID,
  faultOf,
  type GitHubUnderTest,
  isJson,
  type Json,
  REPOSITORY,
  type Reply,
  startGitHub,
} from "./github-under-test.ts";

const MARKER = "<!-- holdpoint compliance abc -->";
const LABEL = { name: "deferred-compliance", color: "fbca04", description: "red" };
const WANTED = {
  marker: MARKER,
  title: "unit red",
  body: "Red.",
  labels: [LABEL],
  labelsReady: [],
  labelsOff: [],
  state: "open",
} as const;
const BODY = `Red.\n\n${MARKER}`;
const ISSUES = "/repos/acme/storefront/issues";
const NONE = { number: null, beforeMaking: async () => undefined };

function start(): GitHubUnderTest {
  const under = startGitHub({ writeGapMilliseconds: 0 });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  under.on("GET", "/app", { body: like("integration", { id: APP_ID, slug: "holdpoint" }) });
  under.on("GET", /\/labels\/deferred-compliance$/, { body: like("label", { name: LABEL.name }) });
  return under;
}

/** As GitHub renders an issue that the App wrote. */
function issue(number: number, changes: Json = {}): Json {
  const example = like("issue");
  const { user, closed_by: _closer, performed_via_github_app: _app, pull_request: _pull, ...rest } = example;
  if (!isJson(user)) throw new TypeError("the example has changed");
  return {
    ...rest,
    number,
    title: WANTED.title,
    body: BODY,
    state: "open",
    locked: false,
    labels: [like("label", { name: LABEL.name })],
    user: { ...user, login: "holdpoint[bot]", type: "Bot" },
    ...changes,
  };
}

function writes(under: GitHubUnderTest): readonly [string, Json][] {
  return under.requests
    .filter(({ method, pathname }) => method !== "GET" && !pathname.endsWith("/access_tokens"))
    .map(({ method, pathname, body }) => [
      `${method} ${pathname.replace("/repos/acme/storefront", "")}`,
      body,
    ]);
}

describe("putting an issue", () => {
  test("makes it where there is none, and says so before", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("POST", ISSUES, { status: 201, body: issue(7) });
    const said: string[] = [];
    const put = await under.github.putIssue(REPOSITORY, WANTED, {
      number: null,
      beforeMaking: async () => {
        said.push(`after ${String(writes(under).length)} writes`);
      },
    });
    expect([put, said]).toEqual([{ state: "done", remoteId: 7 }, ["after 0 writes"]]);
    expect(writes(under)).toEqual([
      ["POST /issues", { title: "unit red", body: BODY, labels: [LABEL.name] }],
    ]);
    const asked = under.requests.find(({ pathname }) => pathname === ISSUES);
    expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({ labels: LABEL.name, state: "all" });
  });

  test("makes a label that is missing; that somebody else made it meanwhile is fine", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("GET", /\/labels\/deferred-compliance$/, {
      status: 404,
      body: NOT_FOUND,
    });
    under.on("POST", "/repos/acme/storefront/labels", {
      status: 422,
      body: {
        message: "Validation Failed",
        errors: [{ resource: "Label", code: "already_exists", field: "name" }],
        documentation_url: "https://docs.github.com/rest",
      },
    });
    under.on("POST", ISSUES, { status: 201, body: issue(7) });
    expect(await under.github.putIssue(REPOSITORY, WANTED, NONE)).toEqual({ state: "done", remoteId: 7 });
    expect(writes(under).map(([what]) => what)).toEqual(["POST /labels", "POST /issues"]);
  });

  test("REL-47: a label that GitHub refuses is told, and no issue is made without it", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("GET", /\/labels\/deferred-compliance$/, {
      status: 404,
      body: NOT_FOUND,
    });
    under.on("POST", "/repos/acme/storefront/labels", {
      status: 422,
      body: {
        message: "Validation Failed",
        errors: [{ resource: "Label", code: "invalid", field: "name" }],
        documentation_url: "https://docs.github.com/rest",
      },
    });
    expect(await under.github.putIssue(REPOSITORY, WANTED, NONE)).toEqual({
      state: "refused",
      status: 422,
      detail: "Validation Failed: invalid",
    });
  });

  test("makes the labels that people will put on it, once it is there", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("POST", ISSUES, { status: 201, body: issue(7) });
    under.on("GET", /\/labels\/halt-override$/, { status: 404, body: NOT_FOUND });
    under.on("POST", "/repos/acme/storefront/labels", { status: 201, body: like("label") });
    const labelsReady = [{ ...LABEL, name: "halt-override" }];
    await under.github.putIssue(REPOSITORY, { ...WANTED, labelsReady }, NONE);
    expect(writes(under).map(([what]) => what)).toEqual(["POST /issues", "POST /labels"]);
  });

  test("finds its own by the marker, and writes nothing where nothing differs", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [issue(7, { body: `Red.\r\n\r\n${MARKER}\r\n` })] });
    expect(await under.github.putIssue(REPOSITORY, WANTED, NONE)).toEqual({ state: "done", remoteId: 7 });
    expect(writes(under)).toEqual([]);
  });

  test.each<[string, Json]>([
    ["a person's", { user: { ...person(), login: "holdpoint[bot]", type: "User" } }],
    ["another bot's", { user: { ...person(), login: "dependabot[bot]", type: "Bot" } }],
    ["a deleted account's", { user: null }],
    ["one that only quotes the marker", { body: `${MARKER}\n\nand more` }],
    [
      "a pull request",
      {
        pull_request: {
          url: "https://x.example",
          html_url: "https://x.example",
          diff_url: "https://x.example",
          patch_url: "https://x.example",
        },
      },
    ],
    [
      "one by another App under our name",
      { performed_via_github_app: like("integration", { id: APP_ID + 1 }) },
    ],
  ])("REL-58: is not led astray by %s", async (_, changes) => {
    const under = start();
    under.on("GET", ISSUES, { body: [issue(6, changes)] });
    under.on("POST", ISSUES, { status: 201, body: issue(7) });
    expect(await under.github.putIssue(REPOSITORY, WANTED, NONE)).toEqual({ state: "done", remoteId: 7 });
  });

  test("writes what differs, and touches no labels but those it was told of", async () => {
    const under = start();
    const labels = ["bug", "Deploy-Halt", "halt-override"].map((name) => like("label", { name }));
    under.on("GET", ISSUES, { body: [issue(7, { title: "unit and lint red", state: "closed", labels })] });
    under.on("POST", `${ISSUES}/7/labels`, { body: [] });
    under.on("DELETE", /\/issues\/7\/labels\//, { body: [] });
    under.on("PATCH", `${ISSUES}/7`, { body: issue(7) });
    await under.github.putIssue(REPOSITORY, { ...WANTED, labelsOff: ["deploy-halt"] }, NONE);
    expect(writes(under)).toEqual([
      ["POST /issues/7/labels", { labels: [LABEL.name] }],
      ["DELETE /issues/7/labels/deploy-halt", {}],
      ["PATCH /issues/7", { title: "unit red", state: "open" }],
    ]);
  });

  test("REL-57: knows it by its number when its label and its marker are gone", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("GET", `${ISSUES}/7`, { body: issue(7, { body: "mine now" }) });
    under.on("PATCH", `${ISSUES}/7`, { body: issue(7) });
    expect(await under.github.putIssue(REPOSITORY, WANTED, { ...NONE, number: 7 })).toEqual({
      state: "done",
      remoteId: 7,
    });
    expect(writes(under)).toEqual([["PATCH /issues/7", { body: BODY }]]);
  });

  test.each<[string, Reply]>([
    ["deleted", { status: 404, body: {} }],
    ["deleted, and GitHub says so", { status: 410, body: {} }],
    [
      "transferred",
      { status: 301, body: {}, headers: { location: "https://api.github.com/repositories/2/issues/1" } },
    ],
  ])("REL-56: opens another where it was %s", async (_, reply) => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("GET", `${ISSUES}/7`, { ...reply, lies: true });
    under.on("POST", ISSUES, { status: 201, body: issue(8) });
    expect(await under.github.putIssue(REPOSITORY, WANTED, { ...NONE, number: 7 })).toEqual({
      state: "done",
      remoteId: 8,
    });
  });

  test("REL-22: of several the oldest stays, the others are closed with a link", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [issue(9), issue(8, { state: "closed" }), issue(7)] });
    under.on("POST", `${ISSUES}/9/comments`, { status: 201, body: like("issue-comment") });
    under.on("PATCH", `${ISSUES}/9`, { body: issue(9) });
    expect(await under.github.putIssue(REPOSITORY, WANTED, { ...NONE, number: 9 })).toEqual({
      state: "done",
      remoteId: 7,
    });
    expect(writes(under)).toEqual([
      [
        "POST /issues/9/comments",
        {
          body: "This was opened twice by mistake: #7 is the one that counts. This one is closed and means nothing.",
        },
      ],
      ["PATCH /issues/9", { state: "closed", state_reason: "not_planned" }],
    ]);
  });

  test("REL-23: a creation without an answer is not sent again: the next try looks first", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("POST", ISSUES, { breaks: "ECONNRESET" });
    expect(await faultOf(under.github.putIssue(REPOSITORY, WANTED, NONE))).toMatchObject({
      kind: "retry-later",
    });
    expect(writes(under)).toHaveLength(1);
  });

  test("REL-53: is refused where issues are switched off", async () => {
    const under = start();
    under.on("GET", ISSUES, {
      status: 410,
      body: {
        message: "Issues are disabled for this repo",
        documentation_url: "https://docs.github.com/rest",
      },
    });
    expect(await under.github.putIssue(REPOSITORY, WANTED, { ...NONE, number: 7 })).toEqual({
      state: "refused",
      status: 410,
      detail: "Issues are disabled for this repo",
    });
  });

  test("one that is over already is made closed", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [] });
    under.on("POST", ISSUES, { status: 201, body: issue(7) });
    under.on("PATCH", `${ISSUES}/7`, { body: issue(7, { state: "closed" }) });
    expect(await under.github.putIssue(REPOSITORY, { ...WANTED, state: "closed" }, NONE)).toEqual({
      state: "done",
      remoteId: 7,
    });
    expect(writes(under).at(-1)).toEqual(["PATCH /issues/7", { state: "closed" }]);
  });

  test("a label with a comma is not asked for as two", async () => {
    const under = start();
    under.on("GET", ISSUES, { body: [issue(7, { labels: [like("label", { name: "a,b" })] })] });
    await under.github.putIssue(REPOSITORY, { ...WANTED, labels: [{ ...LABEL, name: "a,b" }] }, NONE);
    expect(under.requests.find(({ pathname }) => pathname === ISSUES)?.query.has("labels")).toBe(false);
  });
});

describe("a label and a state alone", () => {
  test.each([
    [true, ["bug"], ["POST /issues/7/labels"]],
    [true, ["Halt-Override"], []],
    [false, ["halt-override"], ["DELETE /issues/7/labels/halt-override"]],
    [false, ["halt-overrid\u0435"], []],
  ])("wanted %s on an issue with %j: %j", async (present, names, expected) => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, {
      body: issue(7, { labels: names.map((name) => like("label", { name })) }),
    });
    under.on("POST", `${ISSUES}/7/labels`, { body: [] });
    under.on("DELETE", /\/labels\//, { body: [] });
    const put = await under.github.putLabel(REPOSITORY, { issueNumber: 7, name: "halt-override", present });
    expect([put.state, writes(under).map(([what]) => what)]).toEqual(["done", expected]);
  });

  test.each([
    ["open", "open", []],
    ["closed", "open", [["PATCH /issues/7", { state: "open" }]]],
  ] as const)("an issue that is %s is wanted %s", async (is, state, expected) => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, { body: issue(7, { state: is }) });
    under.on("PATCH", `${ISSUES}/7`, { body: issue(7) });
    await under.github.putIssueState(REPOSITORY, { issueNumber: 7, state });
    expect(writes(under)).toEqual(expected);
  });

  test("REL-57: a label that is not on it any more when it is taken off was wanted so", async () => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, { body: issue(7) });
    under.on("DELETE", /\/labels\//, { status: 404, body: NOT_FOUND });
    expect(
      await under.github.putLabel(REPOSITORY, { issueNumber: 7, name: LABEL.name, present: false }),
    ).toEqual({
      state: "done",
      remoteId: null,
    });
  });

  test.each([301, 410])("on an issue that is gone (%i) is refused", async (status) => {
    const under = start();
    under.on("GET", `${ISSUES}/7`, { status, body: { message: "Gone" }, lies: true });
    expect(
      await under.github.putLabel(REPOSITORY, { issueNumber: 7, name: "x", present: true }),
    ).toMatchObject({
      state: "refused",
      status,
    });
    expect(await under.github.putIssueState(REPOSITORY, { issueNumber: 7, state: "open" })).toMatchObject({
      status,
    });
  });
});

const NOT_FOUND = { message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" };

function person(): Json {
  const { user } = itemLike("issue-items", null);
  if (!isJson(user)) throw new TypeError("the example has changed");
  return user;
}
