import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { runCommitMessageHook } from "../../src/cli/commit-message-hook.ts";
import { installHook } from "../../src/cli/install-hook.ts";
import { ENVIRONMENT, type TestClone, makeClone, makeFolder } from "../adapters/git/make-clone.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

function clone(): TestClone {
  const made = makeClone();
  undo.push(made.remove);
  return made;
}

const POLICY = {
  projects: ["PLAY"],
  require: "commit",
  exempt: { authors: [], subjects: ["MINOR"] },
} as const;

async function judge(
  message: string,
  policy: Parameters<typeof runCommitMessageHook>[0]["policy"] = null,
  settings: readonly string[] = [],
) {
  const { path, git } = clone();
  for (const setting of settings) git("config", ...setting.split("="));
  const file = join(path, ".git", "COMMIT_EDITMSG");
  writeFileSync(file, message);
  const { stderr, ...rest } = await runCommitMessageHook({
    file,
    folder: path,
    policy,
    environment: ENVIRONMENT,
  });
  return { ...rest, stderr: stderr.replaceAll(path, "CLONE") };
}

describe("holdpoint hook commit-msg", () => {
  it.each<readonly [string, 0 | 1]>([
    ["PLAY-1: text", 0],
    ["text\n\nJira: PLAY-1", 0],
    ["feat: text (PLAY-1)", 0],
    ["text", 1],
    ["see PLAY-1", 1],
    ["play-1: text", 1],
    ["UTF-8 everywhere", 1],
    ["# PLAY-1: only a comment\ntext", 1],
    ["text\n# Please enter the commit message\n# On branch PLAY-1-cache", 1],
    ["text\n# ------------------------ >8 ------------------------\nPLAY-1: the diff", 1],
    ["PLAY-1: text\n# ------------------------ >8 ------------------------\ndiff", 0],
    ["\n\nPLAY-1: text\n", 0],
    ["PLAY-1: text\r\n\r\nmore\r\n", 0],
    ["", 0],
    ["# only comments\n#\n", 0],
    ["fixup! text", 0],
    ["squash! text", 0],
    ["amend! text", 0],
    ["fixup text", 1],
    ["Merge branch 'side'", 0],
    ["Merge pull request #1 from octocat/cache", 0],
    ["Merge the caches", 1],
    ['Revert "text"\n\nThis reverts commit 0123456789012345678901234567890123456789.', 0],
    ['Revert "text"', 0],
    ['Reapply "text"', 0],
    ["Revert the cache", 1],
  ])("%j: %d", async (message, exitCode) => {
    expect((await judge(message)).exitCode).toBe(exitCode);
  });

  it.each<readonly [string, 0 | 1]>([
    ["PLAY-1: text", 0],
    ["OPS-1: text", 1],
    ["MINOR: text", 0],
    ["MINORITY report", 1],
  ])("goes by the policy's projects and exempt subjects: %j: %d", async (message, exitCode) => {
    expect((await judge(message, POLICY)).exitCode).toBe(exitCode);
  });

  it("asks for nothing where the policy asks for nothing", async () => {
    expect((await judge("text", { ...POLICY, require: "off" })).exitCode).toBe(0);
  });

  it("says what is missing and how to add it", async () => {
    expect(await judge("add a cache\u001B[2J")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: [
        "holdpoint: “add a cache�[2J” names no ticket.",
        "  Begin the subject with it (“PLAY-123: what it does”), or add a line “Jira: PLAY-123”.",
        "  The message decides, not the branch's name. Your text is kept: git commit -e -F CLONE/.git/COMMIT_EDITMSG",
        "",
      ].join("\n"),
    });
    expect((await judge("clean up after PLAY-7 and UTF-8", POLICY)).stderr.split("\n").slice(0, 2)).toEqual([
      "holdpoint: “clean up after PLAY-7 and UTF-8” only mentions PLAY-7, which is not where a ticket of PLAY is named.",
      "  Begin the subject with it (“PLAY-7: what it does”), or add a line “Jira: PLAY-7”.",
    ]);
  });

  it("knows another comment character", async () => {
    expect((await judge("; PLAY-1: a comment\n#PLAY-2: text", null, ["core.commentChar=;"])).exitCode).toBe(
      0,
    );
    expect((await judge("; PLAY-1: a comment\ntext", null, ["core.commentChar=;"])).exitCode).toBe(1);
  });

  it("lets a merge be committed whatever its message, and only while it is one", async () => {
    const { path } = clone();
    const file = join(path, ".git", "COMMIT_EDITMSG");
    writeFileSync(file, "bring the caches together");
    writeFileSync(join(path, ".git", "MERGE_HEAD"), `${"a".repeat(40)}\n`);
    expect(
      (await runCommitMessageHook({ file, folder: path, policy: null, environment: ENVIRONMENT })).exitCode,
    ).toBe(0);
  });

  it("says that it could not, where there is no such file", async () => {
    const { path } = clone();
    const file = join(path, "nowhere");
    expect(
      await runCommitMessageHook({ file, folder: path, policy: null, environment: ENVIRONMENT }),
    ).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `holdpoint: cannot read the commit message in “${file}” (ENOENT). Git passes its path as the hook's first argument.\n`,
    });
  });
});

