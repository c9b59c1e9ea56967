import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findTrunk } from "../../../src/adapters/git/find-trunk.ts";
import { openClone } from "../../../src/adapters/git/open-clone.ts";
import { readTrunkCommits, readTrunkTimes } from "../../../src/adapters/git/read-trunk.ts";
import type { Clone } from "../../../src/adapters/git/run-git.ts";
import { ENVIRONMENT, type TestClone, gitIn, makeClone, makeFolder } from "./make-clone.ts";

let clone: TestClone;
const shas: Record<string, string> = {};
beforeAll(() => {
  clone = makeClone();
  shas["root"] = clone.commit("Begin");
  clone.git("checkout", "--quiet", "-b", "side");
  const byAnn = gitIn(clone.path, { GIT_AUTHOR_NAME: "Ann", GIT_COMMITTER_DATE: "2026-01-05T00:00:00Z" });
  byAnn("commit", "--quiet", "--allow-empty", "-m", "On the side");
  shas["side"] = clone.git("rev-parse", "HEAD");
  clone.git("checkout", "--quiet", "main");
  clone.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1 from acme/side", "side");
  shas["merge"] = clone.git("rev-parse", "HEAD");
});
afterAll(() => clone.remove());

async function open(path: string): Promise<Clone> {
  const opened = await openClone(path, ENVIRONMENT, null);
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.clone;
}

async function tipOf(given: Clone, trunk: string | null = null) {
  const found = await findTrunk(given, trunk);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.tip;
}

describe("the line of first parents", () => {
  test("has a time for each commit, newest first; what was merged is not in it", async () => {
    const given = await open(clone.path);
    const at = Date.parse("2026-01-02T03:04:05+02:00");
    expect(await readTrunkTimes(given, await tipOf(given))).toEqual({
      ok: true,
      commits: [
        { sha: shas["merge"], committedAt: at },
        { sha: shas["root"], committedAt: at },
      ],
    });
  });

  test("has messages and authors, those of what merges brought too", async () => {
    const given = await open(clone.path);
    const read = await readTrunkCommits(given, await tipOf(given), 5);
    expect(read).toMatchObject({
      ok: true,
      commits: [
        { sha: shas["merge"], parents: [shas["root"], shas["side"]], author: { name: "octocat" } },
        { sha: shas["root"], message: "Begin" },
      ],
      mergedAuthors: new Map([[shas["side"], "Ann"]]),
    });
    expect(await readTrunkCommits(given, await tipOf(given), 1)).toMatchObject({
      commits: [{ sha: shas["merge"] }],
    });
  });
});

describe("which branch is the trunk", () => {
  test("the one that is asked for, as it is here or at origin", async () => {
    const folder = makeFolder();
    gitIn(folder.path)("clone", "--quiet", clone.path, "copy");
    const copy = await open(`${folder.path}/copy`);
    expect(await findTrunk(copy, "side")).toEqual({ ok: true, tip: shas["side"], name: "origin/side" });
    expect(await findTrunk(copy, "main")).toEqual({ ok: true, tip: shas["merge"], name: "main" });
    expect(await findTrunk(copy, "maim")).toMatchObject({
      ok: false,
      refusal: { code: "unknown-ref", ref: "maim", role: "trunk" },
    });
    folder.remove();
  });

  test("without one origin's default branch, whatever is checked out; else what is checked out", async () => {
    const folder = makeFolder();
    gitIn(folder.path)("clone", "--quiet", clone.path, "copy");
    const inCopy = gitIn(`${folder.path}/copy`);
    inCopy("checkout", "--quiet", "-b", "my-own-work");
    inCopy("commit", "--quiet", "--allow-empty", "-m", "Mine");
    expect(await findTrunk(await open(`${folder.path}/copy`), null)).toEqual({
      ok: true,
      tip: shas["merge"],
      name: "origin/main",
    });
    expect(await findTrunk(await open(clone.path), null)).toMatchObject({ name: "main" });
    clone.git("checkout", "--quiet", "--detach");
    expect(await findTrunk(await open(clone.path), null)).toMatchObject({ name: "HEAD", tip: shas["merge"] });
    clone.git("checkout", "--quiet", "main");
    folder.remove();
  });

  test("none, where nothing was committed; an ambiguous name is refused as such", async () => {
    const empty = makeClone();
    expect(await findTrunk(await open(empty.path), null)).toMatchObject({ refusal: { code: "no-commits" } });
    empty.remove();
    clone.git("tag", "side");
    expect(await findTrunk(await open(clone.path), "side")).toMatchObject({
      refusal: { code: "ambiguous-ref", role: "trunk" },
    });
    clone.git("tag", "--delete", "side");
  });
});
