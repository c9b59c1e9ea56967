import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { CheckResult } from "../../../src/domain/snapshot.ts";
import {
  aboutRepository,
  checkRunAnswer,
  like,
  repositoryAnswer,
  statusAnswer,
  workflowRunAnswer,
} from "./answers.ts";
import {
  APP_ID,
  faultOf,
  type GitHubUnderTest,
  isJson,
  type Json,
  REPOSITORY,
  sha,
  spent,
  START,
  startGitHub,
} from "./github-under-test.ts";

const HEAD = sha("a");
const CHECK_RUNS = `/repos/acme/storefront/commits/${HEAD}/check-runs`;
const STATUSES = `/repos/acme/storefront/commits/${HEAD}/status`;
const RUNS = "/repos/acme/storefront/actions/runs";

interface World {
  readonly checkRuns?: readonly Json[];
  readonly statuses?: readonly Json[];
  readonly workflowRuns?: readonly Json[];
}

function prepare(under: GitHubUnderTest, { checkRuns = [], statuses = [], workflowRuns = [] }: World): void {
  under.on("GET", CHECK_RUNS, { body: { total_count: checkRuns.length, check_runs: checkRuns } });
  under.on("GET", STATUSES, {
    body: like("combined-commit-status", { sha: HEAD, statuses, total_count: statuses.length }),
  });
  under.on("GET", RUNS, { body: { total_count: workflowRuns.length, workflow_runs: workflowRuns } });
}

function app(id: number, slug: string): unknown {
  const example = checkRunAnswer({})["app"];
  return isJson(example) ? { ...example, id, slug } : null;
}

/** A job of GitHub Actions; its suite is its run's. */
function job(id: number, name: string, conclusion: string | null, suite = 50, changes: Json = {}): Json {
  return checkRunAnswer({
    id,
    node_id: `CR_${id}`,
    name,
    status: conclusion === null ? "in_progress" : "completed",
    conclusion,
    check_suite: { id: suite },
    app: app(15_368, "github-actions"),
    html_url: `https://github.com/acme/storefront/runs/${id}`,
    ...changes,
  });
}

function external(id: number, name: string, conclusion: string | null, changes: Json = {}): Json {
  return job(id, name, conclusion, 60, { app: app(99, "some-ci"), ...changes });
}

function run(changes: Json = {}): Json {
  return workflowRunAnswer({
    id: 700,
    check_suite_id: 50,
    path: ".github/workflows/ci.yml@main",
    ...changes,
  });
}

async function results(
  under: GitHubUnderTest,
  environments: readonly string[] = [],
): Promise<readonly CheckResult[]> {
  const read = await under.github.readChecks(REPOSITORY, HEAD, environments);
  if (read.state !== "known") throw new Error(read.state);
  return read.value;
}

test("nothing there is an empty list, in two calls", async () => {
  const under = startGitHub();
  prepare(under, {});
  expect(await results(under)).toEqual([]);
  expect(spent(under)).toBe(2);
});

test("a job is known by its workflow's file, run and attempt; others by their App; statuses by themselves", async () => {
  const under = startGitHub();
  prepare(under, {
    checkRuns: [job(1, "unit", "success"), external(2, "scan", "failure")],
    statuses: [statusAnswer("ci/jenkins", "pending", { target_url: "https://ci.example.com/1" })],
    workflowRuns: [run({ run_attempt: 3 })],
  });
  expect(await results(under)).toEqual([
    {
      name: "ci/jenkins",
      source: { kind: "status" },
      state: "running",
      said: "pending",
      url: "https://ci.example.com/1",
      governed: false,
    },
    {
      name: "unit",
      source: { kind: "workflow", workflow: ".github/workflows/ci.yml", runId: 700, attempt: 3 },
      state: "success",
      said: "success",
      url: "https://github.com/acme/storefront/runs/1",
      governed: false,
    },
    {
      name: "scan",
      source: { kind: "app", app: "some-ci", appId: 99 },
      state: "failure",
      said: "failure",
      url: "https://github.com/acme/storefront/runs/2",
      governed: false,
    },
  ]);
  expect(spent(under)).toBe(3);
});

