import { describe, expect, test } from "vitest";
import type { TrunkEvidence } from "../../../src/domain/compliance/evidence.ts";
import { aboutRepository, itemLike, repositoryAnswer } from "./answers.ts";
import {
  APP_ID,
  faultOf,
  type GitHubUnderTest,
  isJson,
  type Json,
  REPOSITORY,
  sha,
  spent,
  startGitHub,
} from "./github-under-test.ts";

const HEAD = sha("c2");
const ROOT = sha("c1");
const AT = "2026-03-02T09:00:00Z";

function connection(nodes: readonly Json[], after: string | null = null): Json {
  return { pageInfo: { hasNextPage: after !== null, endCursor: after }, nodes };
}

function commit(oid: string, parent: string | null, more: Json = {}): Json {
  return {
    __typename: "Commit",
    id: `C_${oid.slice(0, 4)}`,
    oid,
    messageHeadline: `About ${oid.slice(0, 2)}`,
    committedDate: AT,
    parents: { nodes: parent === null ? [] : [{ oid: parent }] },
    status: null,
    checkSuites: connection([]),
    ...more,
  };
}

function suite(more: Json = {}): Json {
  return {
    id: "CS_1",
    status: "COMPLETED",
    conclusion: "SUCCESS",
    updatedAt: AT,
    app: { databaseId: 15_368, slug: "github-actions" },
    workflowRun: workflowRun(),
    checkRuns: connection([]),
    ...more,
  };
}

function workflowRun(more: Json = {}): Json {
  return {
    databaseId: 70,
    event: "push",
    url: "https://github.com/acme/storefront/actions/runs/70",
    file: { path: ".github/workflows/ci.yml" },
    workflow: { resourcePath: "/acme/storefront/actions/workflows/ci.yml" },
    ...more,
  };
}

function run(databaseId: number, name: string, more: Json = {}): Json {
  return {
    databaseId,
    name,
    status: "COMPLETED",
    conclusion: "FAILURE",
    startedAt: "2026-03-02T09:10:00Z",
    completedAt: "2026-03-02T09:20:00Z",
    url: `https://github.com/acme/storefront/actions/runs/70/job/${databaseId}`,
    deployment: null,
    pendingDeploymentRequest: null,
    ...more,
  };
}

function firstPage(nodes: readonly Json[], after: string | null = null): Json {
  const target = { __typename: "Commit", oid: HEAD, history: connection(nodes, after) };
  return aboutRepository({ ref: { target } });
}

function laterPage(nodes: readonly Json[], after: string | null = null): Json {
  return aboutRepository({ object: { __typename: "Commit", history: connection(nodes, after) } });
}

async function read(
  under: GitHubUnderTest,
  enough: (evidence: TrunkEvidence) => boolean = () => true,
): Promise<TrunkEvidence> {
  const found = await under.github.readTrunk(REPOSITORY, "main", ["production"], enough);
  if (found.state !== "known") throw new Error(JSON.stringify(found));
  return found.value;
}

/** What one commit with these suites and this status says. */
async function readOne(more: Json): Promise<TrunkEvidence> {
  const under = startGitHub();
  under.onQuery("Trunk", { body: firstPage([commit(HEAD, null, more)]) });
  return await read(under);
}

