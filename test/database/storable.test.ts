import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joining } from "../../src/queue/boss.ts";
import { storableEscapes, storableJson } from "../../src/database/storable.ts";
import { type TestDatabase, createTestDatabase } from "./harness.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const HOSTILE = "a\0b\uD83Dc\uDE00d";
const STORED = "a\uFFFDb\uFFFDc\uFFFDd";

describe("REL-74: a NUL or half a character", () => {
  test("is stored as the replacement character, in a text and in a list of texts", async () => {
    expect(
      await db.database.query("select $1::text as one, $2::text[] as many", [HOSTILE, [HOSTILE, "e"]]),
    ).toEqual([{ one: STORED, many: [STORED, "e"] }]);
  });

  test("is stored in jsonb, in names and in values, and nothing else is changed", async () => {
    const whole = { plain: 'café \u{1F600} "quoted" \u001F\n', told: String.raw`\u0000 \\ud83d C:\users` };
    const value = { ...whole, [HOSTILE]: [HOSTILE, { deep: HOSTILE }, null, 1] };
    const rows = await db.database.query("select $1::jsonb as kept", [storableJson(value)]);
    expect(rows).toEqual([{ kept: { ...whole, [STORED]: [STORED, { deep: STORED }, null, 1] } }]);
  });

  test("is stored in what the queue says of a job", async () => {
    const { db: queue } = joining(db.database);
    const said = JSON.stringify([{ message: HOSTILE }]);
    expect(await queue.executeSql("select $1::text::jsonb as kept", [said])).toEqual({
      rows: [{ kept: [{ message: STORED }] }],
    });
  });

  test("is looked for without a fault, and not found", async () => {
    expect(await db.database.query("select 1 where 'ab' = $1", ["a\0b"])).toEqual([]);
  });
});

test("a text of many escapes is read in one go", () => {
  const json = JSON.stringify("\\".repeat(200_000));
  expect(storableEscapes(json)).toBe(json);
});