const LATE = new Date(START.getTime() - 3_600_001).toISOString();
const EARLY = new Date(START.getTime() - 3_599_000).toISOString();

test.each<[string | null, string, Json]>([
  ["success", "success", {}],
  ["failure", "failure", {}],
  ["timed_out", "failure", {}],
  ["skipped", "skipped", {}],
  ["neutral", "skipped", {}],
  ["cancelled", "no-evidence", {}],
  ["action_required", "running", { completed_at: EARLY }],
  ["action_required", "failure", { completed_at: LATE }],
  [null, "running", { status: "queued" }],
  [null, "running", { status: "in_progress" }],
  [null, "running", { status: "waiting" }],
  [null, "running", { status: "pending" }],
])("a check run that says %s is %s", async (conclusion, state, changes) => {
  const under = startGitHub();
  prepare(under, { checkRuns: [external(1, "scan", conclusion, changes)] });
  expect((await results(under)).map((one) => one.state)).toEqual([state]);
});

test.each([
  ["success", "success"],
  ["pending", "running"],
  ["failure", "failure"],
  ["error", "failure"],
])("a status that says %s is %s", async (said, state) => {
  const under = startGitHub();
  prepare(under, { statuses: [statusAnswer("ci", said)] });
  expect((await results(under)).map((one) => one.state)).toEqual([state]);
});

test("our own check runs and statuses say nothing new", async () => {
  const under = startGitHub();
  prepare(under, {
    checkRuns: [external(1, "Holdpoint", "failure", { app: app(APP_ID, "holdpoint") })],
    statuses: [statusAnswer("holdpoint/gate", "failure"), statusAnswer("Holdpoint/tickets", "failure")],
  });
  expect(await results(under)).toEqual([]);
});

describe("the newest of each name and source", () => {
  test("of two runs of a workflow the later counts, whatever their order; another workflow's job is another check", async () => {
    const under = startGitHub();
    prepare(under, {
      checkRuns: [
        job(9, "unit", "failure", 50),
        job(3, "unit", "success", 51),
        job(4, "unit", "failure", 52),
      ],
      workflowRuns: [
        run({ id: 700, check_suite_id: 50 }),
        run({ id: 701, check_suite_id: 51 }),
        run({ id: 600, check_suite_id: 52, path: ".github/workflows/nightly.yml" }),
      ],
    });
    expect((await results(under)).map(({ source, state }) => [source, state])).toEqual([
      [{ kind: "workflow", workflow: ".github/workflows/ci.yml", runId: 701, attempt: 1 }, "success"],
      [{ kind: "workflow", workflow: ".github/workflows/nightly.yml", runId: 600, attempt: 1 }, "failure"],
    ]);
  });

  test("of two check runs of an App the one made later counts", async () => {
    const under = startGitHub();
    prepare(under, { checkRuns: [external(9, "scan", "success"), external(4, "scan", "failure")] });
    expect((await results(under)).map(({ state }) => state)).toEqual(["success"]);
  });
});

describe("runs that say nothing of this commit", () => {
  test.each<[string, Json]>([
    [
      "pull_request_target carries the trunk's sha while it tests something else",
      { event: "pull_request_target" },
    ],
    ["a fork's run is not ours", { head_repository: { ...itsRepository(), id: 666 } }],
    ["nor is that of a fork that is gone", { head_repository: null }],
  ])("%s", async (_what, changes) => {
    const under = startGitHub();
    const workflowRuns = [run()].map((answer) => ({ ...answer, ...changes }));
    prepare(under, { checkRuns: [job(1, "unit", "success")], workflowRuns: [] });
    under.on("GET", RUNS, { body: { total_count: 1, workflow_runs: workflowRuns }, lies: true });
    expect(await results(under)).toEqual([]);
  });

  test("a job whose run is not to be found can only speak against", async () => {
    const under = startGitHub();
    prepare(under, { checkRuns: [job(1, "unit", "success"), job(2, "lint", "failure")] });
    expect((await results(under)).map(({ name, state }) => [name, state])).toEqual([
      ["unit", "no-evidence"],
      ["lint", "failure"],
    ]);
  });
});