describe("what a commit's results come to", () => {
  test("a job, its run and a status, each with GitHub's words and times", async () => {
    const evidence = await readOne({
      status: {
        contexts: [{ context: "ci/long", state: "ERROR", createdAt: AT, targetUrl: "https://ci.example/1" }],
      },
      checkSuites: connection([suite({ conclusion: "FAILURE", checkRuns: connection([run(9, "slow")]) })]),
    });
    expect(evidence).toEqual({
      branch: "main",
      head: HEAD,
      chain: [{ sha: HEAD, parent: null, subject: "About c2", committedAt: new Date(AT) }],
      complete: true,
      results: [
        {
          sha: HEAD,
          name: "ci/long",
          source: { kind: "status" },
          runId: 0,
          sequence: Date.parse(AT) / 1_000,
          said: "error",
          at: new Date(AT),
          url: "https://ci.example/1",
          event: null,
          governed: false,
        },
        {
          sha: HEAD,
          name: "slow",
          source: { kind: "workflow", workflow: ".github/workflows/ci.yml" },
          runId: 70,
          sequence: 9,
          said: "failure",
          at: new Date("2026-03-02T09:20:00Z"),
          startedAt: new Date("2026-03-02T09:10:00Z"),
          url: "https://github.com/acme/storefront/actions/runs/70/job/9",
          event: "push",
          governed: false,
        },
      ],
      runs: [
        {
          sha: HEAD,
          workflow: ".github/workflows/ci.yml",
          runId: 70,
          event: "push",
          said: "failure",
          at: new Date(AT),
          url: "https://github.com/acme/storefront/actions/runs/70",
        },
      ],
    });
  });

  test.each([
    ["COMPLETED", "TIMED_OUT", "timed_out"],
    ["COMPLETED", "STARTUP_FAILURE", "startup_failure"],
    ["COMPLETED", null, "neutral"],
    ["IN_PROGRESS", null, "running"],
    ["QUEUED", null, "running"],
    ["WAITING", null, "running"],
  ])("a run that is %s with %s said %s", async (status, conclusion, said) => {
    const { runs, results } = await readOne({
      checkSuites: connection([
        suite({
          status,
          conclusion,
          checkRuns: connection([run(1, "slow", { status, conclusion, completedAt: null })]),
        }),
      ]),
    });
    expect(runs.map((one) => one.said)).toEqual([said]);
    expect(results.map((one) => [one.said, one.at])).toEqual([[said, new Date("2026-03-02T09:10:00Z")]]);
  });

  test.each([
    ["SUCCESS", "success"],
    ["FAILURE", "failure"],
    ["PENDING", "running"],
    ["EXPECTED", "running"],
  ])("a status that is %s said %s", async (state, said) => {
    const contexts = [{ context: "ci", state, createdAt: AT, targetUrl: null }];
    const { results } = await readOne({ status: { contexts } });
    expect(results.map((one) => one.said)).toEqual([said]);
  });

  test("our own statuses and check runs are left out", async () => {
    const contexts = ["holdpoint/gate", "Holdpoint/gate (staging)"].map((context) => ({
      context,
      state: "FAILURE",
      createdAt: AT,
      targetUrl: null,
    }));
    const ours = suite({
      app: { databaseId: APP_ID, slug: "holdpoint" },
      workflowRun: null,
      checkRuns: connection([run(1, "Holdpoint")]),
    });
    const { results, runs } = await readOne({ status: { contexts }, checkSuites: connection([ours]) });
    expect({ results, runs }).toEqual({ results: [], runs: [] });
  });

  test.each<readonly [string, Json, Json]>([
    [
      "another App's",
      { app: { databaseId: 9, slug: "some-ci" }, workflowRun: null },
      { kind: "app", app: "some-ci", appId: 9 },
    ],
    ["a deleted App's", { app: null, workflowRun: null }, { kind: "app", app: "", appId: 0 }],
    ["one of Actions without a run", { workflowRun: null }, { kind: "app", app: "github-actions", appId: 0 }],
    [
      "a job whose file is gone, by its workflow's page",
      { workflowRun: workflowRun({ file: null }) },
      { kind: "workflow", workflow: ".github/workflows/ci.yml" },
    ],
    [
      "a job of a workflow without a file",
      {
        workflowRun: workflowRun({
          file: null,
          workflow: { resourcePath: "/acme/storefront/actions/workflows/github-code-scanning/codeql" },
        }),
      },
      { kind: "workflow", workflow: "" },
    ],
  ])("%s is of its own source", async (_claim, more, source) => {
    const { results } = await readOne({
      checkSuites: connection([suite({ ...more, checkRuns: connection([run(1, "slow")]) })]),
    });
    expect(results.map((one) => one.source)).toEqual([source]);
  });

  test("a job that deploys, or waits to, where the policy governs is marked", async () => {
    const { results } = await readOne({
      checkSuites: connection([
        suite({
          checkRuns: connection([
            run(1, "ship", { deployment: { environment: "Production" } }),
            run(2, "wait", { pendingDeploymentRequest: { environment: { name: "production" } } }),
            run(3, "preview", { deployment: { environment: "preview" } }),
          ]),
        }),
      ]),
    });
    expect(results.map(({ name, governed }) => [name, governed])).toEqual([
      ["ship", true],
      ["wait", true],
      ["preview", false],
    ]);
  });
});

