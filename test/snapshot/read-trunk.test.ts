import { describe, expect, test } from "vitest";
import { checkKey } from "../../src/domain/compliance/check-key.ts";
import type { RedRun } from "../../src/domain/compliance/case.ts";
import type { CheckSource } from "../../src/domain/compliance/evidence.ts";
import type { CheckStreak } from "../../src/domain/compliance/streak.ts";
import type { OpenCase } from "../../src/domain/compliance/track.ts";
import type { RepositoryFacts } from "../../src/domain/model.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import type { SandboxGitHub } from "../../src/sandbox/github/create-sandbox-github.ts";
import { readTrunk, type TakenTrunk } from "../../src/snapshot/read-trunk.ts";
import { onlyRepository, openShop, openStage, type Stage } from "../sandbox/github/open-sandbox.ts";

const repository = "acme/shop";
const workflow = "enterprise.yml";
const SLOW: CheckSource = { kind: "workflow", workflow: ".github/workflows/enterprise.yml" };
const MINUTE = 60_000;

function policyOf(checks: string, environments = ""): Policy {
  const { policy, problems } = parsePolicy({
    organisation: null,
    repository: `${environments}deferred:\n  checks:\n${checks}\n`,
  });
  if (policy === null) throw new Error(JSON.stringify(problems));
  return policy;
}

const JOBS = policyOf(`    - { name: "Server", match: { workflow: "${workflow}", job: "integration *" } }`);

interface Trunk {
  readonly stage: Stage;
  readonly control: SandboxGitHub["control"];
  readonly facts: RepositoryFacts;
  readonly commit: (message?: string) => Promise<string>;
  readonly run: (
    sha: string,
    jobs: Readonly<Record<string, Conclusion>>,
    more?: { readonly run?: number; readonly event?: string; readonly conclusion?: "startup_failure" },
  ) => Promise<{ readonly run: number; readonly jobs: readonly number[] }>;
  readonly look: (policy?: Policy, openCases?: readonly OpenCase[]) => Promise<TakenTrunk>;
  /** What GitHub was asked since the last time. */
  readonly calls: () => Readonly<Record<string, number>>;
}

type Conclusion = "success" | "failure" | "skipped" | "cancelled" | "timed_out" | "action_required" | null;

async function openTrunk(): Promise<Trunk> {
  const stage = openStage();
  await openShop(stage);
  const facts = await onlyRepository(stage);
  const { control } = stage.sandbox;
  let commits = 0;
  stage.sandbox.requests.forget();
  return {
    stage,
    control,
    facts,
    async commit(message = `Change ${commits}`) {
      commits += 1;
      stage.clock.forward(MINUTE);
      const { sha } = await control.commit({
        repository,
        branch: "main",
        message,
        files: { [`${commits}.txt`]: message },
      });
      return sha;
    },
    async run(sha, jobs, more = {}) {
      stage.clock.forward(MINUTE);
      return await control.finishWorkflowRun({
        repository,
        sha,
        workflow,
        jobs: Object.entries(jobs).map(([name, conclusion]) => ({ name, conclusion })),
        ...more,
      });
    },
    async look(policy = JOBS, openCases = []) {
      const at = stage.clock.now();
      const taken = await readTrunk({ github: stage.github }, { repository: facts, policy, openCases, at });
      if (taken.state !== "known") throw new Error(JSON.stringify(taken));
      return taken.value;
    },
    calls() {
      const counts = stage.sandbox.requests.counts();
      stage.sandbox.requests.forget();
      return counts;
    },
  };
}

function told({ streaks }: TakenTrunk): readonly (readonly [string, string])[] {
  return streaks.map(({ name, now }) => [name, now.state] as const);
}

function caseOf(taken: TakenTrunk, name: string): OpenCase {
  const { now, source } = streakOf(taken, name);
  if (now.state !== "red") throw new Error(`${name} is ${now.state}`);
  return { checkKey: checkKey(name, source), name, source, firstRed: now.firstRed, newestRed: now.newestRed };
}

