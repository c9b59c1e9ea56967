import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  attachTicketToCommit,
  detachTicketFromCommit,
  listAttachedTickets,
} from "../../src/store/attached-ticket.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, key, sha } from "../domain/build-snapshot.ts";

const AT = new Date("2026-11-21T12:00:00Z");
const shop = buildRepository();
const octocat = { id: 1, login: "octocat" };

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, shop, AT);
});
afterAll(() => db.drop());

function given(commit: string, ticket = "PLAY-1") {
  return { repositoryId: shop.id, sha: sha(commit), ticket: key(ticket), at: AT };
}
async function attach(commit: string, because: string): Promise<boolean> {
  return await db.database.transaction((transaction) =>
    attachTicketToCommit(transaction, { ...given(commit), because, by: octocat }),
  );
}
async function detach(commit: string): Promise<boolean> {
  return await db.database.transaction((transaction) =>
    detachTicketFromCommit(transaction, { ...given(commit), by: "hubot" }),
  );
}

describe("attached tickets", () => {
  test("are told of the commits that are asked about, with who and why", async () => {
    expect(await attach("one", "Its other half")).toBe(true);
    await attach("two", "Another");
    expect(await listAttachedTickets(db.database, shop.id, [sha("one"), sha("three")])).toEqual([
      { sha: sha("one"), key: "PLAY-1", because: "Its other half", by: "octocat", at: AT },
    ]);
    expect(await listAttachedTickets(db.database, shop.id, [])).toEqual([]);
  });

  test("whoever attached first keeps the credit", async () => {
    expect(await attach("one", "Mine")).toBe(false);
    expect(await listAttachedTickets(db.database, shop.id, [sha("one")])).toMatchObject([
      { because: "Its other half" },
    ]);
  });

  test("one that was taken off counts no more, is kept, and may be attached again", async () => {
    expect([await detach("one"), await detach("one")]).toEqual([true, false]);
    expect(await listAttachedTickets(db.database, shop.id, [sha("one")])).toEqual([]);
    expect(await attach("one", "Once more")).toBe(true);
    const rows = await db.database.query(
      "select because, detached_by from holdpoint.attached_ticket where sha = $1 order by id",
      [sha("one")],
    );
    expect(rows).toEqual([
      { because: "Its other half", detached_by: "hubot" },
      { because: "Once more", detached_by: null },
    ]);
  });
});
