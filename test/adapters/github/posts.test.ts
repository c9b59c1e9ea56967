import { describe, expect, test } from "vitest";
import { checkRunAnswer, itemLike, like, repositoryAnswer } from "./answers.ts";
import {
  APP_ID,
  faultOf,
  type GitHubUnderTest,
  isJson,
  type Json,
  REPOSITORY,
  type Reply,
  sha,
  startGitHub,
} from "./github-under-test.ts";

const HEAD = sha("a");
const STATUS = {
  sha: HEAD,
  context: "holdpoint/gate",
  state: "failure",
  description: "Held: 1 ticket is missing.",
  targetUrl: "https://holdpoint.example.com/a",
} as const;
const RUN = {
  sha: HEAD,
  name: "Holdpoint",
  externalId: "deploy",
  conclusion: "action_required",
  title: "Could not verify",
  summary: "Jira did not answer.",
  text: null,
  detailsUrl: null,
  actions: [{ label: "Check again", description: "Look at everything again", identifier: "check" }],
} as const;
const COMMENT = { issueNumber: 7, marker: "<!-- holdpoint:42 -->", body: "Done." };
const CHECK_RUNS = `/repos/acme/storefront/commits/${HEAD}/check-runs`;
const COMMENTS = "/repos/acme/storefront/issues/7/comments";

function start(): GitHubUnderTest {
  const under = startGitHub({ writeGapMilliseconds: 0 });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  return under;
}

function writes(under: GitHubUnderTest): readonly [string, string, Json][] {
  return under.requests
    .filter(({ method, pathname }) => method !== "GET" && !pathname.endsWith("/access_tokens"))
    .map(({ method, pathname, body }) => [method, pathname, body]);
}

test("a status is posted as it is wished", async () => {
  const under = start();
  under.on("POST", /\/statuses\//, { status: 201, body: like("status", { id: 9 }) });
  expect(await under.github.postStatus(REPOSITORY, STATUS)).toEqual({ state: "done", remoteId: 9 });
  expect(writes(under)).toEqual([
    [
      "POST",
      `/repos/acme/storefront/statuses/${HEAD}`,
      {
        context: "holdpoint/gate",
        state: "failure",
        description: "Held: 1 ticket is missing.",
        target_url: "https://holdpoint.example.com/a",
      },
    ],
  ]);
});

test("a status is sent again when nobody knows whether it arrived", async () => {
  const under = start();
  under.on(
    "POST",
    /\/statuses\//,
    { breaks: "ECONNRESET" },
    { status: 201, body: like("status", { id: 9 }) },
  );
  expect(await under.github.postStatus(REPOSITORY, { ...STATUS, targetUrl: null })).toMatchObject({
    state: "done",
  });
  expect(writes(under)).toHaveLength(2);
  expect(writes(under)[0]?.[2]).not.toHaveProperty("target_url");
});

test("a status on a commit that GitHub has not seen yet is tried again, not refused", async () => {
  const under = start();
  under.on("POST", /\/statuses\//, {
    status: 422,
    body: { message: "No commit found for SHA: a", documentation_url: "https://docs.github.com/rest" },
  });
  expect(await faultOf(under.github.postStatus(REPOSITORY, STATUS))).toMatchObject({
    kind: "retry-later",
    status: 422,
  });
});

