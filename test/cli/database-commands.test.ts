import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditVerify } from "../../src/cli/audit.ts";
import type { Command } from "../../src/cli/command.ts";
import { migrate } from "../../src/cli/migrate.ts";
import { queue } from "../../src/cli/queue.ts";
import { redeliver } from "../../src/cli/redeliver.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { faultTold } from "../../src/domain/wording/cli.ts";
import { Fault } from "../../src/errors.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { insertDeliveries, purgeDeliveries } from "../../src/store/delivery.ts";
import { isDeliveryId } from "../../src/domain/brands.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";
import { handlers, look, openReplica, put } from "../queue/queue-fixture.ts";
import { runCommand } from "./run-command.ts";

const AT = new Date("2026-03-02T10:00:00Z");
const GUID = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

let db: TestDatabase;
let replica: Queue;
const processed: string[] = [];
let settings: Readonly<Record<string, string>>;
beforeAll(async () => {
  db = await createTestDatabase();
  replica = await openReplica(db);
  await replica.work(
    handlers({
      delivery: ({ id }) => {
        processed.push(id);
        return Promise.resolve();
      },
      look: () =>
        Promise.reject(
          new Fault({
            kind: "misconfigured",
            code: "github-forbidden",
            doing: "reading the repository",
            detail: "HTTP 403\u001B[31m",
          }),
        ),
    }),
  );
  settings = { DATABASE_URL: db.url, MIGRATION_DATABASE_URL: db.ownerUrl };
});
afterAll(async () => {
  await replica.stop(0);
  await db.drop();
});

function run(command: Command, ...given: readonly string[]) {
  return runCommand(command, given, settings);
}

async function storeDelivery(id: string): Promise<void> {
  if (!isDeliveryId(id)) throw new Error(id);
  const body = Buffer.from("{}");
  const bodyHash = createHash("sha256").update(body).digest();
  const delivery = { id, source: "github", event: "push", appId: 1, body, bodyHash } as const;
  await insertDeliveries(db.database, [delivery], AT);
}

const NOTHING = `
           waiting running  parked
delivery         0       0       0
look             0       0       0
effect           0       0       0
`.slice(1);

describe("holdpoint queue", () => {
  test("shows an empty queue", async () => {
    expect(await run(queue)).toEqual({ code: 0, out: NOTHING, err: "" });
  });

  test("shows what was parked with what its last try said, puts it back once, and says when there is none", async () => {
    await put(db, replica, look(7));
    await replica.idle();
    const [parked] = await replica.listParked(10);
    const id = parked?.id ?? "";
    const json = await run(queue, "--json");
    expect({ ...json, out: JSON.parse(json.out) as unknown }).toEqual({
      code: 0,
      out: {
        schema: "holdpoint.queue/1",
        counts: {
          delivery: { queued: 0, active: 0, parked: 0 },
          look: { queued: 0, active: 0, parked: 1 },
          effect: { queued: 0, active: 0, parked: 0 },
        },
        parked: [
          {
            id,
            kind: "look",
            key: "deploy:7",
            retries: 0,
            lastError: parked?.lastError,
            parkedAt: parked?.parkedAt.toISOString(),
          },
        ],
      },
      err: "",
    });
    expect(await run(queue)).toEqual({
      code: 0,
      out: [
        "           waiting running  parked",
        "delivery         0       0       0",
        "look             0       0       1",
        "effect           0       0       0",
        "",
        `${id}  look deploy:7, tried 1 time`,
        "  github-forbidden while reading the repository: HTTP 403�[31m",
        "",
        "Put one back with: holdpoint queue --retry ID",
        "",
      ].join("\n"),
      err: "",
    });
    expect(await run(queue, "--retry", id)).toEqual({
      code: 0,
      out: `${id} is back in the queue.\n`,
      err: "",
    });
    const none = "3f0f8b6a-0000-4000-8000-000000000000";
    expect(await run(queue, "--retry", none)).toEqual({
      code: 1,
      out: `There is no parked job ${none}. “holdpoint queue” lists them.\n`,
      err: "",
    });
  });

  test("says that a word that is no job's id is none", async () => {
    expect(await run(queue, "--retry", "yesterday")).toEqual({
      code: 1,
      out: "There is no parked job yesterday. “holdpoint queue” lists them.\n",
      err: "",
    });
  });
});

