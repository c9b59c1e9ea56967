import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFERRED_POLICY, type LongJob, openLongJob } from "./long-job.ts";
import { openShop, type Shop } from "./shop.ts";

const HOUR = 3_600_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => shop.box.github.tellTheTruth());
afterAll(() => shop.close());

/** A repository with one case that is open and warned of. */
async function broken(policy: string = DEFERRED_POLICY): Promise<LongJob> {
  const long = await openLongJob(shop, policy);
  // Watched for a while: what goes red from now on is no news of yesterday.
  shop.pass(60_000);
  await long.run("success");
  await long.run("failure", await long.commit("Charge in euros"));
  expect(await long.cases()).toMatchObject([{ state: "open", warned: true }]);
  return long;
}

async function passDeadline(): Promise<void> {
  shop.pass(73 * HOUR);
  await shop.tick("deadlines");
}

test("REL-74: a job with a NUL and half a character in its name has its case, and the end of it", async () => {
  const long = await openLongJob(shop);
  shop.pass(60_000);
  const jobs = ["integration a\0b\uD83Dc"];
  await long.run("success", "main", jobs);
  await long.run("failure", await long.commit("Charge in euros"), jobs);
  await long.run("failure", await long.commit("Charge in pounds"), jobs);
  expect(await long.cases()).toMatchObject([{ name: "integration a�b�c", state: "open", reds: 2 }]);
  await long.run("success", await long.commit("Charge what is due"), jobs);
  expect(await long.cases()).toMatchObject([{ state: "resolved" }]);
});

describe("REL-53: archived and deleted", () => {
  test("archived: the case ends as void, audited once, and nothing is due any more", async () => {
    const long = await broken();
    await shop.box.github.control.archive({ repository: long.name });
    await shop.quiet();
    expect(await long.cases()).toMatchObject([{ state: "void", ended: "void" }]);
    const said = await long.audit();
    expect(said.filter(({ what }) => what === "case-resolved")).toMatchObject([
      { because: "void", repository_is: "archived" },
    ]);
    await passDeadline();
    expect((await long.audit()).length).toBe(said.length);
  });

  test("archived while nobody was told: found by comparing", async () => {
    const long = await broken();
    shop.box.github.lie({ kind: "delivery-lost" });
    await shop.box.github.control.archive({ repository: long.name });
    await shop.quiet();
    shop.box.github.tellTheTruth();
    await shop.reconcile();
    expect(await long.cases()).toMatchObject([{ state: "void" }]);
  });

  test("REL-08: an old body that says archived ends nothing", async () => {
    const long = await broken();
    const { control, deliveries } = shop.box.github;
    await control.archive({ repository: long.name });
    await shop.quiet();
    const told = deliveries
      .list()
      .find(({ event, body }) => event === "repository" && body.includes('"archived"'));
    if (told === undefined) throw new Error("it was told");
    await control.archive({ repository: long.name, archived: false });
    await shop.quiet();
    await long.run("failure");
    const open = (await long.cases()).filter(({ state }) => state === "open").length;
    await shop.deliverAgain(told);
    expect((await long.cases()).filter(({ state }) => state === "open").length).toBe(open);
    expect(open).toBe(1);
  });

  test("deleted: the case ends as void once GitHub's own list says so", async () => {
    const long = await broken();
    await shop.box.github.control.deleteRepository({ repository: long.name });
    await shop.quiet();
    expect(await long.cases()).toMatchObject([{ state: "void" }]);
  });

  test("issues switched off: the hold goes on without an issue", async () => {
    const long = await broken();
    await shop.box.github.control.configureRepository({ repository: long.name, hasIssues: false });
    await shop.quiet();
    await passDeadline();
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
  });
});

describe("REL-50, 51, 52: the clock goes on while nothing may be done", () => {
  test("REL-50: suspended across the deadline: no call meanwhile; on return it is read again, then halted", async () => {
    const long = await broken();
    const { control, requests } = shop.box.github;
    await control.suspendInstallation({ account: "acme" });
    await shop.quiet();
    const before = requests.list().length;
    await passDeadline();
    expect(
      requests
        .list()
        .slice(before)
        .filter(({ path }) => path.includes(long.name)),
    ).toEqual([]);
    expect(await long.cases()).toMatchObject([{ state: "open" }]);
    await control.suspendInstallation({ account: "acme", suspended: false });
    await shop.quiet();
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
  });

  test("REL-50: mended while suspended: nobody is halted", async () => {
    const long = await broken();
    const { control } = shop.box.github;
    await control.suspendInstallation({ account: "acme" });
    await shop.quiet();
    await long.run("success", await long.commit("Round the cents"));
    await passDeadline();
    await control.suspendInstallation({ account: "acme", suspended: false });
    await shop.quiet();
    expect(await long.cases()).toMatchObject([{ state: "resolved", ended: "green" }]);
    expect((await long.audit()).map(({ what }) => what)).not.toContain("case-expired");
  });

  test("REL-52: renamed: the case and its issue go on under the new name", async () => {
    const long = await broken();
    await shop.box.github.control.rename({ repository: long.name, name: `${long.name.split("/")[1]}-new` });
    await shop.quiet();
    await passDeadline();
    expect(await long.cases()).toMatchObject([{ state: "expired" }]);
  });

  test("REL-52: transferred to strangers: nothing is done there, and the case is not ended by it", async () => {
    const long = await broken();
    const { control } = shop.box.github;
    await control.createOrganisation({ login: `strangers-${long.id}`, install: false });
    await control.transfer({ repository: long.name, to: `strangers-${long.id}` });
    await shop.quiet();
    await shop.reconcile();
    expect(await long.cases()).toMatchObject([{ state: "open" }]);
  });
});

describe("REL-54: branches", () => {
  test("a force-push that takes the offending commit away does not end the case; a green run of what is there does", async () => {
    const long = await broken();
    await shop.box.github.control.forcePush({ repository: long.name, branch: "main", to: long.first });
    await shop.quiet();
    expect(await long.cases()).toMatchObject([{ state: "open" }]);
    // Without the red commit only the time tells what came later, and GitHub's has whole seconds.
    shop.pass(60_000);
    await long.run("success", await long.commit("Start anew"));
    expect((await long.cases()).at(0)).toMatchObject({ state: "resolved" });
  });
});
