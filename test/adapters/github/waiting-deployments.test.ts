import { describe, expect, test } from "vitest";
import { like, repositoryAnswer } from "./answers.ts";
import {
  APP_ID,
  faultOf,
  type GitHubUnderTest,
  type Json,
  REPOSITORY,
  type Reply,
  sha,
  startGitHub,
  TOKEN_CANARY,
} from "./github-under-test.ts";

const RUN = 30_433_642;
const CALLBACK = `https://api.github.com/repos/acme/storefront/actions/runs/${RUN}/deployment_protection_rule`;
const ANSWER = {
  runId: RUN,
  environment: "production",
  callbackUrl: CALLBACK,
  answer: "approved",
  comment: "The gate is open.",
} as const;

function start(apiUrl?: string): GitHubUnderTest {
  const under = startGitHub({ writeGapMilliseconds: 0, ...(apiUrl === undefined ? {} : { apiUrl }) });
  under.on("GET", /\/repositories\/\d+$/, { body: repositoryAnswer("acme", "storefront") });
  return under;
}

function sent(under: GitHubUnderTest): readonly Json[] {
  return under.requests
    .filter(({ pathname }) => pathname.endsWith("/deployment_protection_rule"))
    .map(({ body }) => body);
}

function run(status: string): Reply {
  return { body: like("workflow-run", { id: RUN, status }) };
}

describe("an answer to a deployment protection rule", () => {
  test.each([
    ["approved", { environment_name: "production", state: "approved", comment: "The gate is open." }],
    ["rejected", { environment_name: "production", state: "rejected", comment: "The gate is open." }],
    ["report", { environment_name: "production", comment: "The gate is open." }],
  ] as const)("%s is sent as GitHub describes it", async (answer, body) => {
    const under = start();
    under.on("POST", /\/deployment_protection_rule$/, { status: 204 });
    const posted = await under.github.answerDeployment(REPOSITORY, { ...ANSWER, answer });
    expect(posted).toEqual({ state: "done", remoteId: null });
    expect(sent(under)).toEqual([body]);
  });

  test("a run that GitHub does not let answer yet is tried again later", async () => {
    const under = start();
    under.on("POST", /\/deployment_protection_rule$/, { status: 404, body: { message: "Not Found" } });
    under.on("GET", /\/actions\/runs\/\d+$/, run("waiting"));
    const fault = await faultOf(under.github.answerDeployment(REPOSITORY, ANSWER));
    expect([fault.kind, fault.detail]).toEqual([
      "retry-later",
      "GitHub does not say yet that the run waits for an answer.",
    ]);
  });

  test.each<readonly [string, Reply]>([
    ["is over", run("completed")],
    ["was deleted", { status: 404, body: { message: "Not Found" } }],
  ])("a run that %s is given up", async (_, reply) => {
    const under = start();
    under.on("POST", /\/deployment_protection_rule$/, { status: 404, body: { message: "Not Found" } });
    under.on("GET", /\/actions\/runs\/\d+$/, reply);
    expect(await under.github.answerDeployment(REPOSITORY, ANSWER)).toEqual({
      state: "refused",
      status: 404,
      detail: "The run is over, and waits for no answer any more.",
    });
  });

  test("a refusal is final and keeps GitHub's words", async () => {
    const under = start();
    under.on("POST", /\/deployment_protection_rule$/, { status: 422, body: { message: "Not pending" } });
    expect(await under.github.answerDeployment(REPOSITORY, ANSWER)).toEqual({
      state: "refused",
      status: 422,
      detail: "Not pending",
    });
  });

  test("a report is never sent twice by itself: ten are all there are", async () => {
    const under = start();
    under.on("POST", /\/deployment_protection_rule$/, { status: 502, body: {} });
    await faultOf(under.github.answerDeployment(REPOSITORY, { ...ANSWER, answer: "report" }));
    expect(sent(under)).toHaveLength(1);
  });

  test.each([
    ["another host", CALLBACK.replace("api.github.com", "evil.example")],
    ["a host that begins alike", CALLBACK.replace("api.github.com", "api.github.com.evil.example")],
    ["a host that ends alike", CALLBACK.replace("api.github.com", "evil-api.github.com")],
    ["the host as a user", CALLBACK.replace("api.github.com", "api.github.com@evil.example")],
    ["a user before the host", CALLBACK.replace("api.github.com", "user:secret@api.github.com")],
    ["another port", CALLBACK.replace("api.github.com", "api.github.com:8443")],
    ["http", CALLBACK.replace("https:", "http:")],
    ["a machine's own address", CALLBACK.replace("https://api.github.com", "http://169.254.169.254")],
    ["a file", CALLBACK.replace("https://api.github.com", "file://")],
    ["another run", CALLBACK.replace(String(RUN), "1")],
    ["another path", CALLBACK.replace("/repos/", "/x/repos/")],
    ["no address", "deployment_protection_rule"],
  ])("REL-71: %s is refused with a sentence, and nobody is called", async (_, callbackUrl) => {
    const under = start();
    expect(await under.github.answerDeployment(REPOSITORY, { ...ANSWER, callbackUrl })).toEqual({
      state: "refused",
      status: 0,
      detail:
        "The callback address is not the one of that run at the GitHub that Holdpoint is set up for, so it was not called.",
    });
    expect(under.requests).toEqual([]);
    expect(under.logged.join("\n")).not.toContain(TOKEN_CANARY);
  });

  test("an Enterprise Server's address has its prefix", async () => {
    const under = start("https://github.example.com/api/v3");
    under.on("POST", /\/deployment_protection_rule$/, { status: 204 });
    const there = CALLBACK.replace("api.github.com", "github.example.com/api/v3");
    expect(await under.github.answerDeployment(REPOSITORY, { ...ANSWER, callbackUrl: there })).toEqual({
      state: "done",
      remoteId: null,
    });
    const without = CALLBACK.replace("api.github.com", "github.example.com");
    expect(
      await under.github.answerDeployment(REPOSITORY, { ...ANSWER, callbackUrl: without }),
    ).toMatchObject({
      state: "refused",
    });
  });
});

