import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callAsInstallation, field, list, openShop, openStage, type Stage } from "./open-sandbox.ts";

const repository = "acme/shop";

/** A base with a commit of its own since a branch of two commits left it. */
async function openCart(
  stage: Stage,
): Promise<{ number: number; base: string; own: readonly string[]; id: number }> {
  const { control } = stage.sandbox;
  const { id, sha } = await openShop(stage);
  const { shas: own } = await control.push({
    repository,
    branch: "cart",
    from: sha,
    commits: [
      { message: "PLAY-1: one", author: "hubot", files: { "cart.ts": "1\n" } },
      { message: "PLAY-1: two", author: "hubot", files: { "cart.ts": "2\n" } },
    ],
  });
  const { sha: base } = await control.commit({
    repository,
    branch: "main",
    message: "meanwhile",
    files: { m: "1" },
  });
  const { number } = await control.openPullRequest({
    repository,
    head: "cart",
    title: "PLAY-1: carts",
    by: "hubot",
  });
  await stage.sandbox.settled();
  stage.received.length = 0;
  return { number, base, own, id };
}

function log(stage: Stage, id: number, range: string): readonly string[] {
  const args = [
    "--git-dir",
    join(stage.directory, `${id}.git`),
    "log",
    "--format=%H %P|%an|%cn|%s",
    "--reverse",
    range,
  ];
  return execFileSync("git", args, { encoding: "utf8" }).trim().split("\n");
}

test("a merge keeps the base's history and brings the branch's own commits", async () => {
  const stage = openStage();
  const { number, base, own, id } = await openCart(stage);
  const { sha } = await stage.sandbox.control.mergePullRequest({ repository, number, method: "merge" });
  const [one = "", two = ""] = own;
  expect(log(stage, id, `${base}..main`)).toHaveLength(3);
  expect(log(stage, id, "main").at(-1)).toBe(
    `${sha} ${base} ${two}|octocat|GitHub|Merge pull request #1 from acme/cart`,
  );
  const call = await callAsInstallation(stage);
  for (const commit of [one, two, sha]) {
    const { body } = await call("GET", `/repos/acme/shop/commits/${commit}/pulls`);
    expect(list(body).map((pull) => field(pull, "number"))).toEqual([1]);
  }
  const files = await call("GET", "/repos/acme/shop/contents/m");
  expect(files.status).toBe(200);
});

test("a squash is one new commit by the branch's author on top of the base", async () => {
  const stage = openStage();
  const { number, base, own, id } = await openCart(stage);
  const { sha } = await stage.sandbox.control.mergePullRequest({ repository, number, method: "squash" });
  expect(own).not.toContain(sha);
  expect(log(stage, id, `${base}..main`)).toEqual([`${sha} ${base}|hubot|GitHub|PLAY-1: carts (#1)`]);
  const call = await callAsInstallation(stage);
  const { body } = await call("GET", `/repos/acme/shop/commits/${sha}/pulls`);
  expect(list(body).map((pull) => field(pull, "merge_commit_sha"))).toEqual([sha]);
  const { body: ofOwn } = await call("GET", `/repos/acme/shop/commits/${own[0]}/pulls`);
  expect(list(ofOwn).map((pull) => field(pull, "number"))).toEqual([number]);
});

test("a rebase makes each commit anew on top of the base", async () => {
  const stage = openStage();
  const { number, base, own, id } = await openCart(stage);
  const { sha } = await stage.sandbox.control.mergePullRequest({ repository, number, method: "rebase" });
  const lines = log(stage, id, `${base}..main`);
  expect(lines.map((line) => line.split("|").slice(1).join("|"))).toEqual([
    "hubot|octocat|PLAY-1: one",
    "hubot|octocat|PLAY-1: two",
  ]);
  expect(lines.at(-1)?.startsWith(sha)).toBe(true);
  expect(own.some((one) => lines.some((line) => line.startsWith(one)))).toBe(false);
  const call = await callAsInstallation(stage);
  const { body } = await call("GET", `/repos/acme/shop/commits/${sha}/pulls`);
  expect(list(body)).toHaveLength(1);
});

test("a merge is told as the pull request's end and as a push of its base", async () => {
  const stage = openStage();
  const { number, base } = await openCart(stage);
  const { sha } = await stage.sandbox.control.mergePullRequest({ repository, number, by: "hubot" });
  await stage.sandbox.settled();
  expect(stage.received.map(({ event, payload }) => [event, payload["action"] ?? payload["ref"]])).toEqual([
    ["pull_request", "closed"],
    ["push", "refs/heads/main"],
  ]);
  expect(stage.received[0]?.payload).toMatchObject({
    pull_request: { merged: true, merge_commit_sha: sha, merged_by: { login: "hubot" }, state: "closed" },
  });
  expect(stage.received[1]?.payload).toMatchObject({ before: base, after: sha, sender: { login: "hubot" } });
});

