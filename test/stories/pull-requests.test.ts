import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShop, POLICY, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const SQUASH = { merge: false, squash: true, rebase: false };

describe("the tickets of a pull request", () => {
  test("none at all fails, and every commit is named", async () => {
    const repo = await shop.repository();
    const { head } = await repo.open({ title: "Charge in euros" });
    expect(await repo.tickets(head)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${head.slice(0, 7)}`,
    });
    expect((await repo.report(head))?.conclusion).toBe("failure");
  });

  test("its status does not count before the deploy", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ status: "In Review" });
    const { head } = await repo.open({ title: `${key}: Charge in euros` });
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("a title that is mended is looked at again", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { number, head } = await repo.open({ title: "Charge in euros" });
    await shop.box.github.control.editPullRequest({
      repository: repo.name,
      number,
      title: `${key}: Charge in euros`,
    });
    await shop.quiet();
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("the branch's name is enough", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { head } = await repo.open({ title: "Charge in euros", branch: `${key.toLowerCase()}-euros` });
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("a ticket that is mended in Jira is looked at again by Jira's webhook", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ checks: "" });
    const { head } = await repo.open({ title: `${key}: Charge in euros` });
    expect(await repo.tickets(head)).toEqual({
      state: "failure",
      description: `1 ticket lacks “Post-deploy checks”: ${key}`,
    });
    shop.box.jira.editIssue(key, { fields: { "Post-deploy checks": "place an order" } });
    await shop.quiet();
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("a ticket that is moved to another project is found under the new key", async () => {
    const repo = await shop.repository({ policy: POLICY.replace("[PLAY]", "[PLAY, OPS]") });
    const key = shop.ticket();
    const { head } = await repo.open({ title: `${key}: Charge in euros` });
    const { key: now } = shop.box.jira.move(key, "OPS");
    await shop.quiet();
    expect(await repo.tickets(head)).toEqual({
      state: "success",
      description: `1 ticket: ${key}; to know: 1 ticket moved in Jira: ${key} is now ${now}`,
    });
  });

  test("a push to it is judged at the new head", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    await repo.open({ title: "Charge in euros", message: `${key}: Charge in euros`, branch: "euros" });
    const head = await repo.commit("Round up", { branch: "euros" });
    expect(await repo.tickets(head)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${head.slice(0, 7)}`,
    });
  });

  test("a draft is judged like any other: its author wants to know", async () => {
    const repo = await shop.repository();
    const { head } = await repo.open({ title: "Charge in euros", draft: true });
    expect((await repo.tickets(head))?.state).toBe("failure");
  });

  test("where only squash merges are allowed, the title is judged", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    await shop.box.github.control.configureRepository({ repository: repo.name, mergeMethods: SQUASH });
    const { head, number } = await repo.open({
      title: "Charge in euros",
      message: `${key}: Charge in euros`,
    });
    expect((await repo.tickets(head))?.state).toBe("failure");
    await shop.box.github.control.editPullRequest({
      repository: repo.name,
      number,
      title: `${key}: Charge in euros`,
    });
    await shop.quiet();
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("one that is closed is not looked at any more", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { number, head } = await repo.open({ title: `${key}: Charge in euros` });
    await shop.box.github.control.editPullRequest({ repository: repo.name, number, state: "closed" });
    await shop.quiet();
    const rows = await shop.db.database.query("select closed from holdpoint.subject where key = $1", [
      `pull-request:${repo.id}:${number}`,
    ]);
    expect(rows).toEqual([{ closed: true }]);
    const before = repo.posts().length;
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await shop.quiet();
    expect(repo.posts().length).toBe(before);
    expect((await repo.tickets(head))?.state).toBe("success");
  });

  test("one that is opened again is", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { number, head } = await repo.open({ title: `${key}: Charge in euros` });
    const { control } = shop.box.github;
    await control.editPullRequest({ repository: repo.name, number, state: "closed" });
    await shop.quiet();
    shop.box.jira.editIssue(key, { fields: { "Risk assessment": "" } });
    await control.editPullRequest({ repository: repo.name, number, state: "open" });
    await shop.quiet();
    expect(await repo.tickets(head)).toEqual({
      state: "failure",
      description: `1 ticket lacks “Risk assessment”: ${key}`,
    });
  });

  test("one from the deploy branch into production shows the deploy's report", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    await shop.box.github.control.openPullRequest({
      repository: repo.name,
      head: "main",
      base: "production",
      title: "Release 1",
    });
    await shop.quiet();
    expect(await repo.tickets(sha)).toEqual({ state: "success", description: `1 ticket: ${key}` });
    expect((await repo.report(sha))?.summary).toContain("`production` would get 1 commit with 1 ticket.");
  });
});