describe("holdpoint redeliver", () => {
  test("queues a stored delivery again, whatever became of it", async () => {
    await storeDelivery(GUID);
    await db.database.query("update holdpoint.delivery set state = 'processed'");
    expect(await run(redeliver, GUID)).toEqual({
      code: 0,
      out: `Delivery ${GUID} is processed again.\n`,
      err: "",
    });
    const rows = await db.database.query<{ state: string }>("select state from holdpoint.delivery");
    expect(rows).toEqual([{ state: "received" }]);
    await replica.idle();
    expect(processed).toEqual([GUID]);
  });

  test("says when there is none, or its body is no longer kept", async () => {
    const unknown = "00000000-0000-0000-0000-000000000000";
    const gone = (id: string) => ({
      code: 1,
      out: `Delivery ${id} is not stored here, or its body is no longer kept. Ask for it on the page of the App's recent deliveries at GitHub.\n`,
      err: "",
    });
    expect(await run(redeliver, unknown)).toEqual(gone(unknown));
    const old = "11111111-1111-1111-1111-111111111111";
    await storeDelivery(old);
    await db.database.query(
      "update holdpoint.delivery set state = 'processed', finished_at = $1 where id = $2",
      [AT, old],
    );
    await purgeDeliveries(db.database, { bodies: new Date(AT.getTime() + 1), deliveries: new Date(0) });
    expect(await run(redeliver, old)).toEqual(gone(old));
  });

  test.each([[[]], [["not a guid"]], [[GUID, GUID]]])("refuses %j", async (given) => {
    expect(await run(redeliver, ...given)).toEqual({
      code: 2,
      out: "",
      err: "holdpoint: name one delivery by its GUID, such as 72d3162e-cc78-11e3-81ab-4c9367dc0958.\n",
    });
  });
});

describe("holdpoint migrate", () => {
  test("names what is there; twice is once", async () => {
    const names = await db.database.query<{ name: string }>(
      "select name from holdpoint.migration order by number",
    );
    const out = `The database is up to date: ${names.map(({ name }) => name).join(", ")}.\n`;
    expect(names.length).toBeGreaterThan(0);
    expect(await run(migrate)).toEqual({ code: 0, out, err: "" });
    expect(await run(migrate)).toEqual({ code: 0, out, err: "" });
  });
});

describe.each([
  ["queue", queue, []],
  ["redeliver", redeliver, [GUID]],
  ["migrate", migrate, []],
] as const)("holdpoint %s", (_, command, given) => {
  test("names every wrong setting at once, never its value", async () => {
    const wrong = { DATABASE_URL: "mysql://root:hunter2@db/x", MIGRATION_DATABASE_URL: "hunter2" };
    expect(await runCommand(command, given, wrong)).toEqual({
      code: 2,
      out: "",
      err: [
        "2 settings need your attention:",
        "  DATABASE_URL is no PostgreSQL address: it starts with postgres:// or postgresql://.",
        "  MIGRATION_DATABASE_URL is no PostgreSQL address: it starts with postgres:// or postgresql://.",
        "",
      ].join("\n"),
    });
  });

  test("names an option that it does not know", async () => {
    const { code, out, err } = await runCommand(command, [...given, "--jsn"], settings);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^holdpoint: Unknown option '--jsn'.* See --help\.\n$/);
  });

  test("a database that is not there is a fault with the next step, without the password", async () => {
    const away = { DATABASE_URL: "postgres://holdpoint:hunter2@127.0.0.1:1/holdpoint" };
    const failure: unknown = await runCommand(command, given, away).catch((error: unknown) => error);
    if (!(failure instanceof Fault)) throw new TypeError("no fault");
    expect(faultTold(failure)).toBe(
      `holdpoint: The database does not answer (ECONNREFUSED): see that PostgreSQL runs, and that DATABASE_URL leads to it. (database-unavailable, while ${failure.doing})\n`,
    );
  });
});

describe.each([
  ["queue", queue, []],
  ["redeliver", redeliver, [GUID]],
  ["audit verify", auditVerify, []],
] as const)("holdpoint %s", (_, command, given) => {
  test("names a folder without a database, and makes none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "holdpoint-nothing-"));
    await expect(runCommand(command, given, { HOLDPOINT_DATA_DIR: folder })).rejects.toMatchObject({
      code: "database-not-made",
      detail: `There is no database of Holdpoint's in ${folder}: set DATABASE_URL or HOLDPOINT_DATA_DIR as they are for “holdpoint start”.`,
    });
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  test("changes no tables: it says which are missing", async () => {
    const older = await createTestDatabase();
    try {
      await withOwnerSession(older.ownerUrl, "forgetting the migrations", (session) =>
        session.script("delete from holdpoint.migration where number > 1"),
      );
      const urls = { DATABASE_URL: older.url, MIGRATION_DATABASE_URL: older.ownerUrl };
      await expect(runCommand(command, given, urls)).rejects.toMatchObject({ code: "database-schema-older" });
    } finally {
      await older.drop();
    }
  });

  test("needs no more than the role that Holdpoint runs as", async () => {
    const { err } = await runCommand(command, given, { DATABASE_URL: db.url });
    expect(err).toBe("");
  });
});