test("both sides may change one file; where they change the same lines the merge is refused", async () => {
  const stage = openStage();
  const { control } = stage.sandbox;
  await openShop(stage);
  const text = (first: string, last: string): string => [first, "a", "b", "c", "d", last, ""].join("\n");
  await control.commit({ repository, branch: "main", message: "text", files: { t: text("1", "9") } });
  await control.commit({ repository, branch: "top", message: "top", files: { t: text("one", "9") } });
  await control.commit({ repository, branch: "other-top", message: "other", files: { t: text("uno", "9") } });
  await control.commit({ repository, branch: "main", message: "end", files: { t: text("1", "nine") } });
  const { number } = await control.openPullRequest({ repository, head: "top", title: "top" });
  const { number: other } = await control.openPullRequest({ repository, head: "other-top", title: "other" });
  await control.mergePullRequest({ repository, number });
  const call = await callAsInstallation(stage);
  const { body } = await call("GET", "/repos/acme/shop/contents/t");
  expect(Buffer.from(String(field(body, "content")), "base64").toString()).toBe(text("one", "nine"));
  await expect(control.mergePullRequest({ repository, number: other })).rejects.toThrow("not mergeable");
  expect((await call("GET", `/repos/acme/shop/pulls/${other}`)).body).toMatchObject({
    mergeable: false,
    mergeable_state: "dirty",
  });
});

test("a pull request follows its head, wherever that is", async () => {
  const stage = openStage();
  const { control } = stage.sandbox;
  await openShop(stage);
  await control.createRepository({ owner: "hubot", name: "shop", forkOf: repository });
  await control.commit({
    repository: "hubot/shop",
    branch: "idea",
    message: "PLAY-9: idea",
    author: "hubot",
    files: { i: "1" },
  });
  const { number } = await control.openPullRequest({
    repository,
    fork: "hubot/shop",
    head: "idea",
    title: "idea",
    by: "hubot",
  });
  await stage.sandbox.settled();
  stage.received.length = 0;
  const { sha } = await control.commit({
    repository: "hubot/shop",
    branch: "idea",
    message: "more",
    files: { i: "2" },
  });
  await stage.sandbox.settled();
  expect(stage.received.map(({ event, payload }) => [event, payload["action"], payload["after"]])).toEqual([
    ["pull_request", "synchronize", sha],
  ]);
  await control.mergePullRequest({ repository, number, method: "squash" });
  const call = await callAsInstallation(stage);
  const { body } = await call("GET", `/repos/acme/shop/pulls/${number}`);
  expect(body).toMatchObject({
    merged: true,
    head: { label: "hubot:idea", repo: { full_name: "hubot/shop", fork: true } },
  });
});

test("a merge group is a branch of its own whose commits become the base", async () => {
  const stage = openStage();
  const { control, settled } = stage.sandbox;
  const { number, base, id } = await openCart(stage);
  await control.commit({ repository, branch: "tax", from: base, message: "PLAY-2", files: { tax: "1" } });
  const { number: second } = await control.openPullRequest({
    repository,
    head: "tax",
    title: "PLAY-2: taxes",
  });
  const group = await control.queueMergeGroup({ repository, numbers: [number, second] });
  expect(group.headRef).toBe(`refs/heads/gh-readonly-queue/main/pr-${second}-${base}`);
  await control.finishMergeGroup({
    repository,
    headRef: group.headRef,
    numbers: [number, second],
    reason: "merged",
  });
  await settled();
  expect(log(stage, id, `${base}..main`).map((line) => line.split("|").at(-1))).toEqual([
    "PLAY-1: carts (#1)",
    "PLAY-2: taxes (#2)",
  ]);
  const told = stage.received.filter(({ event }) => event === "merge_group").map(({ payload }) => payload);
  expect(told).toMatchObject([
    {
      action: "checks_requested",
      merge_group: { head_sha: group.headSha, base_sha: base, base_ref: "refs/heads/main" },
    },
    { action: "destroyed", reason: "merged" },
  ]);
  const call = await callAsInstallation(stage);
  expect((await call("GET", `/repos/acme/shop/pulls/${second}`)).body).toMatchObject({
    merge_commit_sha: group.headSha,
  });
});
