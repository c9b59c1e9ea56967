import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type LongJob, openLongJob } from "./long-job.ts";
import { A_WHILE, openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

const HOUR = 3_600_000;
/** As long as a new issue may take to be listed. */
const VISIBLE = 21_000;

/** Its job was green, and is red on the newest commit. */
async function goRed(long: LongJob, message = "Charge in euros"): Promise<string> {
  await long.run("success");
  const broken = await long.commit(message);
  await long.run("failure", broken);
  return broken;
}

/** Issues that really came to be, whether anybody was told or not. */
function opened({ name }: LongJob): number {
  return shop.box.github.requests
    .list()
    .filter(({ method, path }) => method === "POST" && path === `/repos/${name}/issues`).length;
}

async function comments({ name }: LongJob, number: number): Promise<readonly string[]> {
  return await (await shop.spectatorOf("acme")).comments(name, number);
}

/** Time goes on a little, and what waits is tried again. */
async function goOn(milliseconds: number): Promise<void> {
  shop.pass(milliseconds);
  await shop.tryAgain();
}

describe("exactly one issue", () => {
  test.each([
    ["REL-21: the answer is lost after it was opened", { kind: "broken-off" }],
    ["REL-23: the request is reset, and nobody knows", { kind: "reset" }],
    ["REL-23: accepted, and never made", { kind: "accepted-and-nothing" }],
    ["REL-23: an error", { kind: "server-error" }],
  ] as const)("%s", async (_, lie) => {
    const long = await openLongJob(shop);
    shop.box.github.lie({ ...lie, method: "POST", path: `${long.name}/issues`, times: 1 });
    await goRed(long);
    await goOn(VISIBLE);
    await goOn(A_WHILE);
    expect(await long.issues()).toMatchObject([{ state: "open" }]);
    expect(await long.cases()).toMatchObject([{ warned: true }]);
  });

  test("REL-22: one that the list does not show yet is waited for, and adopted", async () => {
    const long = await openLongJob(shop);
    shop.box.github.lie({ kind: "broken-off", method: "POST", path: `${long.name}/issues`, times: 1 });
    shop.box.github.lie({ kind: "lagging", method: "GET", path: `${long.name}/issues?` });
    await goRed(long);
    await shop.tryAgain();
    await shop.tryAgain();
    expect(opened(long)).toBe(1);
    shop.box.github.tellTheTruth();
    await goOn(VISIBLE);
    expect([opened(long), (await long.issues()).length]).toEqual([1, 1]);
  });

  test("REL-22: a second one that comes to be nonetheless is closed with a link, and the first one stays", async () => {
    const long = await openLongJob(shop);
    shop.box.github.lie({ kind: "broken-off", method: "POST", path: `${long.name}/issues`, times: 1 });
    shop.box.github.lie({ kind: "lagging", method: "GET", path: `${long.name}/issues?` });
    await goRed(long);
    await goOn(VISIBLE);
    expect(opened(long)).toBe(2);
    shop.box.github.tellTheTruth();
    await goOn(A_WHILE);
    const [second, first] = await long.issues();
    expect([first?.state, second?.state]).toEqual(["open", "closed"]);
    expect(await comments(long, second?.number ?? 0)).toEqual([
      `This was opened twice by mistake: #${String(first?.number)} is the one that counts. This one is closed and means nothing.`,
    ]);
    await long.run("success", await long.commit("Round the cents"));
    expect((await long.issues()).map(({ state }) => state)).toEqual(["closed", "closed"]);
  });

  test("REL-58: somebody else's issue with the marker and the title is nobody's but theirs", async () => {
    const long = await openLongJob(shop);
    await long.run("success");
    const broken = await long.commit("Charge in euros");
    const forged = await shop.box.github.control.openIssue({
      repository: long.name,
      title: `integration (a) red on main since ${broken.slice(0, 7)}`,
      body: `Mine.\n\n<!-- holdpoint compliance ${broken} -->`,
      labels: ["deferred-compliance"],
      by: "mallory",
    });
    await shop.quiet();
    await long.run("failure", broken);
    const [ours, theirs] = await long.issues();
    expect(theirs).toMatchObject({ number: forged.number, state: "open" });
    expect(theirs?.body).toMatch(/^Mine\./);
    expect(ours?.body.trimEnd().split("\n").at(-1)).toBe(`<!-- holdpoint compliance ${broken} -->`);
    await long.run("success", await long.commit("Round the cents"));
    expect((await long.issues()).map(({ state }) => state)).toEqual(["closed", "open"]);
  });
});

test("a note waits for the issue's number, and follows at once", async () => {
  const long = await openLongJob(shop);
  shop.box.github.lie({ kind: "reset", method: "POST", path: `${long.name}/issues`, times: 1 });
  const broken = await goRed(long);
  await long.run("failure", broken, ["integration (b)"]);
  expect(await long.issues()).toEqual([]);
  await goOn(VISIBLE);
  const [issue] = await long.issues();
  expect((await comments(long, issue?.number ?? 0)).map((one) => one.split(",")[0])).toEqual([
    "**`integration (b)` is red",
  ]);
});

describe("the issue is written when a person must know something", () => {
  test("a label that the repository lacks is made first, and one that is there stays as it is", async () => {
    const long = await openLongJob(shop);
    const before = long.posts().length;
    await goRed(long);
    expect(
      long
        .posts()
        .slice(before)
        .filter((one) => one.includes("/issues") || one.endsWith("/labels")),
    ).toEqual([
      `POST /repos/${long.name}/labels`,
      `POST /repos/${long.name}/issues`,
      // For people: the halt's and the override's.
      `POST /repos/${long.name}/labels`,
      `POST /repos/${long.name}/labels`,
    ]);
    const again = long.posts().length;
    await long.run("success", await long.commit("Round the cents"));
    await long.run("failure", await long.commit("Round the euros"));
    expect(long.posts().slice(again)).not.toContain(`POST /repos/${long.name}/labels`);
  });

  test("nothing is written for what does not change it", async () => {
    const long = await openLongJob(shop);
    await goRed(long);
    const before = long.posts().filter((one) => one.includes("/issues"));
    await long.lookAgain();
    await long.run("failure", await long.commit("One more"));
    await shop.reconcile();
    expect(long.posts().filter((one) => one.includes("/issues"))).toEqual(before);
  });

  test("somebody else's labels stay on it through a halt and its end", async () => {
    const long = await openLongJob(shop);
    await goRed(long);
    const [issue] = await long.issues();
    if (issue === undefined) throw new Error("a red job opens an issue");
    await shop.box.github.control.label({ repository: long.name, number: issue.number, label: "bug" });
    await shop.quiet();
    await shop.tick("deadlines");
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    expect((await long.issues())[0]?.labels).toEqual(["deferred-compliance", "bug", "deploy-halt"]);
    await long.run("success", await long.commit("Round the cents"));
    expect(await long.issues()).toMatchObject([{ state: "closed", labels: ["deferred-compliance", "bug"] }]);
    const said = await comments(long, issue.number);
    expect(said.map((one) => one.split(": ")[0])).toEqual([
      "**Deploys to all environments are halted**",
      "**Over**",
    ]);
  });
});

describe("REL-56: the hold does not depend on the issue", () => {
  test("deleted: it is opened again, and the clock goes on", async () => {
    const long = await openLongJob(shop);
    await goRed(long);
    await shop.tick("deadlines");
    const [before] = await long.cases();
    const [issue] = await long.issues();
    await shop.box.github.control.deleteIssue({ repository: long.name, number: issue?.number ?? 0 });
    await shop.quiet();
    await goOn(VISIBLE);
    const [after, ...others] = await long.issues();
    expect([after?.state, others.length]).toEqual(["open", 0]);
    expect(await long.cases()).toEqual([before]);
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    expect(await comments(long, after?.number ?? 0)).toHaveLength(1);
  });

  test("deleted, and nobody was told: a reminder finds it gone, and it is opened again with the reminder on it", async () => {
    const long = await openLongJob(shop);
    await goRed(long);
    await shop.tick("deadlines");
    const [issue] = await long.issues();
    shop.box.github.lie({ kind: "delivery-lost", event: "issues", times: 1 });
    await shop.box.github.control.deleteIssue({ repository: long.name, number: issue?.number ?? 0 });
    await shop.quiet();
    shop.pass(48.5 * HOUR);
    await shop.tick("deadlines");
    await shop.tryAgain();
    const [after] = await long.issues();
    expect(after?.state).toBe("open");
    expect((await comments(long, after?.number ?? 0)).map((one) => one.split(":")[0])).toEqual([
      expect.stringMatching(/^\*\*23 hours [0-9]+ minutes left\*\*$/),
    ]);
  });

  test("transferred: its redirect is not followed, and another is opened here", async () => {
    const [long, elsewhere] = [await openLongJob(shop), await openLongJob(shop)];
    await goRed(long);
    const [issue] = await long.issues();
    await shop.box.github.control.transferIssue({
      repository: long.name,
      number: issue?.number ?? 0,
      to: elsewhere.name,
    });
    await shop.quiet();
    await goOn(VISIBLE);
    expect(await long.issues()).toMatchObject([{ number: (issue?.number ?? 0) + 1, state: "open" }]);
    await long.run("success", await long.commit("Round the cents"));
    expect(await long.issues()).toMatchObject([{ state: "closed" }]);
    expect(elsewhere.posts().filter((one) => one.includes("/issues"))).toEqual([]);
  });

  test("locked: it is written all the same", async () => {
    const long = await openLongJob(shop);
    await goRed(long);
    const [issue] = await long.issues();
    await shop.box.github.control.lock({ repository: long.name, number: issue?.number ?? 0 });
    await shop.quiet();
    await long.run("success", await long.commit("Round the cents"));
    expect(await long.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("its marker edited away: it is still ours, by its number", async () => {
    const long = await openLongJob(shop);
    await goRed(long);
    const [issue] = await long.issues();
    await shop.box.github.control.editIssue({
      repository: long.name,
      number: issue?.number ?? 0,
      body: "gone",
    });
    await shop.quiet();
    await long.run("success", await long.commit("Round the cents"));
    const [after, ...others] = await long.issues();
    expect([after?.number, after?.state, others.length]).toEqual([issue?.number, "closed", 0]);
    expect(after?.body).toMatch(/^\*\*Over: nothing is held by this any more\.\*\*/);
  });
});

describe("REL-53: issues are switched off", () => {
  test("the refusal is kept, counts as the warning, and the clock runs without an issue", async () => {
    const long = await openLongJob(shop);
    await shop.box.github.control.configureRepository({ repository: long.name, hasIssues: false });
    await shop.quiet();
    await goRed(long);
    await shop.tick("deadlines");
    expect(await long.cases()).toMatchObject([{ warned: true, state: "open" }]);
    const refusals = await shop.db.database.query<{ last_answer: string }>(
      "select last_answer from holdpoint.effect where repository_id = $1 and kind = 'issue'",
      [long.id],
    );
    expect(refusals).toMatchObject([{ last_answer: "410: Issues are disabled for this repo" }]);
    const records = await shop.db.database.query<{ record: unknown }>(
      "select record from holdpoint.audit where record->>'what' = 'issue-refused' and (record->>'repository')::bigint = $1",
      [long.id],
    );
    expect(records).toHaveLength(1);
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    const undone = await shop.db.database.query(
      "select target from holdpoint.effect where repository_id = $1 and kind in ('issue', 'note') and done_revision < revision",
      [long.id],
    );
    expect(undone).toEqual([]);
  });
});

test("REL-51: without the right to write issues the clock runs all the same, once, and the issue follows with the right", async () => {
  const long = await openLongJob(shop);
  shop.box.github.lie({ kind: "forbidden", method: "POST", path: `${long.name}/issues` });
  await goRed(long);
  await shop.tryAgain();
  await shop.tick("deadlines");
  const [one] = await long.cases();
  expect([one?.warned, one?.deadline === null]).toEqual([true, false]);
  await shop.reconcile();
  const records = await shop.db.database.query(
    "select record from holdpoint.audit where record->>'what' = 'issue-refused' and (record->>'repository')::bigint = $1",
    [long.id],
  );
  expect(records).toHaveLength(1);
  shop.box.github.tellTheTruth();
  await shop.reconcile();
  expect(await long.issues()).toMatchObject([{ state: "open" }]);
});

test("REL-47: what was refused is tried once more when somebody asks to check again", async () => {
  const long = await openLongJob(shop);
  await shop.box.github.control.configureRepository({ repository: long.name, hasIssues: false });
  await shop.quiet();
  const broken = await goRed(long);
  await shop.box.github.control.configureRepository({ repository: long.name, hasIssues: true });
  await shop.quiet();
  expect(await long.issues()).toEqual([]);
  await long.pressCheckAgain(broken);
  expect(await long.issues()).toMatchObject([{ state: "open" }]);
});
