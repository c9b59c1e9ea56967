import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Subject } from "../../src/domain/subject.ts";
import { A_WHILE, openShop, POLICY, type Repo, type Shop } from "./shop.ts";

const TOKEN = "ci:a-token-of-a-story-0123456789:*";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ environment: { HOLDPOINT_API_TOKENS: TOKEN } });
});
afterAll(() => shop.close());

interface Asked {
  readonly decision: string;
  readonly codes: readonly string[];
}

/** What a deploy tool is told. */
async function ask(repo: Repo, sha: string, query: Readonly<Record<string, string>> = {}): Promise<Asked> {
  const asked = new URLSearchParams({ environment: "production", sha, ...query });
  const response = await fetch(`${shop.holdpoint().url}/api/v1/repos/${repo.name}/gate?${asked.toString()}`, {
    headers: { authorization: `Bearer ${TOKEN.split(":")[1] ?? ""}` },
  });
  expect(response.status).toBe(200);
  return document.parse(await response.json());
}
const document = z
  .object({ decision: z.string(), reasons: z.array(z.object({ code: z.string() })) })
  .transform(({ decision, reasons }) => ({ decision, codes: reasons.map(({ code }) => code) }));

function callsTo(repo: Repo): number {
  return shop.box.github.requests
    .list()
    .filter(({ path }) => path.startsWith(`/repos/${repo.name}/`) || path === "/graphql").length;
}

const OPEN = { state: "success", description: "open: nothing holds it" };

/** The gate is looked at, as after any change of what holds. */
async function lookAtGate(repositoryId: number): Promise<void> {
  const { database, queue } = shop.holdpoint();
  const [row] = await database.query<{ subject: Subject }>(
    "select jsonb_build_object('kind', 'gate', 'repositoryId', $1::bigint) as subject",
    [repositoryId],
  );
  if (row === undefined) throw new Error("a row was asked for");
  const data = { subject: row.subject, because: "a story asks" };
  await database.transaction((transaction) => queue.enqueue(transaction, [{ kind: "look", data }]));
  await shop.quiet();
}

async function halt(repo: Repo, environment: string | null = null): Promise<void> {
  await shop.db.database.query(
    `insert into holdpoint.halt (repository_id, source, environment, issue_number, by_id, by_login, because, began_at)
     values ($1, 'comment:' || $2::text, $3, 4, 9, 'octocat', 'the till is down', $4)`,
    [repo.id, String(Math.random()), environment, new Date("2026-11-21T06:49:00Z")],
  );
  await lookAtGate(repo.id);
}

async function resume(repo: Repo): Promise<void> {
  await shop.db.database.query("update holdpoint.halt set ended_at = $2 where repository_id = $1", [
    repo.id,
    shop.now(),
  ]);
  await lookAtGate(repo.id);
}

