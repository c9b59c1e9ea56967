import { describe, expect, test } from "vitest";
import { callAsInstallation, type Calls, field, openShop, openStage, type Stage } from "./open-sandbox.ts";

const repository = "acme/shop";
const environment = "production";

interface Waiting {
  readonly stage: Stage;
  readonly run: number;
  readonly answer: (body: unknown) => ReturnType<Calls>;
  readonly read: () => Promise<unknown>;
}

/** A job that waits for the App's answer. */
async function startWaiting(ends: "success" | "failure" | null = "success"): Promise<Waiting> {
  const stage = openStage();
  const { control } = stage.sandbox;
  await openShop(stage);
  await control.protectEnvironment({ repository, environment });
  const { run } = await control.startDeployment({ repository, environment, sha: "main", ends });
  await stage.sandbox.settled();
  const call = await callAsInstallation(stage);
  return {
    stage,
    run,
    answer: (body) => call("POST", `/repos/acme/shop/actions/runs/${run}/deployment_protection_rule`, body),
    read: () => control.readDeployment({ repository, run }),
  };
}

describe("a deployment protection rule", () => {
  test("the job waits, the App is asked where to answer, and the run is listed as one that waits", async () => {
    const { stage, run, read } = await startWaiting();
    const asked = stage.received.filter(({ event }) => event === "deployment_protection_rule");
    expect(asked.map(({ payload }) => payload)).toMatchObject([
      {
        action: "requested",
        environment,
        event: "push",
        deployment_callback_url: `https://api.github.com/repos/acme/shop/actions/runs/${run}/deployment_protection_rule`,
        deployment: { environment },
        repository: { full_name: repository },
      },
    ]);
    expect(await read()).toEqual({ status: "waiting", conclusion: null, reports: [], answer: null });
    const call = await callAsInstallation(stage);
    const { body } = await call("GET", "/repos/acme/shop/actions/runs?status=waiting");
    expect(field(body, "workflow_runs", 0, "id")).toBe(run);
    const pending = await call("GET", `/repos/acme/shop/actions/runs/${run}/pending_deployments`);
    expect(field(pending.body, 0, "environment", "name")).toBe(environment);
  });

  test.each([
    ["approved", "success", "success", "success"],
    ["approved", "failure", "failure", "failure"],
    ["rejected", "success", "failure", "failure"],
  ] as const)("%s, a job that ends in %s ends in %s", async (state, ends, conclusion, deployed) => {
    const { stage, answer, read } = await startWaiting(ends);
    expect((await answer({ environment_name: "Production", state, comment: "so" })).status).toBe(204);
    const told = { status: "completed", conclusion, reports: [], answer: { state, comment: "so" } };
    expect(await read()).toEqual(told);
    await stage.sandbox.settled();
    const states = stage.received
      .filter(({ event }) => event === "deployment_status")
      .map(({ payload }) => field(payload, "deployment_status", "state"));
    expect(states).toEqual([...(state === "approved" ? ["in_progress"] : []), deployed]);
    expect((await answer({ environment_name: environment, state, comment: "again" })).status).toBe(422);
  });

  test("ten reports are taken, the eleventh is not, nor one that is too long; a comment alone is a report", async () => {
    const { answer, read } = await startWaiting();
    expect((await answer({ environment_name: environment })).status).toBe(422);
    const long = { environment_name: environment, comment: "x".repeat(1_025) };
    expect((await answer(long)).status).toBe(422);
    for (let count = 1; count <= 10; count += 1) {
      expect((await answer({ environment_name: environment, comment: `${count}` })).status).toBe(204);
    }
    expect((await answer({ environment_name: environment, comment: "11" })).status).toBe(422);
    expect(await read()).toMatchObject({ status: "waiting", reports: { length: 10 } });
  });

  test("another environment, and another run, wait for nothing", async () => {
    const { stage, answer } = await startWaiting();
    expect((await answer({ environment_name: "staging", state: "approved" })).status).toBe(422);
    const call = await callAsInstallation(stage);
    const nowhere = "/repos/acme/shop/actions/runs/1/deployment_protection_rule";
    expect((await call("POST", nowhere, { environment_name: environment, state: "approved" })).status).toBe(
      404,
    );
  });

  test("run again, the job asks again; an environment without the rule asks nobody", async () => {
    const { stage, run, answer, read } = await startWaiting();
    const { control } = stage.sandbox;
    await answer({ environment_name: environment, state: "rejected", comment: "no" });
    await control.startDeployment({ repository, environment, sha: "main", run });
    expect(await read()).toMatchObject({ status: "waiting", answer: null });
    await control.protectEnvironment({ repository, environment, enabled: false });
    const { run: free } = await control.startDeployment({ repository, environment, sha: "main" });
    expect(await control.readDeployment({ repository, run: free })).toMatchObject({ status: "completed" });
    await stage.sandbox.settled();
    expect(stage.received.filter(({ event }) => event === "deployment_protection_rule")).toHaveLength(2);
  });
});