function streakOf({ streaks }: TakenTrunk, name: string): CheckStreak {
  const found = streaks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

const QUERY = "POST /graphql Trunk";
const PAGE = "POST /graphql TrunkPage";
const JOBS_OF_RUN = "GET /repos/:owner/:repo/actions/runs/:id/jobs";

describe("what a look at the trunk finds", () => {
  test("a job that went red, since when and where it was green last, in two calls", async () => {
    const trunk = await openTrunk();
    const good = await trunk.commit();
    await trunk.run(good, { "integration a": "success", unit: "success" });
    const bad = await trunk.commit();
    const { run, jobs } = await trunk.run(bad, { "integration a": "failure", unit: "success" });
    const at = trunk.stage.clock.now();
    trunk.calls();
    const taken = await trunk.look();
    const red: RedRun = {
      sha: taken.evidence.head,
      runId: run,
      sequence: jobs[0] ?? 0,
      said: "failure",
      at,
      url: `https://github.com/acme/shop/actions/runs/${run}/job/${jobs[0]}`,
    };
    expect(taken.evidence.head).toBe(bad);
    expect(taken.streaks).toEqual([
      {
        policy: JOBS.deferred.checks[0],
        key: '["workflow","enterprise.yml","integration a"]',
        name: "integration a",
        source: SLOW,
        now: {
          state: "red",
          firstRed: red,
          newestRed: red,
          reds: 1,
          confirmedRed: red,
          lastGreen: good,
          newerIsRunning: false,
        },
      },
    ]);
    expect(trunk.calls()).toEqual({ [QUERY]: 1, [JOBS_OF_RUN]: 1 });
    await trunk.look();
    expect(trunk.calls()).toEqual({ [QUERY]: 1 });
  });
});

describe("how far it reads", () => {
  test("a green check is one call", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "success" });
    trunk.calls();
    expect(told(await trunk.look())).toEqual([["integration a", "green"]]);
    expect(trunk.calls()).toEqual({ [QUERY]: 1 });
  });

  test("a red check is read back to its last green, and with a case no further than its first page", async () => {
    const trunk = await openTrunk();
    const good = await trunk.commit();
    await trunk.run(good, { "integration a": "success" });
    await trunk.control.bulkCommits({ repository, branch: "main", count: 40, authors: ["hubot"] });
    await trunk.run(await trunk.commit(), { "integration a": "failure" });
    trunk.calls();
    const taken = await trunk.look();
    expect(streakOf(taken, "integration a").now).toMatchObject({ state: "red", lastGreen: good });
    expect(taken.evidence.chain.map(({ sha }) => sha)).toContain(good);
    expect(trunk.calls()).toEqual({ [QUERY]: 1, [PAGE]: 2, [JOBS_OF_RUN]: 1 });
    expect(told(await trunk.look(JOBS, [caseOf(taken, "integration a")]))).toEqual([
      ["integration a", "red"],
    ]);
    expect(trunk.calls()).toEqual({ [QUERY]: 1 });
  });

  test("the root is the end, and is said to be", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "failure" });
    const { evidence } = await trunk.look();
    expect(evidence).toMatchObject({ branch: "main", complete: true });
    expect(evidence.chain.map(({ parent }) => parent)).toEqual([evidence.chain[1]?.sha, null]);
  });

  test("no more than 250 commits are read of an endless row of reds", async () => {
    const trunk = await openTrunk();
    await trunk.control.bulkCommits({ repository, branch: "main", count: 300, authors: ["hubot"] });
    await trunk.run(await trunk.commit(), { "integration a": "failure" });
    trunk.calls();
    const taken = await trunk.look();
    expect(taken.evidence.chain).toHaveLength(250);
    expect(taken.evidence.complete).toBe(false);
    expect(streakOf(taken, "integration a").now).toMatchObject({ state: "red", lastGreen: null });
    expect(trunk.calls()).toEqual({ [QUERY]: 1, [PAGE]: 12, [JOBS_OF_RUN]: 1 });
  });

  test("REL-49: more suites and more jobs than fit into a page are read to the last", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    for (let number = 1; number <= 30; number += 1) {
      await trunk.control.finishWorkflowRun({ repository, sha, workflow: `other-${number}.yml` });
    }
    const jobs = Array.from({ length: 130 }, (_, index) => [`integration ${index}`, "success"] as const);
    await trunk.run(sha, { ...Object.fromEntries(jobs), "integration last": "failure" });
    trunk.calls();
    const { streaks } = await trunk.look();
    expect(streaks).toHaveLength(131);
    expect(streaks.filter(({ now }) => now.state === "red").map(({ name }) => name)).toEqual([
      "integration last",
    ]);
    expect(trunk.calls()).toMatchObject({ [QUERY]: 1, "POST /graphql TrunkRest": 2 });
  });
});

