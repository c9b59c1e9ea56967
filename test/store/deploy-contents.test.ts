import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployContentsOf } from "../../src/domain/contents/deploy-contents-of.ts";
import type { DeployContents } from "../../src/domain/contents/deploy-contents.ts";
import { evaluate } from "../../src/domain/evaluate.ts";
import type { RepositoryFacts } from "../../src/domain/model.ts";
import type { DeploySnapshot } from "../../src/domain/snapshot.ts";
import { isRepositoryId } from "../../src/domain/brands.ts";
import {
  findDeployContents,
  type ReadContents,
  saveDeployContents,
} from "../../src/store/deploy-contents.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import {
  answers,
  buildCarriage,
  buildDeploySnapshot,
  buildRepository,
  buildTicket,
  sha,
  TAKEN_AT,
  unread,
} from "../domain/build-snapshot.ts";

let db: TestDatabase;
let ids = 100;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function repository(): Promise<RepositoryFacts> {
  ids += 1;
  if (!isRepositoryId(ids)) throw new Error("ids count from 1");
  const facts = buildRepository({ id: ids, name: `shop-${ids}` });
  await upsertRepository(db.database, facts, TAKEN_AT);
  return facts;
}

function minute(count: number): Date {
  return new Date(TAKEN_AT.getTime() + count * 60_000);
}

function contentsAt(at: Date, changes: Partial<DeploySnapshot> = {}): DeployContents {
  const snapshot = buildDeploySnapshot({ ...changes, takenAt: at });
  const carriage = snapshot.changeSet.state === "known" ? buildCarriage() : null;
  return deployContentsOf({ snapshot, carriage, verdict: evaluate(snapshot, carriage) });
}

function read(at: Date, changes: Partial<DeploySnapshot> = {}): ReadContents {
  return { state: "read", contents: contentsAt(at, changes) };
}

async function save({ id }: RepositoryFacts, ...found: readonly ReadContents[]): Promise<void> {
  await db.database.transaction((transaction) => saveDeployContents(transaction, id, found));
}

/** Which version of the row's large part there is: another one only where it was written. */
async function largePart({ id }: RepositoryFacts): Promise<unknown> {
  return await db.database.query(
    `select pg_column_toast_chunk_id(contents) as chunk from holdpoint.deploy_contents where repository_id = $1`,
    [id],
  );
}

describe("what a deploy contains", () => {
  test("is found as it was kept, by the environment's name in any spelling", async () => {
    const shop = await repository();
    await save(shop, read(minute(0)));
    expect(await findDeployContents(db.database, shop.id, "Production")).toEqual(contentsAt(minute(0)));
    expect(await findDeployContents(db.database, shop.id, "staging")).toBeNull();
  });

  test("that did not change keeps its large part, and is from now", async () => {
    const shop = await repository();
    const tickets = answers({ "PLAY-1": buildTicket("PLAY-1", { values: { "Risk assessment": long() } }) });
    await save(shop, read(minute(0), { tickets }));
    const before = await largePart(shop);
    await save(shop, read(minute(5), { tickets }));
    expect(await largePart(shop)).toEqual(before);
    expect(await findDeployContents(db.database, shop.id, "production")).toEqual(
      contentsAt(minute(5), { tickets }),
    );
    await save(shop, read(minute(6), { tickets, head: sha("other") }));
    expect(await largePart(shop)).not.toEqual(before);
  });

  test("is kept for each environment, and forgotten for those that the policy names no more", async () => {
    const shop = await repository();
    await save(shop, read(minute(0)), read(minute(0), { environment: "staging" }));
    expect(await findDeployContents(db.database, shop.id, "staging")).not.toBeNull();
    await save(shop, read(minute(1)));
    expect(await findDeployContents(db.database, shop.id, "staging")).toBeNull();
    await save(shop);
    expect(await findDeployContents(db.database, shop.id, "production")).toBeNull();
  });

  test("that could not be read at all stays, and says since when nobody has seen it", async () => {
    const shop = await repository();
    const silent = { state: "unread", environment: "production", because: "github-unreachable" } as const;
    await save(shop, silent);
    expect(await findDeployContents(db.database, shop.id, "production")).toBeNull();
    await save(shop, read(minute(0)));
    await save(shop, read(minute(4)));
    await save(shop, silent);
    await save(shop, silent);
    const kept = await findDeployContents(db.database, shop.id, "production");
    expect(kept?.outdated).toEqual({ because: "github-unreachable", since: minute(4).toISOString() });
    expect(kept?.takenAt).toBe(minute(4).toISOString());
    await save(shop, read(minute(9)));
    expect(await findDeployContents(db.database, shop.id, "production")).toEqual(contentsAt(minute(9)));
  });

  test("keeps what Jira said before, from the last time that it answered", async () => {
    const shop = await repository();
    await save(shop, read(minute(0)));
    await save(shop, read(minute(4)));
    const silent = { tickets: answers({ "PLAY-1": unread("jira-timeout") }) };
    await save(shop, read(minute(6), silent));
    await save(shop, read(minute(8), silent));
    const kept = await findDeployContents(db.database, shop.id, "production");
    expect(kept?.jira).toEqual({ state: "unknown", because: "jira-timeout", since: minute(4).toISOString() });
    const facts = kept?.tickets[0]?.facts;
    expect(facts?.state === "known" && facts.summary).toBe("Summary of PLAY-1");
  });

  test("REL-74: with hostile texts is stored, NUL included", async () => {
    const shop = await repository();
    const summary = "\u0000<script>\u202E\uD800";
    await save(shop, read(minute(0), { tickets: answers({ "PLAY-1": buildTicket("PLAY-1", { summary }) }) }));
    const kept = await findDeployContents(db.database, shop.id, "production");
    const facts = kept?.tickets[0]?.facts;
    expect(facts?.state === "known" && facts.summary).toBe("�<script>��");
  });
});

/** More than fits into a row. */
function long() {
  let text = "";
  for (let word = 0; text.length < 20_000; word += 1) text += `${(word * 2_654_435_761) % 4_294_967_296} `;
  return { state: "filled", text } as const;
}