describe("skipped because a job it needs failed", () => {
  const workflow = "jobs:\n  build: {}\n  lint: {}\n  unit: { needs: build }\n";
  const file = (text: string | null, isTruncated = false): Json =>
    aboutRepository({
      object: { __typename: "Commit", f0: text === null ? null : { object: { isTruncated, text } } },
    });

  test.each<[string, string, Json, string]>([
    ["the job it needs failed", "build", file(workflow), "skipped-after-failure"],
    ["another job failed", "lint", file(workflow), "skipped"],
    ["the file is gone", "lint", file(null), "skipped-after-failure"],
    ["the file is cut short", "lint", file(workflow, true), "skipped-after-failure"],
    ["the file is no YAML", "lint", file("jobs: ["), "skipped-after-failure"],
  ])("%s", async (_what, failed, answer, state) => {
    const under = startGitHub({ parseYaml: parse });
    prepare(under, {
      checkRuns: [job(1, failed, "failure"), job(2, "unit", "skipped")],
      workflowRuns: [run()],
    });
    under.onQuery("WorkflowFiles", { body: answer });
    expect((await results(under)).find(({ name }) => name === "unit")?.state).toBe(state);
    expect(spent(under)).toBe(4);
  });

  test("a cancelled job keeps those that need it from running, too", async () => {
    const under = startGitHub({ parseYaml: parse });
    prepare(under, {
      checkRuns: [job(1, "build", "cancelled"), job(2, "unit", "skipped")],
      workflowRuns: [run()],
    });
    under.onQuery("WorkflowFiles", { body: file(workflow) });
    expect((await results(under)).map(({ state }) => state)).toEqual([
      "no-evidence",
      "skipped-after-failure",
    ]);
  });

  test("where nothing failed in the same run no file is read", async () => {
    const under = startGitHub();
    prepare(under, {
      checkRuns: [job(1, "unit", "skipped", 50), job(2, "other", "failure", 51)],
      workflowRuns: [run(), run({ id: 701, check_suite_id: 51 })],
    });
    expect((await results(under)).map(({ state }) => state)).toEqual(["skipped", "failure"]);
    expect(spent(under)).toBe(3);
  });
});

describe("jobs of governed environments", () => {
  const node = (databaseId: number, environment: string | null, pending: string | null = null): Json => ({
    __typename: "CheckRun",
    databaseId,
    deployment: environment === null ? null : { environment },
    pendingDeploymentRequest: pending === null ? null : { environment: { name: pending } },
  });

  test("are marked, whether they deployed or wait for leave; asked for in one call", async () => {
    const under = startGitHub();
    prepare(under, {
      checkRuns: [
        job(1, "unit", "success"),
        job(2, "ship", "success"),
        job(3, "wait", null, 50, { status: "waiting" }),
        job(4, "preview", "success"),
      ],
      workflowRuns: [run()],
    });
    under.onQuery("GovernedRuns", {
      body: aboutRepository(
        {},
        { nodes: [node(1, null), node(2, "Production"), node(3, null, "staging"), node(4, "preview")] },
      ),
    });
    const found = await results(under, ["production", "staging"]);
    expect(found.map(({ name, governed }) => [name, governed])).toEqual([
      ["unit", false],
      ["ship", true],
      ["wait", true],
      ["preview", false],
    ]);
    expect(under.requests.at(-1)?.body["variables"]).toMatchObject({ ids: ["CR_1", "CR_2", "CR_3", "CR_4"] });
    expect(spent(under)).toBe(4);
  });

  test("are not asked for where no environment is governed", async () => {
    const under = startGitHub();
    prepare(under, { checkRuns: [job(1, "unit", "success")], workflowRuns: [run()] });
    expect((await results(under)).map(({ governed }) => governed)).toEqual([false]);
  });
});