describe("two pull requests of one head", () => {
  test("what is wrong with either is seen, whichever was looked at last; and no more once that one is closed", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { control } = shop.box.github;
    await control.createBranch({ repository: repo.name, branch: "next", from: "main" });
    const bad = await repo.open({ title: "Charge in euros", branch: "euros" });
    const good = await control.openPullRequest({
      repository: repo.name,
      head: "euros",
      base: "next",
      title: `${key}: Charge in euros`,
    });
    await shop.quiet();
    const held = { state: "failure", description: `1 commit without ticket: ${bad.head.slice(0, 7)}` };
    expect(await repo.tickets(bad.head)).toEqual(held);
    await control.editPullRequest({ repository: repo.name, number: good.number, body: "Please look" });
    await shop.quiet();
    expect(await repo.tickets(bad.head)).toEqual(held);
    await control.editPullRequest({ repository: repo.name, number: bad.number, state: "closed" });
    await shop.quiet();
    expect(await repo.tickets(bad.head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });
});

describe("a merge queue", () => {
  test("is answered on the group's head", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { number } = await repo.open({ title: `${key}: Charge in euros` });
    const group = await shop.box.github.control.queueMergeGroup({ repository: repo.name, numbers: [number] });
    await shop.quiet();
    expect(await repo.tickets(group.headSha)).toEqual({ state: "success", description: `1 ticket: ${key}` });
    expect(await repo.report(group.headSha)).toBeNull();
  });

  test("every pull request of the group counts", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const one = await repo.open({ title: `${key}: Charge in euros`, branch: "one" });
    const other = await repo.open({ title: "Round up", branch: "other" });
    const group = await shop.box.github.control.queueMergeGroup({
      repository: repo.name,
      numbers: [one.number, other.number],
    });
    await shop.quiet();
    expect(await repo.tickets(group.headSha)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${group.headSha.slice(0, 7)}`,
    });
  });

  test("a group that is gone is not looked at any more", async () => {
    const repo = await shop.repository();
    const key = shop.ticket();
    const { number } = await repo.open({ title: `${key}: Charge in euros` });
    const { control } = shop.box.github;
    const group = await control.queueMergeGroup({ repository: repo.name, numbers: [number] });
    await shop.quiet();
    await control.finishMergeGroup({
      repository: repo.name,
      headRef: group.headRef,
      numbers: [number],
      reason: "merged",
    });
    await shop.quiet();
    await shop.reconcile();
    const open = await shop.db.database.query(
      "select key from holdpoint.subject where repository_id = $1 and not closed and head is not null",
      [repo.id],
    );
    expect(open).toEqual([{ key: `deploy:${repo.id}` }]);
  });
});

describe("a fork", () => {
  async function forked(title: string, policy = POLICY) {
    const repo = await shop.repository({ policy });
    const { control } = shop.box.github;
    const fork = `stranger/${repo.name.split("/")[1]}`;
    await control.createRepository({
      owner: "stranger",
      name: fork.split("/")[1] ?? "",
      forkOf: repo.name,
    });
    await control.setPermission({ repository: repo.name, login: "stranger", role: "read" });
    const asked = shop.jiraCalls();
    const opened = await repo.open({ title, fork, branch: "euros", author: "stranger" });
    return { repo, ...opened, asked: () => shop.jiraCalls() - asked };
  }

  test("makes Holdpoint ask Jira nothing", async () => {
    const key = shop.ticket();
    const { repo, head, asked } = await forked(`${key}: Charge in euros`);
    expect(await repo.tickets(head)).toEqual({
      state: "pending",
      description: `could not verify: from a fork, Jira is asked once somebody with write access comments /holdpoint check; not checked: ${key}`,
    });
    expect(asked()).toBe(0);
  });

  test("until somebody with write access says so", async () => {
    const key = shop.ticket();
    const { repo, head, number, asked } = await forked(`${key}: Charge in euros`);
    await repo.comment(number, "/holdpoint check", "stranger");
    expect(asked()).toBe(0);
    expect(await repo.answers(number)).toEqual([
      "Looking again needs write access to this repository. Ask somebody who has it to comment `/holdpoint check`.",
    ]);
    await repo.comment(number, "/holdpoint check", "octocat");
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
    expect(asked()).toBeGreaterThan(0);
  });

  test("a new push needs a new word", async () => {
    const key = shop.ticket();
    const { repo, number } = await forked(`${key}: Charge in euros`);
    await repo.comment(number, "/holdpoint check", "octocat");
    const fork = `stranger/${repo.name.split("/")[1]}`;
    const { sha } = await shop.box.github.control.commit({
      repository: fork,
      branch: "euros",
      message: `${key}: and more`,
      author: "stranger",
      files: { "more.txt": "more" },
    });
    await shop.quiet();
    expect((await repo.tickets(sha))?.state).toBe("pending");
  });

  test("with `forks: true` is asked about at once", async () => {
    const key = shop.ticket();
    const { repo, head } = await forked(
      `${key}: Charge in euros`,
      POLICY.replace("projects: [PLAY]", "projects: [PLAY]\n  forks: true"),
    );
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("without a ticket fails at once: nobody has to be asked for that", async () => {
    const { repo, head } = await forked("Charge in euros");
    expect(await repo.tickets(head)).toEqual({
      state: "failure",
      description: `1 commit without ticket: ${head.slice(0, 7)}`,
    });
  });
});