describe("whose results they are", () => {
  test("REL-14: those of the first parents; a merged branch's own count for nothing", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "success" });
    const { sha: work } = await trunk.control.commit({
      repository,
      branch: "work",
      from: "main",
      message: "Work",
      files: { work: "1" },
    });
    await trunk.run(work, { "integration a": "failure" });
    const { number } = await trunk.control.openPullRequest({ repository, head: "work", title: "Work" });
    const { sha: merge } = await trunk.control.mergePullRequest({ repository, number, method: "merge" });
    const taken = await trunk.look();
    expect(taken.evidence.head).toBe(merge);
    expect(taken.evidence.chain.map(({ sha }) => sha)).not.toContain(work);
    expect(told(taken)).toEqual([["integration a", "green"]]);
  });

  test("of a commit on several branches, under one key", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    await trunk.control.createBranch({ repository, branch: "release", from: "main" });
    await trunk.run(sha, { "integration a": "failure" });
    expect(told(await trunk.look())).toEqual([["integration a", "red"]]);
  });

  test("not a pull request's, though it is the trunk's commit", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    await trunk.run(sha, { "integration a": "failure" });
    await trunk.run(sha, { "integration a": "success" }, { event: "pull_request" });
    await trunk.run(sha, { "integration a": "success" }, { event: "pull_request_target" });
    expect(told(await trunk.look())).toEqual([["integration a", "red"]]);
  });

  test("a nightly run's count as a push's do", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    await trunk.run(sha, { "integration a": "failure" });
    await trunk.run(sha, { "integration a": "success" }, { event: "schedule" });
    expect(told(await trunk.look())).toEqual([["integration a", "green"]]);
  });

  test("a check run that a step wrote is no job, and turns none green", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    await trunk.run(sha, { "integration a": "failure" });
    const red = await trunk.look();
    const given = [caseOf(red, "integration a")];
    trunk.stage.clock.forward(MINUTE);
    await trunk.control.finishCheck({ repository, sha, name: "integration a", app: "github-actions" });
    trunk.calls();
    expect(told(await trunk.look(JOBS, given))).toEqual([["integration a", "red"]]);
    expect(trunk.calls()).toEqual({ [QUERY]: 1, [`304 ${JOBS_OF_RUN}`]: 1 });
  });

  test("REL-15: of forty workflows that one commit broke", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    const workflows = Array.from({ length: 40 }, (_, index) => `part-${index}.yml`);
    for (const broken of workflows) {
      await trunk.control.finishWorkflowRun({
        repository,
        sha,
        workflow: broken,
        jobs: [{ name: "integration a", conclusion: "failure" }],
      });
    }
    const taken = await trunk.look(policyOf(`    - { name: "All", match: { check: "integration *" } }`));
    expect(told(taken)).toEqual(workflows.map(() => ["integration a", "red"]));
  });

  test("another App's, by its own name, and a status", async () => {
    const trunk = await openTrunk();
    const policy = policyOf(
      `    - { name: "E2E", match: { check: "e2e *", app: "some-ci" } }
    - { name: "Long", match: { status: "ci/long" } }`,
    );
    const sha = await trunk.commit();
    await trunk.control.finishCheck({
      repository,
      sha,
      name: "e2e 1",
      app: "some-ci",
      conclusion: "failure",
    });
    await trunk.control.finishCheck({ repository, sha, name: "e2e 1", app: "other-ci" });
    await trunk.control.setStatus({ repository, sha, context: "ci/long", state: "error" });
    expect(told(await trunk.look(policy))).toEqual([
      ["e2e 1", "red"],
      ["ci/long", "red"],
    ]);
    trunk.stage.clock.forward(MINUTE);
    await trunk.control.finishCheck({ repository, sha, name: "e2e 1", app: "some-ci" });
    await trunk.control.setStatus({ repository, sha, context: "ci/long", state: "success" });
    expect(told(await trunk.look(policy))).toEqual([
      ["e2e 1", "green"],
      ["ci/long", "green"],
    ]);
  });

  test("never our own, and never a job that deploys where the policy governs", async () => {
    const trunk = await openTrunk();
    const policy = policyOf(
      `    - { name: "Statuses", match: { status: "*" } }
    - { name: "Runs", match: { check: "*" } }`,
      "deploy: { environments: { production: { base: { branch: production } } } }\n",
    );
    const sha = await trunk.commit();
    await trunk.control.setStatus({ repository, sha, context: "holdpoint/gate", state: "failure" });
    await trunk.stage.github.postCheckRun(
      trunk.facts,
      {
        sha: (await trunk.look()).evidence.head,
        name: "Holdpoint",
        externalId: "deploy",
        conclusion: "failure",
        title: "held",
        summary: "held",
        text: null,
        detailsUrl: null,
        actions: [],
      },
      null,
    );
    await trunk.control.finishWorkflowRun({
      repository,
      sha,
      workflow: "deploy.yml",
      jobs: [
        { name: "deploy", environment: "Production", conclusion: "failure" },
        { name: "deploy later", environment: "production", conclusion: "waiting" },
        { name: "deploy elsewhere", environment: "sandbox", conclusion: "failure" },
      ],
    });
    expect(told(await trunk.look(policy))).toEqual([["deploy elsewhere", "red"]]);
  });
});