test.each([404, 422])("a commit that GitHub does not know (%i) is missing", async (status) => {
  const under = startGitHub();
  prepare(under, {});
  under.on("GET", CHECK_RUNS, { status, body: { message: "No commit found for SHA" }, lies: true });
  under.on("GET", `/repositories/${REPOSITORY.id}`, { body: repositoryAnswer("acme", "storefront") });
  expect(await under.github.readChecks(REPOSITORY, HEAD, [])).toEqual({
    state: "missing",
    detail: `Commit ${HEAD} was not found, or the App may not see it.`,
  });
});

test("without the permission to read checks nothing is known", async () => {
  const under = startGitHub();
  prepare(under, {});
  under.on("GET", CHECK_RUNS, { status: 403, body: { message: "Resource not accessible by integration" } });
  expect((await faultOf(under.github.readChecks(REPOSITORY, HEAD, []))).code).toBe("github-forbidden");
});

describe("REL-49: more than a page of check runs", () => {
  const next = {
    link: `<https://api.github.com${CHECK_RUNS}?filter=latest&per_page=100&page=2>; rel="next"`,
  };
  const many = (from: number, count: number): readonly Json[] =>
    Array.from({ length: count }, (_, index) => external(from + index, `scan ${from + index}`, "success"));
  const page = (runs: readonly Json[], total: number): Json => ({ total_count: total, check_runs: runs });

  test("all are read by the Link header", async () => {
    const under = startGitHub();
    prepare(under, {});
    under.on(
      "GET",
      CHECK_RUNS,
      { body: page(many(1, 100), 103), headers: next },
      { body: page(many(101, 3), 103) },
    );
    expect(await results(under)).toHaveLength(103);
  });

  test("one that moved to a page already read shows in the count: nothing is known", async () => {
    const under = startGitHub();
    prepare(under, {});
    under.on(
      "GET",
      CHECK_RUNS,
      { body: page(many(1, 100), 103), headers: next },
      { body: page(many(102, 2), 103) },
    );
    const fault = await faultOf(under.github.readChecks(REPOSITORY, HEAD, []));
    expect([fault.code, fault.detail]).toEqual([
      "github-inconsistent",
      "GitHub counts 103 check_runs but listed 102.",
    ]);
  });

  test.each([
    "https://evil.example.com/repos/a/b?page=2",
    "//evil.example.com/x?page=2",
    "https://api.github.com.evil.example.com/x?page=2",
    "http://api.github.com/x?page=2",
    "https://api.github.com:8443/x?page=2",
  ])("a Link to %s is refused before anything is sent there", async (address) => {
    const under = startGitHub();
    prepare(under, {});
    under.on("GET", CHECK_RUNS, {
      body: page(many(1, 100), 103),
      headers: { link: `<${address}>; rel="next"` },
    });
    const fault = await faultOf(under.github.readChecks(REPOSITORY, HEAD, []));
    expect([fault.code, fault.detail]).toEqual([
      "github-inconsistent",
      "GitHub's answer names an address on another host; it was not followed.",
    ]);
    expect(under.requests.filter(({ pathname }) => pathname === CHECK_RUNS)).toHaveLength(1);
  });

  test("pages without an end come to one", async () => {
    const under = startGitHub();
    prepare(under, {});
    under.on("GET", CHECK_RUNS, { body: page(many(1, 1), 1), headers: next });
    const fault = await faultOf(under.github.readChecks(REPOSITORY, HEAD, []));
    expect(fault.detail).toBe("GitHub's pages do not come to an end.");
  });
});

function itsRepository(): Json {
  const head = run()["head_repository"];
  return isJson(head) ? head : {};
}