describe("the trunk", () => {
  test("is the line of first parents; what was merged is left out", async () => {
    const beside = commit(sha("b1"), ROOT, {
      checkSuites: connection([suite({ checkRuns: connection([run(1, "slow")]) })]),
    });
    const under = startGitHub();
    under.onQuery("Trunk", { body: firstPage([commit(HEAD, ROOT), beside, commit(ROOT, null)]) });
    const evidence = await read(under);
    expect(evidence.chain.map((one) => one.sha)).toEqual([HEAD, ROOT]);
    expect([evidence.results, evidence.runs]).toEqual([[], []]);
  });

  test("is read on below the head of the first page until it is enough", async () => {
    const under = startGitHub();
    under.onQuery("Trunk", { body: firstPage([commit(HEAD, ROOT)], "cursor 1") });
    under.onQuery("TrunkPage", { body: laterPage([commit(ROOT, sha("c0"))], "cursor 2") });
    const evidence = await read(under, ({ chain }) => chain.length === 2);
    expect(evidence.complete).toBe(false);
    expect(evidence.chain.map((one) => one.sha)).toEqual([HEAD, ROOT]);
    expect(under.requests.slice(-2).map(({ body }) => body["variables"])).toEqual([
      { owner: "acme", name: "storefront", branch: "refs/heads/main", count: 10 },
      { owner: "acme", name: "storefront", head: HEAD, after: "cursor 1", count: 20 },
    ]);
    expect(spent(under)).toBe(2);
  });

  test("that ends without a root is GitHub's mistake, not the end", async () => {
    const under = startGitHub();
    under.onQuery("Trunk", { body: firstPage([commit(HEAD, ROOT)]) });
    expect((await faultOf(read(under, () => false))).code).toBe("github-inconsistent");
  });

  test("that is not there is missing", async () => {
    const under = startGitHub();
    under.onQuery("Trunk", { body: aboutRepository({ ref: null }) });
    expect(await under.github.readTrunk(REPOSITORY, "main", [], () => true)).toEqual({
      state: "missing",
      detail: "main",
    });
  });

  test.each([
    ["on the first page", ["repository", "ref", "target", "history", "nodes", 0, "checkSuites"]],
    ["of one job", ["repository", "ref", "target", "history", "nodes", 0, "checkSuites", "nodes", 0, "app"]],
  ])("of which a part is refused %s is unknown, never less", async (_where, path) => {
    const under = startGitHub();
    const errors = [{ type: "FORBIDDEN", path, message: "Resource not accessible by integration" }];
    under.onQuery("Trunk", { body: { ...firstPage([commit(HEAD, null)]), errors } });
    expect(await under.github.readTrunk(REPOSITORY, "main", [], () => true)).toMatchObject({
      state: "unknown",
      because: "github-forbidden",
    });
  });
});

