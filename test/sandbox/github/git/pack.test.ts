import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createObjectStore, parseBatch } from "../../../../src/sandbox/github/git/object-store.ts";
import { openShop, openStage } from "../open-sandbox.ts";

test.each([
  ["by their place in the pack", "true"],
  ["by name", "false"],
])(
  "packed objects are read as git reads them, deltas that name their base %s included",
  async (_name, byOffset) => {
    const stage = openStage();
    const { id } = await openShop(stage);
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index * 7919}`);
    await stage.sandbox.control.push({
      repository: "acme/shop",
      branch: "main",
      commits: Array.from({ length: 30 }, (_, index) => ({
        message: `change ${index}`,
        files: {
          "long.txt": lines.with(index * 13, `changed ${index}`).join("\n"),
          [`new/${index}.txt`]: `${index}`,
        },
      })),
    });
    const directory = join(stage.directory, `${id}.git`);
    const git = (...args: readonly string[]): Buffer =>
      execFileSync("git", ["--git-dir", directory, "-c", `repack.useDeltaBaseOffset=${byOffset}`, ...args]);
    git("repack", "-adfq", "--depth=50", "--window=50");
    const chains = git("verify-pack", "-v", ...packsIn(git)).toString();
    expect(chains).toMatch(/chain length = [2-9]/);

    const store = createObjectStore(join(directory, "objects"));
    const all = [...parseBatch(git("cat-file", "--batch", "--batch-all-objects"))];
    expect(all.length).toBeGreaterThan(120);
    for (const { sha, type, content } of all) {
      expect([sha, store.read(sha)]).toEqual([sha, { type, content }]);
    }
    expect(store.read("1".repeat(40))).toBeNull();
    rmSync(directory, { recursive: true });
  },
);

function packsIn(git: (...args: readonly string[]) => Buffer): readonly string[] {
  const folder = join(git("rev-parse", "--git-path", "objects/pack").toString().trim());
  return execFileSync("find", [folder, "-name", "*.idx"], { encoding: "utf8" }).trim().split("\n");
}
