import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { hashSessionId } from "../../src/cockpit/session/hash-session-id.ts";
import { addSession, replaceRights } from "../../src/store/session.ts";
import { wordsOf } from "../cockpit/repository/build-deploy.ts";
import { A_WHILE, openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ signIn: true });
});
afterEach(() => {
  shop.box.jira.tellTheTruth();
  shop.box.github.tellTheTruth();
});
afterAll(() => shop.close());

/** The page as somebody who may write sees it. */
async function pageOf({ name, id }: Repo): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const session = {
    idHash: hashSessionId(secret),
    userId: 1,
    login: "octocat",
    accessToken: Buffer.from("sealed"),
    accessEndsAt: null,
    refreshToken: null,
    at: shop.now(),
    endsAt: new Date(shop.now().getTime() + 3_600_000),
  };
  await addSession(shop.db.database, session);
  await shop.db.database.transaction((transaction) =>
    replaceRights(transaction, session.idHash, [{ repositoryId: id, permission: "write" }], shop.now()),
  );
  const answer = await fetch(`${shop.holdpoint().url}/${name}`, {
    headers: { cookie: `holdpoint=${secret}` },
  });
  expect(answer.status).toBe(200);
  return wordsOf(await answer.text());
}

test("a push whose ticket lacks something shows it on the page, and so does whoever fills it in", async () => {
  const repo = await shop.repository();
  const key = shop.ticket({ summary: "Charge in euros", checks: "" });
  await repo.commit(`${key}: Charge in euros`, { author: "octocat" });
  const lacking = await pageOf(repo);
  expect(lacking).toContain("Deploys to production are held 1 commit waits on main");
  expect(lacking).toContain(`1 ticket lacks “Post-deploy checks”: ${key}`);
  expect(lacking).toContain("Risk assessment low Lacks “Post-deploy checks”");

  shop.box.jira.editIssue(key, { fields: { "Post-deploy checks": "Place an order" } });
  await shop.quiet();
  const filled = await pageOf(repo);
  expect(filled).toContain("Deploys to production are open 1 commit waits on main");
  expect(filled).toContain("1 ticket · 1 commit · 1 author · no discrepancy");
  expect(filled).toContain("Post-deploy checks Place an order");

  shop.box.jira.lie({ kind: "unavailable", path: "bulkfetch" });
  shop.pass(A_WHILE);
  await shop.look(repo.id);
  const silent = await pageOf(repo);
  expect(silent).toContain("Whether production may be deployed is not known");
  expect(silent).toContain("Jira is not answering: what you see of tickets is from");
  expect(silent).toContain("Post-deploy checks Place an order");
});

test("a gate that was open is not called open for long while GitHub cannot be asked", async () => {
  const repo = await shop.repository();
  await repo.commit(`${shop.ticket()}: Charge in euros`);
  expect(await pageOf(repo)).toContain("Deploys to production are open");

  shop.box.github.lie({ kind: "server-error", path: "/" });
  await shop.reconcile();
  await shop.reconcile();
  expect(await pageOf(repo)).toContain("Whether production may be deployed is not known");

  shop.box.github.tellTheTruth();
  await shop.tryAgain();
  await shop.reconcile();
  expect(await pageOf(repo)).toContain("Deploys to production are open");
});
