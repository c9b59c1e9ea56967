import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Subject } from "../../src/domain/subject.ts";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

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
    expect(await repo.status(sha, "holdpoint/gate")).toEqual({
      state: "success",
      description: "open: nothing holds it",
    });
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
    const open = { state: "success", description: "open: nothing holds it" };
    expect(await repo.status(second, "holdpoint/gate")).toEqual(open);
    expect(await repo.status(first, "holdpoint/gate")).toEqual(open);
  });
});
