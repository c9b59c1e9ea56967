import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

describe("a push ends as a status", () => {
  test("a deploy whose tickets are ready may go", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("a commit without a ticket holds it", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("Tune cache headers");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${sha.slice(0, 7)}`,
    });
  });

  test("a ticket that Jira does not know holds it", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit("PLAY-9999: Charge in euros");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: "1 ticket not found or not visible to Holdpoint: PLAY-9999",
    });
  });

  test("a ticket that Holdpoint may not see is as good as absent", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ restricted: true });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 ticket not found or not visible to Holdpoint: ${key}`,
    });
  });

  test("a ticket in a status that may not go out holds it", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ status: "In Review" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 ticket in status “In Review”: ${key}`,
    });
  });

  test("a ticket that is done may go, whatever its status is called", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ status: "Done" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("missing risk assessment and post-deploy checks hold it, each by name", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "", checks: " " });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 ticket lacks “Risk assessment”: ${key}; 1 ticket lacks “Post-deploy checks”: ${key}`,
    });
  });

  test("a task has no post-deploy checks, and needs none", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ type: "Task" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("a sub-task inherits what its parent says", async () => {
    const repo = await shop.repository();
    const parent = shop.ticket();
    const key = shop.ticket({ type: "Sub-task", parent });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("all that is wrong is said at once", async () => {
    const repo = await shop.repository();
    const [early, bare] = [shop.ticket({ status: "In Review" }), shop.ticket({ risk: "" })];
    await repo.commit("Tune cache headers");
    await repo.commit(`${early}: Charge in euros`);
    await repo.commit(`${bare}: Round up`);
    const sha = await repo.commit("PLAY-9999: Ship it");
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: [
        "1 commit without ticket",
        "1 ticket not found or not visible to Holdpoint",
        "1 ticket lacks “Risk assessment”",
        "1 ticket in status “In Review”",
      ].join("; "),
    });
  });

  test("a reverted pair goes out as nothing", async () => {
    const repo = await shop.repository();
    const plain = await repo.commit("Tune cache headers");
    const sha = await repo.commit(`Revert "Tune cache headers"\n\nThis reverts commit ${plain}.`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 2 commits, 0 tickets",
    });
  });
});
