import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  addSession,
  endSession,
  findSession,
  noteSeen,
  purgeSessions,
  replaceRights,
  type StoredSession,
} from "../../src/store/session.ts";
import { claimRefresh, releaseRefresh, replaceTokens } from "../../src/store/session-token.ts";
import { addSignIn, purgeSignIns, takeSignIn } from "../../src/store/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";

const AT = new Date("2026-11-21T12:00:00Z");
const ID = Buffer.alloc(32, 1);
const OTHER = Buffer.alloc(32, 2);
const REFRESH = Buffer.from("sealed refresh");

function minutes(count: number): Date {
  return new Date(AT.getTime() + count * 60_000);
}

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.database.query("delete from holdpoint.session");
  await db.database.query("delete from holdpoint.sign_in");
  await begin(ID);
});

async function begin(idHash: Buffer): Promise<void> {
  await addSession(db.database, {
    idHash,
    userId: 9_007_199_254_740_991,
    login: "octocat",
    accessToken: Buffer.from("sealed"),
    accessEndsAt: minutes(480),
    refreshToken: REFRESH,
    at: AT,
    endsAt: minutes(60),
  });
}

function find(at: Date, seenSince = new Date(0)): Promise<StoredSession | null> {
  return findSession(db.database, ID, { at, seenSince });
}

describe("a session", () => {
  test("is found until it ends, or until nobody was there for too long", async () => {
    expect(await find(AT)).toEqual({
      idHash: ID,
      userId: 9_007_199_254_740_991,
      login: "octocat",
      accessToken: Buffer.from("sealed"),
      accessEndsAt: minutes(480),
      refreshToken: REFRESH,
      rightsReadAt: null,
      seenAt: AT,
      endsAt: minutes(60),
    });
    expect(await find(minutes(60))).toBe(null);
    expect(await find(minutes(30), AT)).toBe(null);
    await noteSeen(db.database, ID, minutes(20));
    await noteSeen(db.database, ID, minutes(10));
    expect((await find(minutes(30), minutes(19)))?.seenAt).toEqual(minutes(20));
  });

  test("takes its rights with it when it ends, and gets none any more", async () => {
    const rights = [{ repositoryId: 7, permission: "write" }] as const;
    const give = (): Promise<void> =>
      db.database.transaction((transaction) => replaceRights(transaction, ID, rights, AT));
    await give();
    expect((await find(AT))?.rightsReadAt).toEqual(AT);
    await endSession(db.database, ID);
    await give();
    expect(await db.database.query("select from holdpoint.session_right")).toEqual([]);
  });

  test("is purged when it is over, and not before", async () => {
    await begin(OTHER);
    await noteSeen(db.database, OTHER, minutes(30));
    await purgeSessions(db.database, { at: minutes(59), seenSince: AT });
    expect(await find(AT)).toBe(null);
    const left = await db.database.query<{ readonly id: Buffer }>(
      "select id_hash as id from holdpoint.session",
    );
    expect(left.map(({ id }) => id)).toEqual([OTHER]);
    await purgeSessions(db.database, { at: minutes(60), seenSince: AT });
    expect(await db.database.query("select from holdpoint.session")).toEqual([]);
  });
});

describe("a refresh", () => {
  function claim(at: Date, refreshToken = REFRESH): Promise<boolean> {
    return claimRefresh(db.database, ID, { refreshToken, at, until: new Date(at.getTime() + 15_000) });
  }

  test("is one request's at a time, of however many ask at once", async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(AT)));
    expect(claims.filter((one) => one)).toHaveLength(1);
  });

  test("is the next one's when the first gave up, or did not come back in time", async () => {
    expect([await claim(AT), await claim(minutes(0.2)), await claim(minutes(0.25))]).toEqual([
      true,
      false,
      true,
    ]);
    await releaseRefresh(db.database, ID);
    expect(await claim(minutes(0.26))).toBe(true);
  });

  test("of a token that has been replaced is nobody's", async () => {
    await replaceTokens(db.database, ID, {
      accessToken: Buffer.from("new"),
      accessEndsAt: minutes(960),
      refreshToken: Buffer.from("new refresh"),
    });
    expect([await claim(AT), await claim(AT, Buffer.from("new refresh"))]).toEqual([false, true]);
  });
});

describe("a sign-in that has begun", () => {
  const BEGUN = { browserHash: OTHER, verifier: Buffer.from("sealed"), returnTo: "/acme/storefront" };
  const take = (at: Date): ReturnType<typeof takeSignIn> => takeSignIn(db.database, ID, at);

  beforeEach(() => addSignIn(db.database, { ...BEGUN, stateHash: ID, endsAt: minutes(10) }));

  test("REL-76: is taken once, however many ask at once", async () => {
    const taken = await Promise.all(Array.from({ length: 10 }, () => take(AT)));
    expect(taken.filter((one) => one !== null)).toEqual([expect.objectContaining(BEGUN)]);
    expect(await take(AT)).toBe(null);
  });

  test("REL-76: is over in time, and for good", async () => {
    expect([await take(minutes(10)), await take(AT)]).toEqual([null, null]);
  });

  test("is purged when it is over, and not before", async () => {
    await purgeSignIns(db.database, minutes(9));
    expect(await take(AT)).not.toBe(null);
    await addSignIn(db.database, { ...BEGUN, stateHash: ID, endsAt: minutes(10) });
    await purgeSignIns(db.database, minutes(10));
    expect(await db.database.query("select from holdpoint.sign_in")).toEqual([]);
  });
});
