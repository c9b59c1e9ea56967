import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { validateRestExchange } from "../../src/sandbox/validation/validate-rest.ts";
import type { Delivery } from "../../src/sandbox/github/webhooks/deliveries.ts";
import { openShop, POLICY, type Repo, type Shop } from "./shop.ts";

const MINUTE = 60_000;
const environment = "production";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ inspect: validateRestExchange });
});
afterAll(() => shop.close());

interface Gated extends Repo {
  /** A job that deploys the commit; what becomes of it is waited for. */
  readonly deploy: (sha: string, options?: { environment?: string; run?: number }) => Promise<Job>;
}

interface Job {
  readonly run: number;
  readonly seen: () => ReturnType<Shop["box"]["github"]["control"]["readDeployment"]>;
}

/** A repository whose environment asks Holdpoint. */
async function gated(policy: string | null = POLICY): Promise<Gated> {
  const { control } = shop.box.github;
  const repo = await shop.repository({ policy });
  await control.protectEnvironment({ repository: repo.name, environment });
  return {
    ...repo,
    async deploy(sha, { environment: to = environment, run: again } = {}) {
      const { run } = await control.startDeployment({
        repository: repo.name,
        environment: to,
        sha,
        ...(again === undefined ? {} : { run: again }),
      });
      await shop.quiet();
      return { run, seen: () => control.readDeployment({ repository: repo.name, run }) };
    },
  };
}

async function audited(repository: number): Promise<readonly unknown[]> {
  const rows = await shop.db.database.query<{ record: Readonly<Record<string, unknown>> }>(
    "select record from holdpoint.audit where record->>'what' = 'deployment-answer' order by sequence",
  );
  return rows.map(({ record }) => record).filter((record) => record["repository"] === repository);
}

/** How GitHub asked about the run. */
function askedAbout(run: number): Delivery {
  const found = shop.box.github.deliveries
    .list()
    .find(
      ({ event, body }) => event === "deployment_protection_rule" && body.includes(`/actions/runs/${run}/`),
    );
  if (found === undefined) throw new Error(`GitHub asked nothing about ${run}`);
  return found;
}

