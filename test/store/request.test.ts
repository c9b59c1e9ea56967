import { afterAll, beforeAll, expect, test } from "vitest";
import type { TicketKey } from "../../src/domain/model.ts";
import { isTicketKey } from "../../src/domain/tickets/key.ts";
import { findEffect, wishEffects } from "../../src/store/effect.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { addRequest, findRequest, purgeRequests, settleRequest } from "../../src/store/request.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { buildRepository, TAKEN_AT } from "../domain/build-snapshot.ts";

const LATER = new Date(TAKEN_AT.getTime() + 1);
const BY = { id: 1, login: "octocat" };
const repository = buildRepository();

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await upsertRepository(db.database, repository, TAKEN_AT);
});
afterAll(() => db.drop());

function ticket(key: string): TicketKey {
  if (!isTicketKey(key)) throw new Error(`${key} is no key`);
  return key;
}

/** Somebody fills in a ticket; answers the request, and the target that is to become true. */
async function ask(finishedAt: Date | null): Promise<{ readonly id: number; readonly target: string }> {
  const { id: repositoryId } = repository;
  const fields = [{ name: "Risk assessment", seen: null, wanted: "Low" }];
  const wish = { kind: "fill-fields", ticket: ticket("PLAY-1"), fields } as const;
  return await db.database.transaction(async (transaction) => {
    const requestId = await addRequest(transaction, { repositoryId, by: BY, wish, at: TAKEN_AT });
    const change = { kind: "fields", fields } as const;
    const common = { kind: "ticket", repositoryId, requestId, ticket: wish.ticket, comment: "" } as const;
    const [target = ""] = await wishEffects(transaction, [{ ...common, change }], TAKEN_AT);
    const answer = { code: "changed", message: "" };
    if (finishedAt !== null) {
      await settleRequest(transaction, requestId, { state: "done", answer, at: finishedAt });
    }
    return { id: requestId, target };
  });
}

test("what was typed is kept while somebody may come back to it, and then nowhere", async () => {
  const asked = [await ask(TAKEN_AT), await ask(LATER), await ask(null)];
  await purgeRequests(db.database, LATER);
  const kept = await Promise.all(
    asked.map(async ({ id, target }) => [
      (await findRequest(db.database, id)) !== null,
      (await findEffect(db.database, target)) !== null,
    ]),
  );
  expect(kept).toEqual([
    [false, false],
    [true, true],
    [true, true],
  ]);
});
