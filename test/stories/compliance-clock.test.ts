import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFERRED_POLICY, type LongJob, openLongJob } from "./long-job.ts";
import { A_WHILE, openShop, type Shop } from "./shop.ts";

const HOUR = 3_600_000;
let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

/** A case that opened on a commit of its own, warned of; answers when it is due. */
async function openCase(long: LongJob): Promise<Date> {
  await long.run("success");
  await long.run("failure", await long.commit("Charge in euros"));
  await shop.tick("deadlines");
  const [one] = await long.cases();
  if (one?.deadline === undefined || one.deadline === null)
    throw new Error("no case with a deadline was opened");
  return one.deadline;
}

/** It is that moment, give or take what the test itself takes. */
async function passUntil(moment: Date): Promise<void> {
  shop.pass(moment.getTime() - shop.now().getTime());
  await shop.tick("deadlines");
}

function before(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() - milliseconds);
}

describe("a long job goes red on the trunk", () => {
  test("REL-32: an issue opens, and 72 h later, not a second before, deploys are halted; a green run ends it", async () => {
    const long = await openLongJob(shop);
    await long.run("success");
    const broken = await long.commit("Charge in euros");
    await long.run("failure", broken);
    expect(await long.issues()).toMatchObject([{ state: "open", labels: ["deferred-compliance"] }]);
    const [opened] = await long.cases();
    expect(opened).toMatchObject({ state: "open", firstRed: broken, warned: true });
    // The clock starts with the warning.
    await shop.tick("deadlines");
    const due = new Date((opened?.openedAt.getTime() ?? 0) + 72 * HOUR);
    expect(await long.cases()).toMatchObject([{ deadline: due }]);
    await passUntil(before(due, 25 * HOUR));
    await passUntil(before(due, 20_000));
    expect(await long.cases()).toMatchObject([{ state: "open" }]);
    await passUntil(due);
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    const halted = { state: "open", labels: ["deferred-compliance", "deploy-halt"] };
    expect(await long.issues()).toMatchObject([halted]);
    await long.run("success", await long.commit("Round the cents"));
    expect(await long.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
    expect(await long.issues()).toMatchObject([{ state: "closed", labels: ["deferred-compliance"] }]);
    const said = await long.audit();
    expect(said.map(({ what }) => what)).toEqual([
      "case-opened",
      "case-clock-started",
      "case-expired",
      "case-resolved",
    ]);
    // When it was due, and when it happened at GitHub; when it was acted upon is the record's own time.
    expect(said[2]).toMatchObject({ due_at: due.toISOString() });
    expect(said[3]).toMatchObject({ because: "green", due_at: due.toISOString() });
  });

  test("costs at most 10 calls until the issue is open and people are tagged", async () => {
    const long = await openLongJob(shop);
    await long.run("success");
    const broken = await long.commit("Charge in euros");
    const calls = shop.box.github.requests.list().length;
    await long.run("failure", broken);
    const made = shop.box.github.requests.list().slice(calls);
    const opened = made.findIndex(({ method, path }) => method === "POST" && path.endsWith("/issues"));
    expect(opened).toBeGreaterThan(0);
    expect(opened + 1).toBeLessThanOrEqual(10);
  });

  test("redder and redder: one case, one issue, written once", async () => {
    const long = await openLongJob(shop);
    await openCase(long);
    const posts = long.posts().filter((one) => one.includes("/issues")).length;
    for (const message of ["one", "two"]) await long.run("failure", await long.commit(message));
    expect(await long.cases()).toMatchObject([{ state: "open", reds: 3 }]);
    expect(long.posts().filter((one) => one.includes("/issues")).length).toBe(posts);
  });

  test("all jobs that are red on that commit are on one issue, which closes with the last of them", async () => {
    const long = await openLongJob(shop);
    await long.run("failure", await long.commit("Charge in euros"), ["integration (a)", "integration (b)"]);
    expect(await long.cases()).toMatchObject([{ name: "integration (a)" }, { name: "integration (b)" }]);
    expect(await long.issues()).toHaveLength(1);
    const mended = await long.commit("Mend a");
    await long.run("success", mended, ["integration (a)"]);
    // The run has no b any more, and is green: the job is gone.
    expect(await long.cases()).toMatchObject([{ ended: "green" }, { ended: "gone" }]);
    expect(await long.issues()).toMatchObject([{ state: "closed" }]);
  });
});

describe("adoption", () => {
  test("red already when the policy begins to watch: the full grace from then, and the issue says so", async () => {
    const long = await openLongJob(shop, "mode: enforce\n");
    await long.run("failure", await long.commit("Charge in euros"));
    shop.pass(50 * HOUR);
    const since = shop.now().getTime();
    await long.commit("Watch it", { files: { ".github/holdpoint.yml": DEFERRED_POLICY } });
    await shop.tick("deadlines");
    const [one] = await long.cases();
    expect(one).toMatchObject({ adopted: true, state: "open" });
    expect(one?.openedAt.getTime()).toBeGreaterThanOrEqual(since);
    expect(one?.deadline).toEqual(new Date((one?.openedAt.getTime() ?? 0) + 72 * HOUR));
    expect((await long.issues())[0]?.body).toContain("lready red");
  });
});

describe("REL-40: red again", () => {
  test("on the same commit within a day: the same case and issue, its clock goes on", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    const [red] = await long.cases();
    const mended = await long.commit("Round the cents");
    const green = await long.run("success", mended);
    expect(await long.issues()).toMatchObject([{ state: "closed" }]);
    shop.pass(HOUR);
    await long.runAgain(green, mended, "failure");
    expect(await long.cases()).toMatchObject([{ id: red?.id, state: "open", deadline: due }]);
    expect(await long.issues()).toMatchObject([{ state: "open" }]);
  });

  test("after a merged pull request: a case and an issue of their own", async () => {
    const long = await openLongJob(shop);
    await openCase(long);
    await long.run("success", await long.commit("Round the cents"));
    const { number } = await long.open({ title: "Speak French" });
    const { sha } = await shop.box.github.control.mergePullRequest({ repository: long.name, number });
    await shop.quiet();
    await long.run("failure", sha);
    expect(await long.cases()).toMatchObject([{ state: "resolved" }, { state: "open", firstRed: sha }]);
    expect((await long.issues()).map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  test("after a merged pull request on a busy trunk, whose green lies deeper than was read: not halted by the old clock", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    await long.run("success", await long.commit("Round the cents"));
    await shop.box.github.control.bulkCommits({ repository: long.name, branch: "main", count: 12 });
    await shop.quiet();
    await long.run("success");
    const { number } = await long.open({ title: "Speak French" });
    const { sha } = await shop.box.github.control.mergePullRequest({ repository: long.name, number });
    await shop.quiet();
    await long.run("failure", sha);
    const [, opened] = await long.cases();
    expect(opened).toMatchObject({ state: "open", firstRed: sha });
    await passUntil(due);
    expect(await long.cases()).toMatchObject([{ state: "resolved" }, { state: "open" }]);
  });
});

describe("REL-48: GitHub is away when a deadline passes", () => {
  test("the expiry is unverified from that moment; the label follows the confirming read", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    shop.box.github.lie({ kind: "server-error", path: "graphql" });
    await passUntil(due);
    expect(await long.cases()).toMatchObject([{ state: "open", unverified: true }]);
    expect(await long.issues()).toMatchObject([{ labels: ["deferred-compliance"] }]);
    shop.pass(6 * HOUR);
    await shop.tick("due looks");
    expect(await long.cases()).toMatchObject([{ state: "open", unverified: true }]);
    shop.box.github.tellTheTruth();
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    expect(await long.cases()).toMatchObject([{ state: "expired", unverified: false }]);
    expect(await long.issues()).toMatchObject([{ labels: ["deferred-compliance", "deploy-halt"] }]);
    expect((await long.audit()).map(({ what }) => what)).toEqual([
      "case-opened",
      "case-clock-started",
      "case-unverified",
      "case-expired",
    ]);
  });

  test("it was mended meanwhile: it is over, and nothing was labelled", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    shop.box.github.lie({ kind: "server-error", path: "graphql" });
    await passUntil(due);
    await long.run("success", await long.commit("Round the cents"));
    expect(await long.cases()).toMatchObject([{ state: "open", unverified: true }]);
    shop.box.github.tellTheTruth();
    shop.pass(A_WHILE);
    await shop.tick("due looks");
    expect(await long.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
    expect(long.posts().some((one) => one.includes("deploy-halt"))).toBe(false);
  });
});

describe("REL-33: Holdpoint is away when a deadline passes", () => {
  test("GitHub is read first: what is still red expires at once, what was mended is over", async () => {
    const [red, mended] = [await openLongJob(shop), await openLongJob(shop)];
    await openCase(red);
    const due = await openCase(mended);
    await shop.stop();
    shop.pass(due.getTime() - shop.now().getTime() - HOUR);
    await mended.run("success", await mended.commit("Round the cents"));
    shop.pass(3 * HOUR);
    await shop.start();
    await shop.tick("deadlines");
    expect(await red.cases()).toMatchObject([{ state: "expired" }]);
    expect(await mended.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
    const [expired] = (await red.audit()).slice(-1);
    const rows = await shop.db.database.query<{ at: Date }>(
      "select at from holdpoint.audit where record->>'what' = 'case-expired' and (record->>'repository')::bigint = $1",
      [red.id],
    );
    expect(rows[0]?.at.getTime()).toBeGreaterThan(Date.parse(String(expired?.["due_at"])) + HOUR);
  });
});

describe("REL-31: several replicas", () => {
  test("that look at the same deadline at once halt once", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    const others = [await shop.startAnother(), await shop.startAnother()];
    shop.pass(due.getTime() - shop.now().getTime());
    const ticks = [shop.holdpoint(), ...others].map((one) =>
      one.ticks.find(({ name }) => name === "deadlines")?.run(),
    );
    await Promise.all([...ticks, long.lookAgain()]);
    await shop.quiet();
    expect((await long.audit()).filter(({ what }) => what === "case-expired")).toHaveLength(1);
    for (const one of others) await one.stop();
  });
});

describe("verify_grace", () => {
  const POLICY = DEFERRED_POLICY.replace('owners: ["@hubot"]', "verify_grace: 2h");

  test("a newer run is waited for, and its green ends the case without a halt", async () => {
    const long = await openLongJob(shop, POLICY);
    const due = await openCase(long);
    await passUntil(before(due, HOUR));
    const newer = await long.commit("Round the cents");
    const run = await long.run(null, newer);
    await passUntil(due);
    expect(await long.cases()).toMatchObject([{ state: "open" }]);
    expect((await long.audit()).at(-1)).toMatchObject({ what: "case-verifying" });
    await long.runAgain(run, newer, "success");
    expect(await long.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
  });
});

describe("REL-54: the trunk is rewritten", () => {
  test("without the red commit: the case stays until a run is green", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    await shop.box.github.control.forcePush({ repository: long.name, branch: "main", to: long.first });
    await shop.quiet();
    expect(await long.cases()).toMatchObject([{ state: "open" }]);
    await passUntil(due);
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
    await long.run("success", long.first);
    expect(await long.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
  });
});

describe("REL-39: reminders", () => {
  test("come once each; late ones are one", async () => {
    const long = await openLongJob(shop);
    const due = await openCase(long);
    await passUntil(before(due, 24 * HOUR));
    await long.lookAgain();
    await passUntil(before(due, 4 * HOUR));
    await long.lookAgain();
    const reminders = (await long.audit()).filter(({ what }) => what === "case-reminder");
    expect(reminders.map((one) => one["left_ms"])).toEqual([24 * HOUR, 4 * HOUR]);
    const late = await openLongJob(shop);
    const lateDue = await openCase(late);
    await passUntil(before(lateDue, 2 * HOUR));
    await late.lookAgain();
    expect((await late.audit()).filter(({ what }) => what === "case-reminder")).toHaveLength(1);
  });
});

test("a policy without deferred checks costs no read of the trunk", async () => {
  const long = await openLongJob(shop, "mode: enforce\n");
  const calls = shop.box.github.requests.list().length;
  await long.lookAgain();
  const made = shop.box.github.requests.list().slice(calls);
  expect(made).toHaveLength(1);
});

test("REL-12: a red run that GitHub tells of and does not show yet is found a little later", async () => {
  const long = await openLongJob(shop);
  await long.run("success");
  const broken = await long.commit("Charge in euros");
  shop.box.github.lie({ kind: "lagging", path: "graphql" });
  await long.run("failure", broken);
  expect(await long.cases()).toEqual([]);
  shop.box.github.tellTheTruth();
  shop.pass(60_000);
  await shop.tick("deadlines");
  expect(await long.cases()).toMatchObject([{ state: "open", firstRed: broken }]);
});

test("a selector that matches nothing, and a job that is silent for a week, are in the report of the next deploy", async () => {
  const long = await openLongJob(shop);
  await long.run("success");
  expect((await long.report(await long.commit("Charge in euros")))?.text).not.toContain("deferred check");
  shop.pass(7 * 24 * HOUR);
  const silent = await long.report(await long.commit("Round the cents"));
  expect(silent?.text).toContain("- The deferred check `Integration` has said nothing since ");
  const other = await openLongJob(shop, DEFERRED_POLICY.replace("long.yml", "lnog.yml"));
  await other.commit("Charge in euros");
  const unmatched = await other.report(await other.commit("Round the cents"));
  expect(unmatched?.text).toContain(
    "- The deferred check `Integration` matches nothing on the trunk so far: compare its selector with the names that GitHub shows.",
  );
});
