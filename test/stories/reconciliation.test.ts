import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openLongJob } from "./long-job.ts";
import { openShop, type Repo, type Shop } from "./shop.ts";

const FIVE_MINUTES = 5 * 60_000;
const CHECKED = `
deploy: { environments: { production: { base: { branch: production } } } }
tickets: { require: off }
required_checks: [{ check: "build *" }]
`;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

/** While it happens nobody tells Holdpoint; then everything is compared. */
async function unheard<Result>(happens: () => Promise<Result>): Promise<Result> {
  await shop.reconcile();
  shop.box.github.lie({ kind: "delivery-lost" });
  const result = await happens();
  await shop.quiet();
  shop.box.github.tellTheTruth();
  return result;
}

/** Calls that are not answered "not modified", of one reconciliation. */
async function costOf(repo: Repo): Promise<readonly string[]> {
  const { requests } = shop.box.github;
  await shop.reconcile();
  await shop.reconcile();
  const before = requests.list().length;
  await shop.reconcile();
  return requests
    .list()
    .slice(before)
    .filter(
      ({ status, path, route }) => status !== 304 && (path.includes(repo.name) || route.includes("graphql")),
    )
    .map(({ method, path, route }) => `${method} ${route === "" ? path : route}`);
}

describe("a quiet repository", () => {
  test("costs no call of the limit", async () => {
    const repo = await shop.repository({ policy: CHECKED });
    await shop.box.github.control.finishCheck({ repository: repo.name, sha: "main", name: "build 1" });
    await repo.open({ title: "Charge in euros" });
    const cost = await costOf(repo);
    expect(cost).toEqual([]);
  });

  test("with deferred checks, all green, costs two calls at most", async () => {
    const long = await openLongJob(shop);
    await long.run("success");
    const cost = await costOf(long);
    expect(cost.length).toBeLessThanOrEqual(2);
  });

  test("is compared every five minutes", async () => {
    await shop.repository({ policy: CHECKED });
    await shop.reconcile();
    const { requests } = shop.box.github;
    const before = requests.list().length;
    shop.pass(FIVE_MINUTES - 60_000);
    await shop.tick("reconciliation");
    expect(requests.list().slice(before)).toEqual([]);
    shop.pass(60_000);
    await shop.tick("reconciliation");
    expect(requests.list().length).toBeGreaterThan(before);
  });
});

describe("P6: what nobody told of is found within minutes", () => {
  test("a push, and a pull request with its title", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { number, head } = await repo.open({ title: "Tune", branch: "tune" });
    expect((await repo.tickets(head))?.state).toBe("failure");
    const pushed = await unheard(async () => {
      const { control } = shop.box.github;
      await control.editPullRequest({ repository: repo.name, number, title: `${key}: Tune` });
      return await control.commit({
        repository: repo.name,
        branch: "main",
        message: "Tune",
        files: { "tune.txt": "1" },
      });
    });
    expect(await repo.preDeploy(pushed.sha)).toBeNull();
    await shop.reconcile();
    expect((await repo.preDeploy(pushed.sha))?.state).toBe("failure");
    expect(await repo.tickets(head)).not.toBeNull();
  });

  test("a required check that finished on the deploy head", async () => {
    const repo = await shop.repository({ policy: CHECKED });
    const sha = await repo.commit("Tune");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    await unheard(() => shop.box.github.control.finishCheck({ repository: repo.name, sha, name: "build 1" }));
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("success");
  });

  test("a release", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune");
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    await unheard(() =>
      shop.box.github.control.forcePush({ repository: repo.name, branch: "production", to: "main" }),
    );
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.description).toBe("production: nothing new");
  });

  test("a command, obeyed once", async () => {
    const repo = await shop.repository();
    const { number } = await repo.open({ title: "Tune" });
    await unheard(() =>
      shop.box.github.control.comment({
        repository: repo.name,
        number,
        body: "/holdpoint help",
        by: "octocat",
      }),
    );
    expect(await repo.answers(number)).toEqual([]);
    await shop.reconcile();
    expect((await repo.answers(number)).length).toBe(1);
    await shop.reconcile();
    expect((await repo.answers(number)).length).toBe(1);
  });

  test("a ticket that Jira's webhooks did not tell of", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    await shop.reconcile();
    await shop.db.database.query("delete from holdpoint.subject_ticket where ticket_key = $1", [key]);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    await shop.db.database.query(`insert into holdpoint.subject_ticket select 'deploy:' || $1::bigint, $2`, [
      repo.id,
      key,
    ]);
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    await shop.reconcile();
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("success");
  });

  test("a policy file that was added", async () => {
    const repo = await shop.repository({ policy: null });
    const { sha } = await unheard(() =>
      shop.box.github.control.commit({
        repository: repo.name,
        branch: "main",
        message: "Add a policy",
        files: { ".github/holdpoint.yml": CHECKED },
      }),
    );
    expect(await repo.preDeploy(sha)).toBeNull();
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
  });
});