describe("the status holdpoint/gate", () => {
  test("says open where nothing holds", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    expect(await repo.status(sha, "holdpoint/gate")).toEqual(OPEN);
  });

  test("says what is wrong with the verdict", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.status(sha, "holdpoint/gate")).toEqual({
      state: "failure",
      description: `held: 1 commit without ticket: ${sha.slice(0, 7)}; admins can override`,
    });
  });

  test("is flipped on the head and on every green commit below it when a hold begins, and back when it ends", async () => {
    const repo = await shop.repository();
    const first = await repo.commit(`${shop.ticket()}: Charge in euros`);
    const second = await repo.commit(`${shop.ticket()}: Charge in yen`);
    await halt(repo);
    const held = {
      state: "failure",
      description:
        "held: halted by octocat since 2026-11-21 06:49 UTC (#4): the till is down; admins can override",
    };
    expect(await repo.status(second, "holdpoint/gate")).toEqual(held);
    expect(await repo.status(first, "holdpoint/gate")).toEqual(held);
    await resume(repo);
    expect(await repo.status(second, "holdpoint/gate")).toEqual(OPEN);
    expect(await repo.status(first, "holdpoint/gate")).toEqual(OPEN);
  });

  test("a hold asks nothing of GitHub, and nothing is posted where nothing changed", async () => {
    const repo = await shop.repository();
    await repo.commit(`${shop.ticket()}: Charge in euros`);
    await halt(repo);
    const before = callsTo(repo);
    await lookAtGate(repo.id);
    expect(callsTo(repo)).toBe(before);
  });

  test("has one for each environment, judged from what that one runs", async () => {
    const policy = POLICY.replace(
      "environments:",
      "environments:\n    staging: { base: { deployment: staging } }",
    );
    const repo = await shop.repository({ policy });
    const live = await repo.commit("Tune cache headers");
    await shop.box.github.control.deploy({ repository: repo.name, environment: "staging", sha: live });
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    expect(await repo.status(sha, "holdpoint/gate")).toEqual(OPEN);
    expect(await repo.status(sha, "holdpoint/gate (production)")).toEqual({
      state: "failure",
      description: `held: 1 commit without ticket: ${live.slice(0, 7)}; admins can override`,
    });
    await halt(repo, "staging");
    expect((await repo.status(sha, "holdpoint/gate"))?.state).toBe("failure");
    expect((await repo.status(sha, "holdpoint/gate (production)"))?.description).toMatch(/^held: 1 commit/);
  });

  test("without environments the gate consists of holds alone", async () => {
    const repo = await shop.repository({ policy: "tickets: { require: off }\n" });
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.status(sha, "holdpoint/gate")).toEqual(OPEN);
    expect(await repo.preDeploy(sha)).toBeNull();
    await halt(repo);
    expect((await repo.status(sha, "holdpoint/gate"))?.state).toBe("failure");
    expect(await ask(repo, sha, { environment: "anywhere" })).toEqual({ decision: "held", codes: ["halt"] });
  });

  test("while observing everything is green, and says what would be held; enforcing, it turns red by itself", async () => {
    const repo = await shop.repository({ policy: `mode: observe\n${POLICY}` });
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.status(sha, "holdpoint/gate")).toEqual({
      state: "success",
      description: `observing only, would be held: 1 commit without ticket: ${sha.slice(0, 7)}`,
    });
    const head = await repo.commit("[skip] enforce", { files: { ".github/holdpoint.yml": POLICY } });
    expect((await repo.status(head, "holdpoint/gate"))?.state).toBe("failure");
    expect((await repo.status(sha, "holdpoint/gate"))?.state).toBe("failure");
  });

  test("the gate wakes by itself when a deadline passes: never a second early", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    await shop.db.database.query(
      `insert into holdpoint.compliance_case
         (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, opened_at,
          adopted, grace, verify_grace, owners, warned_at, deadline)
       values ($1, 'k', 'integration', '{"kind": "status"}', 'Integration', $2, 'a', $2, $3, false, 60000, 0, '{}', $3, $4)`,
      [
        repo.id,
        JSON.stringify({ sha: "a", runId: 0, sequence: 1, said: "failure", at: shop.now(), url: null }),
        shop.now(),
        new Date(shop.now().getTime() + 60_000),
      ],
    );
    await lookAtGate(repo.id);
    await shop.tick("deadlines");
    expect(await repo.status(sha, "holdpoint/gate")).toEqual(OPEN);
    expect((await ask(repo, sha)).decision).toBe("open");
    shop.pass(61_000);
    // Shut at the very moment, whether or not anybody has looked.
    expect((await ask(repo, sha)).codes).toContain("expiry-unverified");
    await shop.tick("deadlines");
    expect(await repo.status(sha, "holdpoint/gate")).toEqual({
      state: "pending",
      description: "could not verify: integration is past its deadline, and not yet confirmed at GitHub",
    });
  });
});

test("REL-64: the report says where anybody could post what is required", async () => {
  const repo = await shop.repository();
  await shop.box.github.control.requireStatuses({
    repository: repo.name,
    branch: "production",
    statuses: [{ context: "holdpoint/gate" }],
  });
  shop.pass(61 * 60_000);
  const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
  expect((await repo.report(sha))?.text).toContain(
    "- Everybody with write access can post `holdpoint/gate`, which `production` requires: choose Holdpoint as its source in the ruleset.",
  );
});

describe("commits below the head", () => {
  test("a ticket that is emptied again turns their green verdict and gate red, too", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const first = await repo.commit(`${key}: Charge in euros`);
    const second = await repo.commit(`${shop.ticket()}: Charge in yen`);
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.quiet();
    for (const sha of [second, first]) {
      expect((await repo.preDeploy(sha))?.state).toBe("failure");
      expect((await repo.status(sha, "holdpoint/gate"))?.state).toBe("failure");
    }
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
    await shop.quiet();
    expect((await repo.preDeploy(first))?.state).toBe("success");
    expect(await repo.status(first, "holdpoint/gate")).toEqual(OPEN);
  });

  test("are left alone once they are live", async () => {
    const repo = await shop.repository();
    const live = await repo.commit(`${shop.ticket()}: Charge in euros`);
    await repo.release();
    const sha = await repo.commit(`${shop.ticket()}: Charge in yen`);
    await halt(repo);
    expect((await repo.status(sha, "holdpoint/gate"))?.state).toBe("failure");
    expect(await repo.status(live, "holdpoint/gate")).toEqual(OPEN);
  });

  test("may not go out any more once a force-push has thrown them away", async () => {
    const repo = await shop.repository();
    const thrown = await repo.commit(`${shop.ticket()}: Charge in euros`);
    await shop.box.github.control.forcePush({ repository: repo.name, branch: "main", to: repo.first });
    const sha = await repo.commit(`${shop.ticket()}: Charge in yen`);
    expect(await repo.status(sha, "holdpoint/gate")).toEqual(OPEN);
    expect(await repo.status(thrown, "holdpoint/gate")).toEqual({
      state: "failure",
      description:
        "held: the commit is not on the deploy branch, and was never live in production; admins can override",
    });
  });
});