describe("attempts, and runs that go wrong", () => {
  test("REL-13: while a red job runs again it is red, and may turn green", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "success" });
    const sha = await trunk.commit();
    const { run } = await trunk.run(sha, { "integration a": "failure" });
    await trunk.run(sha, { "integration a": null }, { run });
    const running = streakOf(await trunk.look(), "integration a");
    expect(running.now).toMatchObject({ state: "red", newerIsRunning: true });
  });

  test("REL-13: the second attempt decides", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    const { run } = await trunk.run(sha, { "integration a": "failure" });
    const again = await trunk.run(sha, { "integration a": "success" }, { run });
    expect(again.run).toBe(run);
    const { now } = streakOf(await trunk.look(), "integration a");
    expect(now).toMatchObject({ state: "green", since: { runId: run, sequence: again.jobs[0] } });
  });

  test("a cancelled run says nothing", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "failure" });
    await trunk.run(await trunk.commit(), { "integration a": "cancelled" });
    expect(told(await trunk.look())).toEqual([["integration a", "red"]]);
  });

  test("a workflow that cannot start is red for its deferred jobs", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "success", unit: "success" });
    await trunk.run(await trunk.commit(), {}, { conclusion: "startup_failure" });
    const { now } = streakOf(await trunk.look(), "integration a");
    expect(now).toMatchObject({ state: "red", newestRed: { said: "startup_failure", sequence: 0 } });
  });

  test("a job that the workflow no longer has is gone", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "failure", unit: "success" });
    const given = [caseOf(await trunk.look(), "integration a")];
    await trunk.run(await trunk.commit(), { unit: "success" });
    expect(told(await trunk.look(JOBS, given))).toEqual([["integration a", "gone"]]);
  });

  test("an hour without anybody acting is red", async () => {
    const trunk = await openTrunk();
    await trunk.run(await trunk.commit(), { "integration a": "action_required" });
    expect(told(await trunk.look())).toEqual([["integration a", "silent"]]);
    trunk.stage.clock.forward(61 * MINUTE);
    expect(told(await trunk.look())).toEqual([["integration a", "red"]]);
  });
});

describe("a trunk that changes under us", () => {
  test("REL-54: a force-push that takes the red commit away leaves what the trunk says now", async () => {
    const trunk = await openTrunk();
    const good = await trunk.commit();
    await trunk.run(good, { "integration a": "success" });
    const bad = await trunk.commit();
    await trunk.run(bad, { "integration a": "failure" });
    const given = [caseOf(await trunk.look(), "integration a")];
    await trunk.control.forcePush({ repository, branch: "main", to: good });
    const after = await trunk.look(JOBS, given);
    expect(after.evidence.head).toBe(good);
    expect(told(after)).toEqual([["integration a", "green"]]);
  });

  test("REL-54: a branch that is gone is missing, not green", async () => {
    const { facts, stage } = await openTrunk();
    const at = stage.clock.now();
    const policy = { ...JOBS, trunk: "trunk" };
    expect(
      await readTrunk({ github: stage.github }, { repository: facts, policy, openCases: [], at }),
    ).toEqual({
      state: "missing",
      detail: "trunk",
    });
  });

  test("a read that lags behind the webhook shows less, never something else", async () => {
    const trunk = await openTrunk();
    const sha = await trunk.commit();
    await trunk.run(sha, { "integration a": "failure" });
    trunk.stage.sandbox.lie({ kind: "lagging", times: 1, path: "Trunk" });
    expect(told(await trunk.look())).toEqual([]);
    expect(told(await trunk.look())).toEqual([["integration a", "red"]]);
  });

  test.each(["server-error", "html", "reset", "forbidden", "primary-limit"] as const)(
    "REL-41: where GitHub answers with %s nothing is known",
    async (kind) => {
      const { facts, stage, commit } = await openTrunk();
      await commit();
      stage.sandbox.lie({ kind, path: "/graphql" });
      const at = stage.clock.now();
      const taken = await readTrunk(
        { github: stage.github },
        { repository: facts, policy: JOBS, openCases: [], at },
      );
      expect(taken.state).toBe("unknown");
    },
  );

  test("where the jobs of a run cannot be read, nothing is known of what they decide", async () => {
    const { facts, stage, commit, run } = await openTrunk();
    await run(await commit(), { "integration a": "failure" });
    stage.sandbox.lie({ kind: "server-error", path: "/actions/runs" });
    const at = stage.clock.now();
    const taken = await readTrunk(
      { github: stage.github },
      { repository: facts, policy: JOBS, openCases: [], at },
    );
    expect(taken.state).toBe("unknown");
  });
});