describe("runs that wait", () => {
  const environment = {
    id: 1,
    node_id: "E",
    name: "production",
    url: "https://a.example",
    html_url: "https://a.example",
  };
  const pending = (name: string): Json => ({
    environment: { ...environment, name },
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: false,
    reviewers: [],
  });
  const rules = (...apps: readonly (readonly [number, boolean])[]): Json => ({
    total_count: apps.length,
    custom_deployment_protection_rules: apps.map(([id, enabled]) => ({
      id: 3,
      node_id: "R",
      enabled,
      app: { id, slug: "a", integration_url: "https://api.github.com/apps/a", node_id: "A" },
    })),
  });

  function startWaiting(): GitHubUnderTest {
    const under = start();
    const waiting = like("workflow-run", {
      id: RUN,
      status: "waiting",
      head_sha: sha("a"),
      run_started_at: "2026-03-02T09:00:00Z",
    });
    under.on("GET", "/repos/acme/storefront/actions/runs", {
      body: { total_count: 1, workflow_runs: [waiting] },
    });
    return under;
  }

  test("those whose environment has our rule switched on, with where to answer", async () => {
    const under = startWaiting();
    under.on("GET", `/repos/acme/storefront/actions/runs/${RUN}/pending_deployments`, {
      body: [pending("production"), pending("staging/eu"), pending("theirs"), pending("off")],
    });
    under.on("GET", /environments\/.*\/deployment_protection_rules/, ({ pathname }) => {
      if (pathname.includes("/theirs/")) return { body: rules([1, true]) };
      if (pathname.includes("/off/")) return { body: rules([APP_ID, false]) };
      return { body: rules([1, true], [APP_ID, true]) };
    });
    const job = {
      runId: RUN,
      sha: sha("a"),
      callbackUrl: CALLBACK,
      startedAt: new Date("2026-03-02T09:00:00Z"),
    };
    expect(await under.github.listWaitingDeployments(REPOSITORY)).toEqual([
      { ...job, environment: "production" },
      { ...job, environment: "staging/eu" },
    ]);
    const [listed] = under.requests.filter(({ pathname }) => pathname.endsWith("/actions/runs"));
    expect(listed?.query.get("status")).toBe("waiting");
    expect(under.requests.some(({ pathname }) => pathname.includes("/environments/staging%2Feu/"))).toBe(
      true,
    );
  });

  test("a run that ended since it was listed waits for nothing", async () => {
    const under = startWaiting();
    under.on("GET", /pending_deployments$/, { status: 404, body: { message: "Not Found" } });
    expect(await under.github.listWaitingDeployments(REPOSITORY)).toEqual([]);
  });

  test("where Actions are switched off nothing waits", async () => {
    const under = start();
    under.on("GET", "/repos/acme/storefront/actions/runs", { status: 404, body: { message: "Not Found" } });
    expect(await under.github.listWaitingDeployments(REPOSITORY)).toEqual([]);
  });
});