describe("REL-51: a permission that is missing", () => {
  test("is named, and keeps nothing else from being found", async () => {
    const repo = await shop.repository({ owner: "thrifty" });
    const { control } = shop.box.github;
    const { issues: _, ...others } = shop.box.github.app.permissions;
    await shop.reconcile();
    await control.setInstallationPermissions({ account: "thrifty", permissions: others });
    await shop.quiet();
    shop.pass(61 * 60_000);
    const { sha } = await unheard(() =>
      control.commit({
        repository: repo.name,
        branch: "main",
        message: "Tune",
        files: { "tune.txt": "1" },
      }),
    );
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    const named = shop
      .logged()
      .filter((line) => line.includes("a permission is missing, and this is not compared"));
    expect(named.some((line) => line.includes('"what":"issues"'))).toBe(true);
  });
});

describe("REL-64: a status under Holdpoint's name by somebody else", () => {
  async function forge(repo: Repo, sha: string, description: string | null = null): Promise<void> {
    await shop.box.github.control.setStatus({
      repository: repo.name,
      sha,
      context: "holdpoint/pre-deploy",
      state: "success",
      description,
      by: "octocat",
    });
    await shop.quiet();
  }

  async function forgeries(repo: Repo): Promise<readonly unknown[]> {
    const rows = await shop.db.database.query<{ record: Readonly<Record<string, unknown>> }>(
      `select record from holdpoint.audit
        where record->>'what' = 'forged-status' and (record->>'repository')::bigint = $1 order by sequence`,
      [repo.id],
    );
    return rows.map(({ record }) => [record["by"], record["restored"]]);
  }

  test("is set right at once, with who did it on record", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune");
    await forge(repo, sha);
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    expect(await forgeries(repo)).toEqual([["octocat", true]]);
  });

  test("is set right within minutes where nobody told of it", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune");
    await unheard(() => forge(repo, sha));
    expect((await repo.preDeploy(sha))?.state).toBe("success");
    await shop.reconcile();
    expect((await repo.preDeploy(sha))?.state).toBe("failure");
    expect(await forgeries(repo)).toEqual([["octocat", true]]);
  });

  test("there is no war: after ten within the hour it is told alone", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune");
    for (let count = 0; count < 12; count += 1) await forge(repo, sha, String(count));
    const all = await forgeries(repo);
    expect(all.filter((one) => JSON.stringify(one) === '["octocat",true]').length).toBe(10);
    expect(all.length).toBe(12);
    expect(repo.posts().filter((post) => post.endsWith(`/statuses/${sha}`)).length).toBeLessThanOrEqual(14);
    expect(
      shop.logged().some((line) => line.includes('"level":"error"') && line.includes("again and again")),
    ).toBe(true);
  });

  test("our own late words are no forgery", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    await repo.commit(`${key}: Charge in euros`);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    for (const delivery of shop.box.github.deliveries
      .list()
      .filter(({ event }) => event === "status")
      .slice(0, 4)) {
      await shop.deliverAgain(delivery);
    }
    expect(await forgeries(repo)).toEqual([]);
  });
});