describe("REL-49: what does not fit into a page", () => {
  const truncated = commit(HEAD, null, {
    checkSuites: connection([suite({ checkRuns: connection([run(1, "a")], "runs 1") })], "suites 1"),
  });

  test("is asked for together, until nothing is left", async () => {
    const under = startGitHub();
    under.onQuery("Trunk", { body: firstPage([truncated]) });
    under.onQuery(
      "TrunkRest",
      {
        body: aboutRepository(
          {},
          {
            n0: { __typename: "CheckSuite", checkRuns: connection([run(2, "b")], "runs 2") },
            n1: {
              __typename: "Commit",
              checkSuites: connection([suite({ id: "CS_2", checkRuns: connection([run(4, "d")]) })]),
            },
          },
        ),
      },
      {
        body: aboutRepository({}, { n0: { __typename: "CheckSuite", checkRuns: connection([run(3, "c")]) } }),
      },
    );
    const { results } = await read(under);
    expect(results.map(({ name }) => name).toSorted()).toEqual(["a", "b", "c", "d"]);
    expect(under.requests.slice(-2).map(({ body }) => body["variables"])).toEqual([
      { owner: "acme", name: "storefront", i0: "CS_1", a0: "runs 1", i1: "C_c200", a1: "suites 1" },
      { owner: "acme", name: "storefront", i0: "CS_1", a0: "runs 2" },
    ]);
  });

  test("and does not end is unknown, never less", async () => {
    const under = startGitHub();
    under.onQuery("Trunk", { body: firstPage([truncated]) });
    const endless = { checkRuns: connection([run(2, "b")], "on"), checkSuites: connection([suite()], "on") };
    under.onQuery("TrunkRest", ({ body }) => ({
      body: aboutRepository({}, nodesFor(body, endless)),
    }));
    expect(await under.github.readTrunk(REPOSITORY, "main", [], () => true)).toEqual({
      state: "unknown",
      because: "truncated",
      detail: "The commits of main have more results of checks than are read.",
      retryAt: null,
    });
    expect(spent(under)).toBe(21);
  });

  test("of a merged branch's commit is not asked for", async () => {
    const under = startGitHub();
    const beside = { ...truncated, oid: sha("b1") };
    under.onQuery("Trunk", { body: firstPage([commit(HEAD, null), beside]) });
    await read(under);
    expect(spent(under)).toBe(1);
  });
});

/** The same for whatever is asked for. */
function nodesFor(body: Json, node: Json): Json {
  const variables = isJson(body["variables"]) ? body["variables"] : {};
  const asked = Object.entries(variables).filter(([name]) => /^i\d+$/.test(name));
  return Object.fromEntries(
    asked.map(([name, id]) => [
      name.replace("i", "n"),
      { __typename: String(id).startsWith("CS_") ? "CheckSuite" : "Commit", ...node },
    ]),
  );
}

describe("the jobs of a run", () => {
  const path = "/repos/acme/storefront/actions/runs/70/jobs";
  const jobs = (...ids: readonly number[]): Json => ({
    total_count: ids.length,
    jobs: ids.map((id) => itemLike("job-paginated", "jobs", { id, created_at: AT })),
  });

  test("are told from what steps wrote, of all attempts", async () => {
    const under = startGitHub();
    under.on("GET", path, { body: jobs(1, 2) });
    expect(await under.github.readJobs(REPOSITORY, 70, [2, 3])).toEqual(new Set([2]));
    expect(under.requests.at(-1)?.query.get("filter")).toBe("all");
  });

  test("are not asked for again, another attempt's are", async () => {
    const under = startGitHub();
    under.on("GET", path, { body: jobs(1, 2) }, { body: jobs(1, 2, 3) });
    await under.github.readJobs(REPOSITORY, 70, [1]);
    expect(await under.github.readJobs(REPOSITORY, 70, [2])).toEqual(new Set([2]));
    expect(spent(under)).toBe(1);
    expect(await under.github.readJobs(REPOSITORY, 70, [3])).toEqual(new Set([3]));
    expect(spent(under)).toBe(2);
  });

  test("are none where the run is gone", async () => {
    const under = startGitHub();
    under.on("GET", path, { status: 404, body: { message: "Not Found" }, lies: true });
    under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
    expect(await under.github.readJobs(REPOSITORY, 70, [1])).toEqual(new Set());
  });

  test("are not known where GitHub refuses", async () => {
    const under = startGitHub();
    under.on("GET", path, { status: 403, body: { message: "Resource not accessible by integration" } });
    expect((await faultOf(under.github.readJobs(REPOSITORY, 70, [1]))).code).toBe("github-forbidden");
  });
});
