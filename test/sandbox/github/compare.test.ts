import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { array, assert, asyncProperty, constant, integer, nat, oneof, record, uniqueArray } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  callAsInstallation,
  type Calls,
  field,
  list,
  openShop,
  openStage,
  type Stage,
} from "./open-sandbox.ts";

const OF = "/repos/acme/shop";

function git(stage: Stage, id: number, ...args: readonly string[]): readonly string[] {
  return execFileSync("git", ["--git-dir", join(stage.directory, `${id}.git`), ...args], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line !== "");
}

function shas(commits: unknown): readonly unknown[] {
  return list(commits).map((commit) => field(commit, "sha"));
}

async function readAll(call: Calls, basehead: string, size: number): Promise<readonly unknown[]> {
  const read: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await call("GET", `${OF}/compare/${basehead}?per_page=${size}&page=${page}`);
    const commits = shas(field(body, "commits"));
    if (commits.length === 0) return read;
    read.push(...commits);
  }
}

/** Each commit: whose children it is, by number, and how much later than its first parent it says it was made. */
const histories = array(
  record({
    parents: uniqueArray(nat(30), { minLength: 1, maxLength: 3 }),
    seconds: oneof(constant(0), integer({ min: -20, max: 60 })),
  }),
  { minLength: 2, maxLength: 30 },
);

describe("compare", () => {
  test("is git's own answer on any history, clocks that go wrong included", async () => {
    const stage = openStage();
    const { id, sha: root } = await openShop(stage);
    const { control } = stage.sandbox;
    const call = await callAsInstallation(stage);
    let runs = 0;
    const walk = asyncProperty(histories, nat(30), nat(30), async (commits, one, other) => {
      runs += 1;
      const made = [root];
      let at = Date.parse("2026-03-01T00:00:00Z");
      for (const [index, { parents, seconds }] of commits.entries()) {
        const [first = root, ...more] = parents.map((number) => made[number % made.length] ?? root);
        at += seconds * 1_000;
        const { sha } = await control.commit({
          repository: "acme/shop",
          branch: `run-${runs}-${index}`,
          from: first,
          message: `${runs} ${index}`,
          mergeOf: [...new Set(more)].filter((parent) => parent !== first),
          date: new Date(at).toISOString(),
        });
        made.push(sha);
      }
      const base = made[one % made.length] ?? root;
      const head = made[other % made.length] ?? root;
      const { body } = await call("GET", `${OF}/compare/${base}...${head}?per_page=100`);
      const expected = git(stage, id, "rev-list", `${base}..${head}`).toReversed();
      const behind = git(stage, id, "rev-list", "--count", `${head}..${base}`).map(Number);
      expect(shas(field(body, "commits"))).toEqual(expected);
      expect([field(body, "ahead_by"), field(body, "total_commits")]).toEqual([
        expected.length,
        expected.length,
      ]);
      expect([field(body, "behind_by")]).toEqual(behind);
      const bases = git(stage, id, "merge-base", "--all", base, head);
      expect(bases).toContain(field(body, "merge_base_commit", "sha"));
    });
    await assert(walk, { numRuns: 20 });
  });

  test("gives pages oldest first, the files with the first alone", async () => {
    const stage = openStage();
    const { sha: base } = await openShop(stage);
    await stage.sandbox.control.bulkCommits({
      repository: "acme/shop",
      branch: "main",
      count: 305,
      path: "changes/{n}.txt",
    });
    const call = await callAsInstallation(stage);

    const first = await call("GET", `${OF}/compare/${base}...main?per_page=100`);
    expect(
      list(field(first.body, "commits"))
        .map((commit) => field(commit, "commit", "message"))
        .slice(0, 2),
    ).toEqual(["PLAY-1: change 1", "PLAY-2: change 2"]);
    expect(list(field(first.body, "files"))).toHaveLength(300);
    expect(first.headers.get("link")).toBe(
      `<https://api.github.com${OF}/compare/${base}...main?per_page=100&page=2>; rel="next", ` +
        `<https://api.github.com${OF}/compare/${base}...main?per_page=100&page=4>; rel="last"`,
    );
    const last = await call("GET", `${OF}/compare/${base}...main?per_page=100&page=4`);
    expect(list(field(last.body, "commits"))).toHaveLength(5);
    expect(field(last.body, "files")).toBeUndefined();
    expect(field(last.body, "total_commits")).toBe(305);
    const paged = await readAll(call, `${base}...main`, 100);
    expect(new Set(paged).size).toBe(305);
  });

  test("without paging it silently leaves out the oldest of more than 250", async () => {
    const stage = openStage();
    const { sha: base } = await openShop(stage);
    const { after } = await stage.sandbox.control.bulkCommits({
      repository: "acme/shop",
      branch: "main",
      count: 260,
    });
    const call = await callAsInstallation(stage);
    const { body } = await call("GET", `${OF}/compare/${base}...main`);
    const commits = list(field(body, "commits"));
    expect([commits.length, field(body, "total_commits")]).toEqual([250, 260]);
    expect(field(commits.at(-1), "sha")).toBe(after);
    expect(field(commits[0], "commit", "message")).toBe("PLAY-11: change 11");
  });

  test.each([
    ["main...main", "identical", 0, 0],
    ["main...ahead", "ahead", 1, 0],
    ["ahead...main", "behind", 0, 1],
    ["ahead...aside", "diverged", 1, 1],
  ])("%s is %s", async (basehead, status, ahead, behind) => {
    const stage = openStage();
    await openShop(stage);
    const { control } = stage.sandbox;
    await control.commit({ repository: "acme/shop", branch: "ahead", message: "one", files: { a: "1" } });
    await control.commit({ repository: "acme/shop", branch: "aside", message: "two", files: { b: "1" } });
    const call = await callAsInstallation(stage);
    const { body } = await call("GET", `${OF}/compare/${basehead}`);
    expect([field(body, "status"), field(body, "ahead_by"), field(body, "behind_by")]).toEqual([
      status,
      ahead,
      behind,
    ]);
  });

  test("histories without a common commit are a 404, as is a commit that is not there", async () => {
    const stage = openStage();
    await openShop(stage);
    const { control } = stage.sandbox;
    const { id: other } = await control.createRepository({ owner: "acme", name: "other", files: { a: "1" } });
    const from = join(stage.directory, `${other}.git`);
    await control.importRepository({ repository: "acme/shop", from, refs: { orphan: "refs/heads/main" } });
    const call = await callAsInstallation(stage);
    expect(await call("GET", `${OF}/compare/main...orphan`)).toMatchObject({
      status: 404,
      body: { message: "No common ancestor between main and orphan." },
    });
    expect((await call("GET", `${OF}/compare/main...${"1".repeat(40)}`)).status).toBe(404);
  });

  test("a moved file is told with where it was", async () => {
    const stage = openStage();
    const { sha } = await openShop(stage);
    await stage.sandbox.control.commit({
      repository: "acme/shop",
      branch: "main",
      message: "move",
      files: { "README.md": null, "docs/readme.md": "# Shop\n", "new.txt": "1\n2\n" },
    });
    const call = await callAsInstallation(stage);
    const { body } = await call("GET", `${OF}/compare/${sha}...main`);
    expect(field(body, "files")).toMatchObject([
      {
        filename: "docs/readme.md",
        previous_filename: "README.md",
        status: "renamed",
        additions: 0,
        deletions: 0,
      },
      { filename: "new.txt", status: "added", additions: 2, deletions: 0 },
    ]);
  });
});