describe("a job that deploys asks, and is answered", () => {
  test("approved at once where the gate is open, once for each time it asks", async () => {
    const repo = await gated();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    const job = await repo.deploy(sha);
    expect(await job.seen()).toEqual({
      status: "completed",
      conclusion: "success",
      reports: [],
      answer: { state: "approved", comment: "The gate is open." },
    });
    await shop.deliverAgain(askedAbout(job.run), askedAbout(job.run).guid);
    expect(await audited(repo.id)).toMatchObject([
      { run: job.run, environment, sha, answer: "approved", decision: "open" },
    ]);
    const again = await repo.deploy(sha, { run: job.run });
    expect(await again.seen()).toMatchObject({ conclusion: "success", answer: { state: "approved" } });
    expect(await audited(repo.id)).toHaveLength(2);
  });

  test("a held job waits, is told why once, and goes on the moment the gate opens", async () => {
    const repo = await gated();
    const key = shop.ticket({ risk: "" });
    const job = await repo.deploy(await repo.commit(`${key}: Charge in euros`));
    const told = await job.seen();
    expect(told).toMatchObject({ status: "waiting", answer: null, reports: { length: 1 } });
    expect(told.reports[0]).toContain("The gate is not open, so this job waits");
    expect(told.reports[0]).toContain(key);
    for (let minute = 0; minute < 5; minute += 1) {
      shop.pass(MINUTE);
      await shop.tick("deadlines");
    }
    expect((await job.seen()).reports).toHaveLength(1);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    shop.pass(2 * MINUTE);
    await shop.tick("deadlines");
    expect(await job.seen()).toMatchObject({
      status: "completed",
      conclusion: "success",
      answer: { state: "approved", comment: "The gate is open." },
    });
  });

  test("REL-65: after max_wait it is rejected with the reasons, and not a moment before", async () => {
    const repo = await gated(`${POLICY}\ngate: { max_wait: 10m }\n`);
    const job = await repo.deploy(await repo.commit("no ticket"));
    shop.pass(9 * MINUTE);
    await shop.tick("deadlines");
    expect(await job.seen()).toMatchObject({ status: "waiting" });
    shop.pass(MINUTE);
    await shop.tick("deadlines");
    const { conclusion, answer } = await job.seen();
    expect([conclusion, answer?.state]).toEqual(["failure", "rejected"]);
    expect(answer?.comment).toMatch(/^The gate was not open since .* UTC`?, so this job is rejected\./);
    expect(answer?.comment).toContain("\n- ");
    expect(await audited(repo.id)).toMatchObject([{ answer: "rejected", decision: "held" }]);
  });

  test("without a policy it is rejected with that sentence", async () => {
    const repo = await gated(null);
    const { conclusion, answer } = await (await repo.deploy(repo.first)).seen();
    expect([conclusion, answer?.state]).toEqual(["failure", "rejected"]);
    expect(answer?.comment).toContain("the repository has no policy");
  });

  test("an environment that the policy does not name is not governed; its name in another case is", async () => {
    const repo = await gated();
    const { control } = shop.box.github;
    await control.protectEnvironment({ repository: repo.name, environment: "playground" });
    const sha = await repo.commit("no ticket");
    const free = await (await repo.deploy(sha, { environment: "playground" })).seen();
    expect(free).toMatchObject({
      conclusion: "success",
      answer: {
        state: "approved",
        comment: "Not governed: the policy of this repository does not name this environment.",
      },
    });
    const other = await (await repo.deploy(sha, { environment: "Production" })).seen();
    expect(other).toMatchObject({ status: "waiting", answer: null });
  });

  test("a policy that came unheard of counts: no approval can be taken back", async () => {
    const repo = await gated();
    const { control } = shop.box.github;
    await control.protectEnvironment({ repository: repo.name, environment: "playground" });
    shop.box.github.lie({ kind: "delivery-lost", times: 1, event: "push" });
    const named = POLICY.replace(
      "production:",
      "playground: { base: { branch: production } }\n    production:",
    );
    const sha = await repo.commit("no ticket", { files: { ".github/holdpoint.yml": named } });
    const { status, answer } = await (await repo.deploy(sha, { environment: "playground" })).seen();
    expect([status, answer]).toEqual(["waiting", null]);
  });

  test("J9: an environment that is left out of the policy while it is halted stays halted until that is accepted", async () => {
    const both = POLICY.replace("production:", "staging: { base: { branch: production } }\n    production:");
    const repo = await gated(both);
    const { number } = await shop.box.github.control.openIssue({
      repository: repo.name,
      title: "The till",
      labels: [],
    });
    await repo.comment(number, "/holdpoint halt because the till is down", "octocat");
    const without = both.replace(/^ +production:.*\n/m, "");
    const sha = await repo.commit("no ticket", { files: { ".github/holdpoint.yml": without } });
    const job = await repo.deploy(sha);
    expect(await job.seen()).toMatchObject({ status: "waiting", answer: null });
    shop.pass(1_000);
    await repo.comment(number, "/holdpoint accept-policy", "octocat");
    expect(await job.seen()).toMatchObject({ conclusion: "success", answer: { state: "approved" } });
  });

  test("a policy that names no environment lets holds alone decide", async () => {
    const repo = await gated("tickets: { projects: [PLAY] }\n");
    const sha = await repo.commit("no ticket");
    expect(await (await repo.deploy(sha)).seen()).toMatchObject({ answer: { state: "approved" } });
  });

  test("a policy that only observes lets it go, and says what it would have done", async () => {
    const repo = await gated(`mode: observe\n${POLICY}`);
    const { answer } = await (await repo.deploy(await repo.commit("no ticket"))).seen();
    expect(answer?.state).toBe("approved");
    expect(answer?.comment).toContain("The policy only observes: this would not go out if it were enforced.");
  });

  test("a rollback that somebody permitted goes out for an hour, in spite of tickets", async () => {
    const repo = await gated();
    const { control } = shop.box.github;
    const bad = await repo.commit("no ticket");
    await control.deploy({ repository: repo.name, environment, sha: bad });
    await repo.release("main");
    await repo.commit("no ticket either");
    await repo.release("main");
    await shop.quiet();
    await shop.db.database.query(
      `insert into holdpoint.rollback_permit
         (repository_id, source, environment, sha, by_id, by_login, because, began_at, ends_at)
       values ($1, 'comment:1', $2, $3, 9, 'octocat', 'the till is down', $4, $5)`,
      [repo.id, environment, bad, shop.now(), new Date(shop.now().getTime() + 60 * MINUTE)],
    );
    expect(await (await repo.deploy(bad)).seen()).toMatchObject({ answer: { state: "approved" } });
    shop.pass(60 * MINUTE);
    expect(await (await repo.deploy(bad)).seen()).toMatchObject({ status: "waiting" });
  });
});

describe("what comes between", () => {
  test("an answer that is quicker than GitHub is given again", async () => {
    const repo = await gated();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    shop.box.github.lie({
      kind: "not-found",
      times: 1,
      method: "POST",
      path: `/repos/${repo.name}/actions/runs/`,
    });
    const job = await repo.deploy(sha);
    expect(await job.seen()).toMatchObject({ status: "waiting", answer: null });
    await shop.tryAgain();
    expect(await job.seen()).toMatchObject({ conclusion: "success", answer: { state: "approved" } });
  });

  test("REL-71: an address to answer at that is not GitHub's gets no token, and the refusal has a sentence", async () => {
    const repo = await gated();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    shop.box.github.lie({ kind: "delivery-refused", times: 1, event: "deployment_protection_rule" });
    const job = await repo.deploy(sha);
    const path = `/repos/${repo.name}/actions/runs/${job.run}/deployment_protection_rule`;
    const before = repo.posts().length;
    for (const elsewhere of [
      `https://evil.example${path}`,
      `http://169.254.169.254${path}`,
      `https://api.github.com.evil.example${path}`,
      `https://api.github.com@evil.example${path}`,
      `https://evil.example/https://api.github.com${path}`,
    ]) {
      const asked = askedAbout(job.run);
      const { body, requestHeaders } = asked;
      const forged = body.replace(
        /"deployment_callback_url":"[^"]*"/,
        () => `"deployment_callback_url":${JSON.stringify(elsewhere)}`,
      );
      expect(forged).not.toBe(body);
      const secret = shop.box.environment["WEBHOOK_SECRET"] ?? "";
      const signature = `sha256=${createHmac("sha256", secret).update(forged).digest("hex")}`;
      const headers = { ...requestHeaders, "x-hub-signature-256": signature };
      expect(await shop.deliverAgain({ ...asked, body: forged, requestHeaders: headers })).toBe(202);
      const [row] = await shop.db.database.query<{ last_answer: string }>(
        "select last_answer from holdpoint.effect where kind = 'deployment-answer' and repository_id = $1",
        [repo.id],
      );
      expect(row?.last_answer).toBe(
        "0: The callback address is not the one of that run at the GitHub that Holdpoint is set up for, so it was not called.",
      );
    }
    expect(
      repo
        .posts()
        .slice(before)
        .filter((post) => post.includes("deployment_protection_rule")),
    ).toEqual([]);
    expect(await job.seen()).toMatchObject({ status: "waiting", answer: null });
  });

  test("a question that was lost is found by reconciliation, and one that waits no more is forgotten", async () => {
    const repo = await gated();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    await shop.stop();
    shop.box.github.lie({ kind: "delivery-lost", times: 1, event: "deployment_protection_rule" });
    const { control } = shop.box.github;
    const { run } = await control.startDeployment({ repository: repo.name, environment, sha });
    await shop.box.settled();
    await shop.start();
    expect(await control.readDeployment({ repository: repo.name, run })).toMatchObject({ status: "waiting" });
    await shop.reconcile();
    expect(await control.readDeployment({ repository: repo.name, run })).toMatchObject({
      conclusion: "success",
      answer: { state: "approved" },
    });

    const held = await repo.deploy(await repo.commit("no ticket"));
    const { job } = await control.startDeployment({ repository: repo.name, environment, sha, run: held.run });
    await control.finishJob({ repository: repo.name, run: held.run, job, conclusion: "cancelled" });
    await shop.reconcile();
    const rows = await shop.db.database.query<{ answer: string | null }>(
      "select answer from holdpoint.waiting_deployment where repository_id = $1 order by run_id",
      [repo.id],
    );
    expect(rows.map((row) => row.answer)).toEqual(["approved", "gone"]);
  });

  test("all of it is as GitHub describes it", () => {
    expect(shop.box.github.violations()).toEqual([]);
  });
});