describe("REL-47: what GitHub will never accept is refused as a value, with its words", () => {
  test.each<[string, Reply, string]>([
    [
      "the 1,001st status",
      {
        status: 422,
        body: {
          message: "Validation Failed",
          errors: [
            {
              resource: "Status",
              code: "custom",
              message: "This SHA and context has reached the maximum number of statuses.",
            },
          ],
          documentation_url: "https://docs.github.com/rest",
        },
      },
      "Validation Failed: This SHA and context has reached the maximum number of statuses.",
    ],
    [
      "a description that is too long",
      {
        status: 422,
        body: {
          message: "Validation Failed",
          errors: [
            {
              resource: "Status",
              code: "custom",
              field: "description",
              message: "description is too long (maximum is 140 characters)",
            },
          ],
          documentation_url: "https://docs.github.com/rest",
        },
      },
      "Validation Failed: description is too long (maximum is 140 characters)",
    ],
    [
      "an error that is a text",
      { status: 422, body: { message: "Bad", errors: ["worse"] }, lies: true },
      "Bad: worse",
    ],
    [
      "an error with a code alone",
      { status: 422, body: { message: "Bad", errors: [{ code: "missing" }] }, lies: true },
      "Bad: missing",
    ],
    ["no words at all", { status: 422, body: {}, lies: true }, "GitHub answered with status 422."],
  ])("%s", async (_what, reply, detail) => {
    const under = start();
    under.on("POST", /\/statuses\//, reply);
    expect(await under.github.postStatus(REPOSITORY, STATUS)).toEqual({
      state: "refused",
      status: 422,
      detail,
    });
    expect(writes(under)).toHaveLength(1);
  });

  test("comments on an issue that is locked away (410)", async () => {
    const under = start();
    under.on("GET", COMMENTS, { body: [] });
    under.on("POST", COMMENTS, { status: 410, body: { message: "Issues are disabled for this repo" } });
    expect(await under.github.postComment(REPOSITORY, COMMENT)).toEqual({
      state: "refused",
      status: 410,
      detail: "Issues are disabled for this repo",
    });
  });
});

function ours(changes: Json): Json {
  const example = checkRunAnswer({})["app"];
  return checkRunAnswer({
    name: "Holdpoint",
    external_id: "deploy",
    app: isJson(example) ? { ...example, id: APP_ID } : null,
    ...changes,
  });
}

function listed(...runs: readonly Json[]): Reply {
  return { body: { total_count: runs.length, check_runs: runs } };
}

describe("the check run", () => {
  const created: Reply = {
    status: 201,
    body: like("check-run-example-of-completed-conclusion", { id: 31 }),
    lies: true,
  };
  const updated: Reply = { body: like("check-run", { id: 30 }), lies: true };

  test("is made where there is none, with its button", async () => {
    const under = start();
    under.on("GET", CHECK_RUNS, listed());
    under.on("POST", "/repos/acme/storefront/check-runs", created);
    expect(await under.github.postCheckRun(REPOSITORY, RUN, null)).toEqual({ state: "done", remoteId: 31 });
    expect(writes(under)).toEqual([
      [
        "POST",
        "/repos/acme/storefront/check-runs",
        {
          name: "Holdpoint",
          head_sha: HEAD,
          external_id: "deploy",
          status: "completed",
          conclusion: "action_required",
          output: { title: "Could not verify", summary: "Jira did not answer." },
          actions: [{ label: "Check again", description: "Look at everything again", identifier: "check" }],
        },
      ],
    ]);
    const look = under.requests.find(({ pathname }) => pathname === CHECK_RUNS);
    expect(Object.fromEntries(look?.query ?? [])).toEqual({
      check_name: "Holdpoint",
      filter: "all",
      app_id: String(APP_ID),
      per_page: "100",
    });
  });

  test("that is known is updated without a look", async () => {
    const under = start();
    under.on("PATCH", "/repos/acme/storefront/check-runs/30", updated);
    const run = { ...RUN, text: "All of it", detailsUrl: "https://holdpoint.example.com/a" };
    expect(await under.github.postCheckRun(REPOSITORY, run, 30)).toEqual({ state: "done", remoteId: 30 });
    expect(writes(under)[0]?.[2]).toMatchObject({
      output: { text: "All of it" },
      details_url: "https://holdpoint.example.com/a",
    });
    expect(writes(under)[0]?.[2]).not.toHaveProperty("head_sha");
  });

  test("that an earlier try made is found by name and external id and updated", async () => {
    const under = start();
    under.on(
      "GET",
      CHECK_RUNS,
      listed(ours({ id: 29 }), ours({ id: 30 }), ours({ id: 35, external_id: "pull-request:1" })),
    );
    under.on("PATCH", "/repos/acme/storefront/check-runs/30", updated);
    expect(await under.github.postCheckRun(REPOSITORY, RUN, null)).toMatchObject({ state: "done" });
    expect(writes(under)).toHaveLength(1);
  });

  test("of another App is not touched, whatever it is called", async () => {
    const under = start();
    const example = checkRunAnswer({})["app"];
    under.on(
      "GET",
      CHECK_RUNS,
      listed(ours({ id: 29, app: isJson(example) ? { ...example, id: 1 } : null })),
    );
    under.on("POST", "/repos/acme/storefront/check-runs", created);
    expect(await under.github.postCheckRun(REPOSITORY, RUN, null)).toEqual({ state: "done", remoteId: 31 });
  });

  test("that is gone is made anew", async () => {
    const under = start();
    under.on("PATCH", "/repos/acme/storefront/check-runs/30", { status: 404, body: {} });
    under.on("POST", "/repos/acme/storefront/check-runs", created);
    expect(await under.github.postCheckRun(REPOSITORY, RUN, 30)).toEqual({ state: "done", remoteId: 31 });
  });

  test("is not made twice when nobody knows whether it was made: the fault rises, the next try looks", async () => {
    const under = start();
    under.on("GET", CHECK_RUNS, listed(), listed(ours({ id: 30 })));
    under.on("POST", "/repos/acme/storefront/check-runs", { status: 502, body: {} });
    under.on("PATCH", "/repos/acme/storefront/check-runs/30", updated);
    expect((await faultOf(under.github.postCheckRun(REPOSITORY, RUN, null))).code).toBe("github-unreachable");
    expect(await under.github.postCheckRun(REPOSITORY, RUN, null)).toEqual({ state: "done", remoteId: 30 });
    expect(writes(under).map(([method]) => method)).toEqual(["POST", "PATCH"]);
  });
});

describe("the comment", () => {
  const created: Reply = { status: 201, body: like("issue-comment", { id: 77 }) };
  const comment = (changes: Json): Json =>
    itemLike("issue-comment-items", null, {
      body: `${COMMENT.body}\r\n\r\n${COMMENT.marker}\r\n`,
      ...changes,
    });
  const user = (login: string, type: string): unknown => {
    const example = comment({})["user"];
    return isJson(example) ? { ...example, login, type } : null;
  };
  const via = (id: number): Json => like("integration", { id });

  test("is written with its marker", async () => {
    const under = start();
    under.on("GET", COMMENTS, { body: [] });
    under.on("POST", COMMENTS, created);
    expect(await under.github.postComment(REPOSITORY, COMMENT)).toEqual({ state: "done", remoteId: 77 });
    expect(writes(under).map(([, , body]) => body)).toEqual([{ body: "Done.\n\n<!-- holdpoint:42 -->" }]);
  });

  test.each<[string, Json]>([
    ["through this App", { performed_via_github_app: via(APP_ID), user: user("holdpoint[bot]", "Bot") }],
    ["by this App's account", { performed_via_github_app: null, user: user("holdpoint[bot]", "Bot") }],
  ])("that is there already, %s, is not written again", async (_what, changes) => {
    const under = start();
    under.on("GET", "/app", { body: like("integration", { slug: "holdpoint" }) });
    under.on("GET", COMMENTS, { body: [comment({ id: 55, ...changes })] });
    expect(await under.github.postComment(REPOSITORY, COMMENT)).toEqual({ state: "done", remoteId: 55 });
    expect(writes(under)).toEqual([]);
  });

  test.each<[string, Json]>([
    ["a person", { performed_via_github_app: null, user: user("mallory", "User") }],
    ["a person with a name like ours", { performed_via_github_app: null, user: user("holdpoint", "User") }],
    ["a person through this App", { performed_via_github_app: via(APP_ID), user: user("mallory", "User") }],
    ["another bot", { performed_via_github_app: via(1), user: user("other[bot]", "Bot") }],
    ["another bot without its App", { performed_via_github_app: null, user: user("other[bot]", "Bot") }],
    ["nobody", { performed_via_github_app: null, user: null }],
  ])("is written although %s wrote our marker", async (_what, changes) => {
    const under = start();
    under.on("GET", "/app", { body: like("integration", { slug: "holdpoint" }) });
    under.on("GET", COMMENTS, { body: [comment({ id: 55, ...changes })] });
    under.on("POST", COMMENTS, created);
    expect(await under.github.postComment(REPOSITORY, COMMENT)).toEqual({ state: "done", remoteId: 77 });
  });

  test("REL-74: a stranger's words in an answer of ours are no marker: the comment is written", async () => {
    const under = start();
    const quoting = `Holdpoint knows no command \`${COMMENT.marker}\`.\n\n<!-- holdpoint:41 -->`;
    under.on("GET", COMMENTS, {
      body: [
        comment({
          body: quoting,
          performed_via_github_app: via(APP_ID),
          user: user("holdpoint[bot]", "Bot"),
        }),
      ],
    });
    under.on("POST", COMMENTS, created);
    const quoted = { ...COMMENT, body: `There is no \`${COMMENT.marker}\`.` };
    expect(await under.github.postComment(REPOSITORY, quoted)).toEqual({ state: "done", remoteId: 77 });
    expect(writes(under).map(([, , body]) => body)).toEqual([
      { body: `${quoted.body}\n\n${COMMENT.marker}` },
    ]);
  });

  test("REL-49: is found on a later page", async () => {
    const under = start();
    const next = { link: `<https://api.github.com${COMMENTS}?per_page=100&page=2>; rel="next"` };
    under.on(
      "GET",
      COMMENTS,
      { body: [comment({ id: 1, body: "Hello" })], headers: next },
      {
        body: [
          comment({ id: 55, performed_via_github_app: via(APP_ID), user: user("holdpoint[bot]", "Bot") }),
        ],
      },
    );
    expect(await under.github.postComment(REPOSITORY, COMMENT)).toEqual({ state: "done", remoteId: 55 });
  });
});
