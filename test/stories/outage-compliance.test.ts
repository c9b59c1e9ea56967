import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeBackup } from "./backup.ts";
import { type LongJob, openLongJob } from "./long-job.ts";
import { openShop, type Shop } from "./shop.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

/** What happens while no Holdpoint is there, and how long that lasts in all. */
async function away(hours: number, happens: () => Promise<unknown>): Promise<void> {
  await shop.stop();
  await happens();
  await shop.box.settled();
  shop.pass(hours * HOUR);
  await shop.start();
}

/** What a Holdpoint that starts does by itself within five minutes. */
async function catchUp(): Promise<void> {
  await shop.tick("installations");
  await shop.tick("failed deliveries");
  await shop.tick("reconciliation");
  await shop.tick("deadlines");
}

async function finish(long: LongJob, conclusion: "success" | "failure", sha = "main"): Promise<void> {
  await shop.box.github.control.finishWorkflowRun({
    repository: long.name,
    sha,
    workflow: "long.yml",
    jobs: [{ name: "integration (a)", conclusion }],
  });
}

async function push(long: LongJob, message: string): Promise<string> {
  const { sha } = await shop.box.github.control.commit({
    repository: long.name,
    branch: "main",
    message,
    files: { [`${message}.txt`]: "1" },
  });
  return sha;
}

/** Watched for a while: what goes red from now on is no news of yesterday. */
async function green(): Promise<LongJob> {
  const long = await openLongJob(shop);
  shop.pass(MINUTE);
  await long.run("success");
  return long;
}

async function broken(): Promise<LongJob> {
  const long = await green();
  await long.run("failure", await long.commit("Charge in euros"));
  // The clock starts with the look that follows the first warning.
  await shop.tick("deadlines");
  return long;
}

describe("REL-17: the whole service was away", () => {
  test("for an hour, while a job went red: the case opens by GitHub's time, with its full warning", async () => {
    const long = await green();
    let red = new Date(0);
    await away(1, async () => {
      const sha = await push(long, "Charge in euros");
      red = shop.now();
      await finish(long, "failure", sha);
    });
    await catchUp();
    const [one] = await long.cases();
    expect(one).toMatchObject({ state: "open", warned: true, adopted: false });
    expect(Math.abs((one?.openedAt.getTime() ?? 0) - red.getTime())).toBeLessThan(60_000);
    expect(one?.deadline).toEqual(new Date((one?.openedAt.getTime() ?? 0) + 72 * HOUR));
    expect((await long.issues()).length).toBe(1);
  });

  test("for 73 hours, while a job went red: reading alone finds it, and nobody is halted who was not warned", async () => {
    const long = await green();
    await away(73, async () => finish(long, "failure", await push(long, "Charge in euros")));
    await catchUp();
    const [one] = await long.cases();
    expect(one).toMatchObject({ state: "open", warned: true });
    const left = (one?.deadline?.getTime() ?? 0) - shop.now().getTime();
    expect(left).toBeGreaterThan(23 * HOUR);
    expect(left).toBeLessThanOrEqual(24 * HOUR);
  });

  test("REL-33: for 73 hours across a deadline: halted at once, with when it was due and when it was acted upon", async () => {
    const long = await broken();
    const due = (await long.cases())[0]?.deadline;
    await away(73, () => Promise.resolve());
    await catchUp();
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    const said = (await long.audit()).filter(({ what }) => what === "case-expired");
    expect(said).toMatchObject([{ due_at: due?.toISOString() }]);
    expect(await long.issues()).toMatchObject([{ labels: ["deferred-compliance", "deploy-halt"] }]);
  });

  test("REL-33: for 73 hours, mended meanwhile: nobody is halted, the issue closes", async () => {
    const long = await broken();
    await away(73, async () => finish(long, "success", await push(long, "Round the cents")));
    await catchUp();
    expect(await long.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
    expect((await long.audit()).map(({ what }) => what)).not.toContain("case-expired");
    expect(await long.issues()).toMatchObject([{ state: "closed" }]);
  });

  test("REL-39: reminders that fell due meanwhile are one, and none after the green", async () => {
    const long = await broken();
    await away(70, () => Promise.resolve());
    await catchUp();
    const said = (await long.audit()).filter(({ what }) => what === "case-reminder");
    expect(said.length).toBe(1);
  });

  test("an issue that was closed by hand meanwhile is open again", async () => {
    const long = await broken();
    const [issue] = await long.issues();
    await away(2, () =>
      shop.box.github.control.editIssue({
        repository: long.name,
        number: issue?.number ?? 0,
        state: "closed",
        by: "octocat",
      }),
    );
    await catchUp();
    expect(await long.issues()).toMatchObject([{ state: "open" }]);
  });

  test("an administrator's label of that time lifts the halt, with when it was put on", async () => {
    const long = await broken();
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    const [issue] = await long.issues();
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    await away(2, () =>
      shop.box.github.control.label({
        repository: long.name,
        number: issue?.number ?? 0,
        label: "halt-override",
        by: "octocat",
      }),
    );
    await catchUp();
    const rows = await shop.db.database.query<{ by: string }>(
      "select by_login as by from holdpoint.override where repository_id = $1 and ended_at is null",
      [long.id],
    );
    expect(rows).toEqual([{ by: "octocat" }]);
  });
});

describe("REL-30: a backup of the day before was restored", () => {
  test("no second issue, no early and no forgotten halt; the audit shows the gap", async () => {
    const long = await broken();
    const [before] = await long.cases();
    await shop.tick("audit anchor");
    await shop.stop();
    const backup = await takeBackup(shop.db);
    await shop.start();
    await long.run("success", await long.commit("Round the cents"));
    shop.pass(25 * HOUR);
    await long.run("failure", await long.commit("Charge in francs"));
    expect((await long.issues()).length).toBe(2);
    await shop.tick("audit anchor");
    await shop.stop();
    await backup.restore();
    await shop.start();
    await catchUp();
    shop.pass(5 * MINUTE);
    await catchUp();
    const cases = await long.cases();
    expect(cases.map(({ state, firstRed }) => [state, firstRed === before?.firstRed])).toEqual([
      ["resolved", true],
      ["open", false],
    ]);
    expect((await long.issues()).length).toBe(2);
    await shop.tick("audit anchor");
    const rows = await shop.db.database.query<{ what: string }>(
      "select record->>'what' as what from holdpoint.audit where record->>'what' in ('history-lost', 'forged-status')",
    );
    expect(rows).toEqual([{ what: "history-lost" }]);
  });

  test("a case that had expired since is halted again, by the same deadline", async () => {
    const long = await broken();
    const [before] = await long.cases();
    shop.pass(60 * HOUR);
    await shop.stop();
    const backup = await takeBackup(shop.db);
    await shop.start();
    shop.pass(13 * HOUR);
    await shop.tick("deadlines");
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    await shop.stop();
    await backup.restore();
    await shop.start();
    await catchUp();
    expect(await long.cases()).toMatchObject([{ state: "expired", deadline: before?.deadline }]);
    expect(await long.issues()).toMatchObject([{ labels: ["deferred-compliance", "deploy-halt"] }]);
  });
});
