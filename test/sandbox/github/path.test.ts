import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Webhooks } from "@octokit/webhooks";
import { expect, test } from "vitest";
import type { CommitSha, Reading } from "../../../src/domain/model.ts";
import type { BranchHead } from "../../../src/ports/repository.ts";
import { validateRestExchange } from "../../../src/sandbox/validation/validate-rest.ts";
import { onlyRepository, openShop, openStage, SECRET } from "./open-sandbox.ts";

function commitSha(heads: ReadonlyMap<string, Reading<BranchHead>>): CommitSha {
  const main = heads.get("main");
  if (main?.state !== "known") throw new Error("main is not known");
  return main.value.sha;
}

test("a push is told with a signature, read through Holdpoint's adapter, and answered with a status", async () => {
  const stage = openStage({ inspect: validateRestExchange });
  const { sandbox, received, github } = stage;
  const { sha: base } = await openShop(stage);
  const { sha: head } = await sandbox.control.commit({
    repository: "acme/shop",
    branch: "main",
    message: "PLAY-1: carts survive a restart",
    files: { "src/cart.ts": "export {};\n" },
  });
  await sandbox.settled();

  expect(received.map(({ event }) => event)).toEqual(["push"]);
  const [push] = received;
  const signature = push?.headers.get("x-hub-signature-256") ?? "";
  expect(await new Webhooks({ secret: SECRET }).verify(push?.body ?? "", signature)).toBe(true);
  expect(push?.payload).toMatchObject({
    ref: "refs/heads/main",
    before: base,
    after: head,
    created: false,
    deleted: false,
    forced: false,
    head_commit: { id: head, added: ["src/cart.ts"], removed: [], modified: [] },
    sender: { login: "octocat", type: "User" },
  });

  const repository = await onlyRepository(stage);
  const heads = await github.readBranches(repository, ["main", "production"]);
  expect(heads.get("main")).toMatchObject({ state: "known", value: { sha: head } });
  expect(heads.get("production")).toEqual({ state: "missing", detail: "production" });

  const [newest] = await github.readRecentCommits(repository, commitSha(heads), 1);
  expect(newest?.message).toBe("PLAY-1: carts survive a restart");
  const posted = await github.postStatus(repository, {
    sha: commitSha(heads),
    context: "holdpoint/pre-deploy",
    state: "success",
    description: "1 commit, 1 ticket",
    targetUrl: null,
  });
  expect(posted).toMatchObject({ state: "done" });
  await sandbox.settled();
  expect(received.at(-1)).toMatchObject({
    event: "status",
    payload: { sha: head, state: "success", sender: { login: "holdpoint[bot]", type: "Bot" } },
  });
});

test("what is on disk is a repository to git itself", async () => {
  const stage = openStage();
  const { sandbox, directory } = stage;
  const { id } = await openShop(stage);
  await sandbox.control.commit({
    repository: "acme/shop",
    branch: "main",
    message: "one",
    files: {
      "a/b/c.txt": "1\n",
      "a.txt": "2\n",
      "a/link": { symlink: "../a.txt" },
      run: { executable: "#!\n" },
    },
  });
  await sandbox.control.commit({
    repository: "acme/shop",
    branch: "main",
    message: "two",
    files: { "a/b/c.txt": null, "README.md": "# The shop\n" },
  });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["--git-dir", join(directory, `${id}.git`), ...args], { encoding: "utf8" });
  expect(git("fsck", "--strict", "--no-dangling")).toBe("");
  expect(git("ls-tree", "-r", "--format=%(objectmode) %(path)", "main").split("\n")).toEqual([
    "100644 README.md",
    "100644 a.txt",
    "120000 a/link",
    "100755 run",
    "",
  ]);
});

test("a branch may be called what was the folder of another", async () => {
  const stage = openStage();
  const { control } = stage.sandbox;
  const { id } = await openShop(stage);
  await control.createBranch({ repository: "acme/shop", branch: "feature/one" });
  await control.deleteBranch({ repository: "acme/shop", branch: "feature/one" });
  const { sha } = await control.createBranch({ repository: "acme/shop", branch: "feature" });
  const args = [
    "--git-dir",
    join(stage.directory, `${id}.git`),
    "for-each-ref",
    "--format=%(refname) %(objectname)",
  ];
  expect(execFileSync("git", args, { encoding: "utf8" })).toBe(
    `refs/heads/feature ${sha}\nrefs/heads/main ${sha}\n`,
  );
});