describe("J2: the gate answers for the commit that it is asked about", () => {
  test("REL-65: a commit of nowhere, of a branch, below the head, at it", async () => {
    const repo = await shop.repository();
    const bare = await repo.commit("Tune cache headers");
    const head = await repo.commit(`${shop.ticket()}: Charge in euros`);
    const { head: work } = await repo.open({ title: `${shop.ticket()}: Charge in yen`, branch: "yen" });
    expect(await ask(repo, "0".repeat(40))).toEqual({ decision: "held", codes: ["no-such-commit"] });
    expect((await ask(repo, work)).codes).toContain("not-on-deploy-branch");
    expect(await ask(repo, bare)).toEqual({ decision: "held", codes: ["no-ticket"] });
    expect(await ask(repo, head)).toEqual({ decision: "held", codes: ["no-ticket"] });
    expect((await ask(repo, repo.first)).decision).toBe("open");
  });

  test("facts are read again after 60 seconds, and not before", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect((await ask(repo, sha)).decision).toBe("open");
    const before = callsTo(repo);
    expect((await ask(repo, sha)).decision).toBe("open");
    expect(callsTo(repo)).toBe(before);
    shop.pass(A_WHILE);
    expect((await ask(repo, sha)).decision).toBe("open");
    expect(callsTo(repo)).toBeGreaterThan(before);
  });

  test("I8: what cannot be read any more is unknown, however open it was", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    expect((await ask(repo, sha)).decision).toBe("open");
    shop.pass(A_WHILE);
    shop.box.github.lie({ kind: "server-error" });
    expect(await ask(repo, sha)).toEqual({ decision: "unknown", codes: ["github-unreachable"] });
    shop.box.github.tellTheTruth();
    shop.pass(A_WHILE);
    expect((await ask(repo, sha)).decision).toBe("open");
  });

  test("J4: a rollback to what was live goes out in spite of everything but a halt", async () => {
    const repo = await shop.repository();
    const old = await repo.commit("Tune cache headers");
    await shop.box.github.control.deploy({ repository: repo.name, environment: "production", sha: old });
    const passed = await repo.commit(`${shop.ticket()}: Round the cents`);
    await repo.commit(`${shop.ticket()}: Charge in euros`);
    await repo.release();
    expect((await ask(repo, old)).decision).toBe("held");
    expect(await ask(repo, old, { intent: "rollback" })).toEqual({ decision: "open", codes: ["rollback"] });
    expect((await ask(repo, passed, { intent: "rollback" })).codes).toContain("never-live");
    await halt(repo);
    expect(await ask(repo, old, { intent: "rollback" })).toEqual({
      decision: "held",
      codes: ["halt", "rollback"],
    });
  });
});

describe("what would be merged into what is live", () => {
  const policy = POLICY.replace("deploy:", "deploy:\n  branch: main");

  test("a pull request into the base branch shows the gate, and an old head of it may not go out", async () => {
    const repo = await shop.repository({ policy });
    const { head } = await repo.open({
      title: `${shop.ticket()}: Hotfix`,
      branch: "hotfix",
      base: "production",
    });
    expect(await repo.status(head, "holdpoint/gate")).toEqual(OPEN);
    expect((await ask(repo, head)).decision).toBe("open");
    const next = await repo.commit("More of the hotfix", { branch: "hotfix" });
    expect(await repo.status(next, "holdpoint/gate")).toEqual(OPEN);
    expect((await repo.status(head, "holdpoint/gate"))?.description).toMatch(/^held: the commit is not on/);
  });

  test("pull requests into other branches show none", async () => {
    const repo = await shop.repository({ policy });
    const { head } = await repo.open({ title: `${shop.ticket()}: Charge in euros` });
    expect(await repo.status(head, "holdpoint/gate")).toBeNull();
  });

  test("a merge queue always gets an answer about tickets, where the policy asks for none or cannot be used", async () => {
    const { control } = shop.box.github;
    const rows = [
      ["tickets: { require: off }\n", { state: "success", description: "the policy asks for no tickets" }],
      [
        "tickets: yes\n",
        { state: "pending", description: "could not verify: .github/holdpoint.yml cannot be used" },
      ],
    ] as const;
    for (const [text, said] of rows) {
      const repo = await shop.repository({ policy: text });
      const { number } = await repo.open({ title: "Charge in euros" });
      const group = await control.queueMergeGroup({ repository: repo.name, numbers: [number] });
      await shop.quiet();
      expect(await repo.tickets(group.headSha)).toEqual(said);
    }
  });

  test("a merge queue into the base branch gets the gate's answer", async () => {
    const { control } = shop.box.github;
    const repo = await shop.repository({ policy });
    const { number } = await repo.open({
      title: `${shop.ticket()}: Hotfix`,
      branch: "hotfix",
      base: "production",
    });
    const group = await control.queueMergeGroup({ repository: repo.name, numbers: [number] });
    await shop.quiet();
    expect((await repo.status(group.headSha, "holdpoint/gate"))?.state).toBe("success");
    expect((await ask(repo, group.headSha)).decision).toBe("open");
  });
});