describe("holdpoint hook install", () => {
  const script = resolve(import.meta.dirname, "../../src/cli/holdpoint.ts");
  const install = async (path: string) =>
    await installHook({ path, command: [process.execPath, script], environment: ENVIRONMENT });

  it("makes git itself refuse a commit without a ticket", async () => {
    const { path, git } = clone();
    const file = join(path, ".git", "hooks", "commit-msg");
    expect(await install(path)).toEqual({
      exitCode: 0,
      stdout: `Installed ${file}. From now on git refuses commit messages without a ticket there; git commit --no-verify goes past it once.\n`,
      stderr: "",
    });
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(() => git("commit", "--quiet", "--allow-empty", "-m", "no ticket")).toThrow(/names no ticket/);
    git("commit", "--quiet", "--allow-empty", "-m", "PLAY-1: text");
    expect(git("log", "--format=%s")).toBe("PLAY-1: text");
  });

  it("goes by the policy of the work tree, and is not stopped by a broken one", async () => {
    const { path, git } = clone();
    await install(path);
    mkdirSync(join(path, ".github"));
    const policy = join(path, ".github", "holdpoint.yml");
    writeFileSync(policy, "tickets:\n  projects: [PLAY]\n");
    expect(() => git("commit", "--quiet", "--allow-empty", "-m", "OPS-1: text")).toThrow(
      /names no ticket of PLAY/,
    );
    writeFileSync(policy, "tickets: [\n");
    git("commit", "--quiet", "--allow-empty", "-m", "OPS-1: repair the policy");
    expect(git("log", "--format=%s")).toBe("OPS-1: repair the policy");
  });

  it("goes where core.hooksPath says, and into a linked work tree's clone", async () => {
    const { path, git, commit } = clone();
    commit("start");
    const { path: elsewhere, remove } = makeFolder();
    undo.push(remove);
    const linked = join(elsewhere, "linked");
    git("worktree", "add", "--quiet", "--detach", linked);
    expect((await install(linked)).stdout).toContain(join(path, ".git", "hooks", "commit-msg"));
    git("config", "core.hooksPath", "tools/hooks");
    expect((await install(path)).exitCode).toBe(0);
    expect(existsSync(join(path, "tools", "hooks", "commit-msg"))).toBe(true);
  });

  it("brings its own hook up to date", async () => {
    const { path } = clone();
    const file = join(path, ".git", "hooks", "commit-msg");
    await install(path);
    await installHook({ path, command: ["/gone/node", "/gone/it's.js"], environment: ENVIRONMENT });
    expect(readFileSync(file, "utf8")).toContain(String.raw`[ -f '/gone/it'\''s.js' ]`);
    expect(await install(path)).toMatchObject({
      exitCode: 0,
      stdout: `${file} was installed by holdpoint before and is up to date now.\n`,
    });
    expect(readFileSync(file, "utf8")).toContain(script);
    expect(statSync(file).mode & 0o777).toBe(0o755);
  });

  it.each(["a file", "a link"])(
    "leaves somebody else's hook as it is, and says what to add: %s",
    async (kind) => {
      const { path } = clone();
      const file = join(path, ".git", "hooks", "commit-msg");
      mkdirSync(join(path, ".git", "hooks"), { recursive: true });
      const text = "#!/bin/sh\nexit 0\n";
      if (kind === "a file") writeFileSync(file, text);
      else {
        writeFileSync(join(path, "theirs"), text);
        symlinkSync(join(path, "theirs"), file);
      }
      chmodSync(file, 0o755);
      expect(await install(path)).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: `holdpoint: there is another commit-msg hook already, ${file}, and it was left as it is. Add this line to it:\n  holdpoint hook commit-msg "$1" || exit 1\n`,
      });
      expect(readFileSync(file, "utf8")).toBe(text);
    },
  );

  it("refuses a folder that is no clone", async () => {
    const { path, remove } = makeFolder();
    undo.push(remove);
    expect(await install(path)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `“${path}” is no git clone. Give the top folder of a clone, its .git folder, or a bare clone.\n`,
    });
  });
});
