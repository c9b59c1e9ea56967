import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

function policyWith(selector: string): string {
  return `deploy: { environments: { production: { base: { branch: production } } } }
tickets: { require: "off" }
required_checks: [${selector}]
`;
}

const JOBS = '{ workflow: "ci.yml", job: "unit *" }';
const GREEN = { state: "success", description: "production: 1 commit, 0 tickets" };

async function pushed(selector: string): Promise<{ readonly repo: Repo; readonly sha: string }> {
  const repo = await shop.repository({
    policy: policyWith(selector),
    files: { ".github/workflows/ci.yml": "on: push\njobs: {}\n" },
  });
  return { repo, sha: await repo.commit("Tune cache headers") };
}

type Job = {
  readonly name: string;
  readonly conclusion: "success" | "failure" | "skipped" | "cancelled" | null;
};

async function run(repo: Repo, sha: string, jobs: readonly Job[], again?: number): Promise<number> {
  const done = await shop.box.github.control.finishWorkflowRun({
    repository: repo.name,
    sha,
    workflow: "ci.yml",
    branch: "main",
    jobs: [...jobs],
    ...(again === undefined ? {} : { run: again }),
  });
  await shop.quiet();
  return done.run;
}

describe("jobs of a workflow", () => {
  test("none at all is not green", async () => {
    const { repo, sha } = await pushed(JOBS);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: "1 required check without any result: “ci.yml / unit *”",
    });
  });

  test("green ones let it go", async () => {
    const { repo, sha } = await pushed(JOBS);
    await run(repo, sha, [
      { name: "unit 1", conclusion: "success" },
      { name: "lint", conclusion: "failure" },
    ]);
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });

  test("one that runs is waited for, and its end is noticed", async () => {
    const { repo, sha } = await pushed(JOBS);
    const jobs = [
      { name: "unit 1", conclusion: "success" },
      { name: "unit 2", conclusion: null },
    ] as const;
    const { control } = shop.box.github;
    const { run: id, jobs: ids } = await control.finishWorkflowRun({
      repository: repo.name,
      sha,
      workflow: "ci.yml",
      branch: "main",
      jobs: [...jobs],
    });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "pending",
      description: "could not verify: 1 required check still running: “unit 2”",
    });
    await control.finishJob({ repository: repo.name, run: id, job: ids[1] ?? 0, conclusion: "success" });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });

  test("one that failed is named, and another attempt mends it", async () => {
    const { repo, sha } = await pushed(JOBS);
    const id = await run(repo, sha, [{ name: "unit 1", conclusion: "failure" }]);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: "1 required check not green: “unit 1” (failure)",
    });
    await run(repo, sha, [{ name: "unit 1", conclusion: "success" }], id);
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });

  test("one that was skipped passes", async () => {
    const { repo, sha } = await pushed(JOBS);
    await run(repo, sha, [{ name: "unit 1", conclusion: "skipped" }]);
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });

  test("one that was skipped because a job it needs failed does not", async () => {
    const repo = await shop.repository({
      policy: policyWith(JOBS),
      files: {
        ".github/workflows/ci.yml":
          'on: push\njobs:\n  build: { runs-on: x, steps: [] }\n  "unit": { name: "unit 1", needs: [build], runs-on: x, steps: [] }\n',
      },
    });
    const sha = await repo.commit("Tune cache headers");
    await run(repo, sha, [
      { name: "build", conclusion: "failure" },
      { name: "unit 1", conclusion: "skipped" },
    ]);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: "1 required check not green: “unit 1” (skipped)",
    });
  });

  test("a job of the same name in another workflow proves nothing", async () => {
    const { repo, sha } = await pushed(JOBS);
    await shop.box.github.control.finishWorkflowRun({
      repository: repo.name,
      sha,
      workflow: "other.yml",
      branch: "main",
      jobs: [{ name: "unit 1", conclusion: "success" }],
    });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });

  test("REL-12, REL-13: of two attempts the newer one counts, in whatever order they are told", async () => {
    const { repo, sha } = await pushed(JOBS);
    const id = await run(repo, sha, [{ name: "unit 1", conclusion: "success" }]);
    shop.box.github.lie({ kind: "delivery-after-the-next", event: "workflow_run", times: 1 });
    await run(repo, sha, [{ name: "unit 1", conclusion: "failure" }], id);
    await run(repo, sha, [{ name: "unit 1", conclusion: "success" }], id);
    const failed = shop.box.github.deliveries
      .list()
      .find(({ event, body }) => event === "workflow_run" && body.includes('"conclusion":"failure"'));
    if (failed === undefined) throw new Error("the failure was told");
    await shop.deliverAgain(failed);
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });
});

describe("check runs of other Apps", () => {
  test("are told apart by the App", async () => {
    const { repo, sha } = await pushed('{ check: "build *", app: "some-ci" }');
    const { control } = shop.box.github;
    await control.finishCheck({ repository: repo.name, sha, name: "build 1", app: "other-ci" });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: "1 required check without any result: “build * of some-ci”",
    });
    await control.finishCheck({
      repository: repo.name,
      sha,
      name: "build 1",
      app: "some-ci",
      conclusion: null,
    });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.state).toBe("pending");
    await control.finishCheck({ repository: repo.name, sha, name: "build 1", app: "some-ci" });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });

  test("REL-14: on a sha of several branches the deploy is looked at, whatever the check says of them", async () => {
    const { repo, sha } = await pushed('{ check: "build *" }');
    const { control } = shop.box.github;
    await control.createBranch({ repository: repo.name, branch: "elsewhere", from: sha });
    await control.finishCheck({ repository: repo.name, sha, name: "build 1" });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual(GREEN);
  });
});

describe("statuses", () => {
  test.each([
    ["success", GREEN],
    [
      "pending",
      { state: "pending", description: "could not verify: 1 required check still running: “ci/build”" },
    ],
    ["failure", { state: "failure", description: "1 required check not green: “ci/build” (failure)" }],
    ["error", { state: "failure", description: "1 required check not green: “ci/build” (error)" }],
  ] as const)("that say %s", async (state, expected) => {
    const { repo, sha } = await pushed('{ status: "ci/*" }');
    await shop.box.github.control.setStatus({ repository: repo.name, sha, context: "ci/build", state });
    await shop.quiet();
    expect(await repo.preDeploy(sha)).toEqual(expected);
  });

  test("our own never count, not even under a pattern that names them", async () => {
    const { repo, sha } = await pushed('{ status: "*" }');
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: "1 required check without any result: “*”",
    });
  });
});

test("a job that deploys to what is governed never counts: it would wait for itself", async () => {
  const { repo, sha } = await pushed('{ workflow: "ci.yml" }');
  await shop.box.github.control.finishWorkflowRun({
    repository: repo.name,
    sha,
    workflow: "ci.yml",
    branch: "main",
    jobs: [
      { name: "test", conclusion: "success" },
      { name: "deploy", conclusion: "waiting", environment: "production" },
    ],
  });
  await shop.quiet();
  expect(await repo.preDeploy(sha)).toEqual(GREEN);
});
