import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readLocalChangeSet } from "../../../src/adapters/git/read-local-change-set.ts";
import { readLiveCommits } from "../../../src/adapters/git/read-live-commits.ts";
import { ENVIRONMENT, type TestClone, gitIn, makeClone, makeFolder } from "./make-clone.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

function clone(...options: readonly string[]): TestClone {
  const made = makeClone(...options);
  undo.push(made.remove);
  return made;
}

function folder(): string {
  const made = makeFolder();
  undo.push(made.remove);
  return made.path;
}

async function read(path: string, base: string, head: string, environment: NodeJS.ProcessEnv = ENVIRONMENT) {
  return await readLocalChangeSet({ path, base, head, environment });
}

/** The range, or a failed test. */
async function range(path: string, base: string, head: string) {
  const answer = await read(path, base, head);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer;
}

async function refusal(
  path: string,
  base: string,
  head: string,
  environment: NodeJS.ProcessEnv = ENVIRONMENT,
) {
  const answer = await read(path, base, head, environment);
  return answer.ok ? "read" : answer.refusal;
}

/** main: a, b; side from a: s; main merges side: m. */
function withMerge(): TestClone & { readonly shas: Readonly<Record<"a" | "b" | "s" | "m", string>> } {
  const made = clone();
  const a = made.commit("PLAY-1: a");
  made.git("checkout", "--quiet", "-b", "side");
  const s = made.commit("PLAY-2: s");
  made.git("checkout", "--quiet", "main");
  const b = made.commit("PLAY-3: b");
  made.git("merge", "--quiet", "--no-ff", "-m", "Merge branch 'side'", "side");
  return { ...made, shas: { a, b, s, m: made.git("rev-parse", "HEAD") } };
}

describe("what a local clone tells of a range", () => {
  it("is every commit after its parents, oldest first, with what belongs to it", async () => {
    const { path, git, shas } = withMerge();
    const { changeSet } = await range(path, shas.a, "main");
    expect(changeSet.commits.map(({ sha }) => sha).toSorted()).toEqual([shas.b, shas.s, shas.m].toSorted());
    expect(changeSet.commits.at(-1)).toEqual({
      sha: shas.m,
      parents: [shas.b, shas.s],
      tree: git("rev-parse", "main^{tree}"),
      message: "Merge branch 'side'",
      author: { login: null, name: "octocat", proven: false },
      committedAt: "2026-01-02T03:04:05+02:00",
      ownChange: "none",
    });
    expect({ ...changeSet, commits: [] }).toEqual({
      base: shas.a,
      head: shas.m,
      relation: "ahead",
      aheadBy: 3,
      behindBy: 0,
      commits: [],
      lost: [],
      mergeBase: { sha: shas.a, tree: git("rev-parse", `${shas.a}^{tree}`) },
      pullRequests: new Map(),
      knowsPullRequests: false,
    });
  });

  it.each<readonly [string, string, string, number, number]>([
    ["identical", "main", "main", 0, 0],
    ["ahead", "main~1", "main", 1, 0],
    ["behind", "main", "main~1", 0, 1],
    ["diverged", "left", "right", 1, 2],
    ["unrelated", "main", "stranger", 1, 2],
  ])("stands in the relation %s", async (relation, base, head, ahead, behind) => {
    const { path, git, commit } = clone();
    commit("a");
    commit("b");
    git("checkout", "--quiet", "-b", "left", "main~1");
    commit("l1");
    commit("l2");
    git("checkout", "--quiet", "-b", "right", "main~1");
    commit("r");
    git("checkout", "--quiet", "--orphan", "stranger");
    commit("s");
    const { changeSet } = await range(path, base, head);
    expect([changeSet.relation, changeSet.aheadBy, changeSet.behindBy]).toEqual([relation, ahead, behind]);
    expect([changeSet.commits.length, changeSet.lost.length]).toEqual([ahead, behind]);
  });

  it("names what going out would take away, and where the two parted", async () => {
    const { path, git, commit } = clone();
    const a = commit("a");
    commit("b");
    git("checkout", "--quiet", "-b", "other", a);
    commit("hotfix");
    const { changeSet, live } = await range(path, "other", "main");
    expect(changeSet.lost.map(({ message }) => message)).toEqual(["hotfix"]);
    expect(changeSet.mergeBase?.sha).toBe(a);
    expect(live.map(({ message }) => message)).toEqual(["hotfix", "a"]);
  });

  it.each(["main", "refs/heads/main", "v1", "refs/tags/v1", "HEAD", "HEAD~0", "v1^{commit}", ":/second"])(
    "is asked for by %s",
    async (ref) => {
      const { path, git, commit } = clone();
      commit("first");
      const second = commit("second");
      git("tag", "-a", "-m", "one", "v1");
      expect((await range(path, "main~1", ref)).changeSet.head).toBe(second);
    },
  );

  it("is asked for by a short sha", async () => {
    const { path, commit } = clone();
    const a = commit("a");
    expect((await range(path, a.slice(0, 8), a)).changeSet.base).toBe(a);
  });

  it("is the same from the work tree, its git folder, a bare clone, a link and a linked work tree", async () => {
    const { path, git, shas } = withMerge();
    const bare = join(folder(), "bare.git");
    git("clone", "--quiet", "--bare", ".", bare);
    const link = join(folder(), "link");
    symlinkSync(path, link);
    const linked = join(folder(), "linked");
    git("worktree", "add", "--quiet", "--detach", linked);
    for (const place of [path, join(path, ".git"), bare, link, linked]) {
      expect((await range(place, shas.a, shas.m)).changeSet.aheadBy).toBe(3);
    }
  });

  it("has messages in any encoding, with any line ends, of any length, or none", async () => {
    const { path, git, commit } = clone();
    commit("start");
    commit("PLAY-1: a\r\n\r\nb\r\n");
    commit("");
    commit(`PLAY-2: long\n\n${"x".repeat(300_000)}`.slice(0, 100_000));
    git(
      "-c",
      "i18n.commitEncoding=ISO-8859-1",
      "commit",
      "--quiet",
      "--allow-empty",
      "-F",
      latin1(path, "PLAY-3: Gr\u00fc\u00dfe"),
    );
    // Git itself would mend this one while committing; other tools have written such commits.
    const raw = git("cat-file", "commit", "HEAD")
      .replace(/^encoding .*\n/m, "")
      .replace("PLAY-3: Gr", "PLAY-4: Gr\u00fc");
    const broken = execFileSync("git", ["hash-object", "-t", "commit", "-w", "--stdin"], {
      cwd: path,
      env: ENVIRONMENT,
      input: Buffer.from(
        raw
          .replace(/^parent .*$/m, `parent ${git("rev-parse", "HEAD")}`)
          .replace(/PLAY-4.*$/s, "PLAY-4: caf\u00e9\n"),
        "latin1",
      ),
    });
    git("reset", "--quiet", "--soft", broken.toString().trim());
    const { changeSet } = await range(path, "main~5", "main");
    expect(changeSet.commits.map(({ message }) => message.slice(0, 16))).toEqual([
      "PLAY-1: a\r\n\r\nb",
      "",
      "PLAY-2: long\n\nxx",
      "PLAY-3: Grüße",
      "PLAY-4: caf�",
    ]);
  });

  it("has authors as they stand in the commits, whatever a mailmap says", async () => {
    const { path, commit } = clone();
    commit("a");
    commit("b");
    writeFileSync(join(path, ".mailmap"), "Somebody Else <octocat@example.org>\n");
    expect((await range(path, "main~1", "main")).changeSet.commits[0]?.author.name).toBe("octocat");
  });

  it("has history as it is, whatever was replaced or grafted", async () => {
    const { path, git, commit } = clone();
    const a = commit("a");
    commit("b");
    const c = commit("c");
    git("replace", "--graft", c, a);
    writeFileSync(join(path, ".git", "info", "grafts"), `${c} ${a}\n`);
    expect((await range(path, a, c)).changeSet.aheadBy).toBe(2);
  });

  it("tells merges with a change of their own from those without", async () => {
    const { path, git } = clone();
    const put = (text: string, message: string) => {
      writeFileSync(join(path, "file"), text);
      git("add", "file");
      git("commit", "--quiet", "-m", message);
    };
    put("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "base");
    git("checkout", "--quiet", "-b", "side");
    put("1\n2\n3\n4\n5\n6\n7\n8\nside\n", "side");
    git("checkout", "--quiet", "main");
    put("main\n2\n3\n4\n5\n6\n7\n8\n9\n", "main");
    git("merge", "--quiet", "--no-ff", "-m", "clean", "side");
    git("checkout", "--quiet", "-b", "evil", "main~1");
    git("merge", "--quiet", "--no-commit", "side");
    put("main\n2\n3\n4\nevil\n6\n7\n8\nside\n", "evil");
    const own = async (head: string) =>
      (await range(path, "main~1", head)).changeSet.commits.at(-1)?.ownChange;
    expect([await own("main"), await own("evil")]).toEqual(["none", "some"]);
  });

  it("does not run what a clone's settings name, and takes no lock", async () => {
    const { path, git, shas } = withMerge();
    const trap = join(path, "trap");
    writeFileSync(trap, `#!/bin/sh\ntouch '${path}/sprung'\n`);
    chmodSync(trap, 0o755);
    for (const name of [
      "core.fsmonitor",
      "core.pager",
      "diff.external",
      "gpg.program",
      "core.alternateRefsCommand",
      "core.editor",
    ]) {
      git("config", name, trap);
    }
    git("config", "log.showSignature", "true");
    writeFileSync(join(path, ".git", "index.lock"), "");
    expect((await range(path, shas.a, "main")).changeSet.aheadBy).toBe(3);
    expect(readdirSync(path)).not.toContain("sprung");
  });

  it("is not moved to another clone by the environment it is asked from", async () => {
    const { path, shas } = withMerge();
    const other = clone();
    other.commit("other");
    const environment = {
      ...ENVIRONMENT,
      GIT_DIR: join(other.path, ".git"),
      GIT_WORK_TREE: other.path,
      GIT_INDEX_FILE: "/nowhere",
    };
    expect(await read(path, shas.a, "main", environment)).toMatchObject({
      ok: true,
      changeSet: { aheadBy: 3 },
    });
  });

  it("is whole for 10,000 commits", async () => {
    const { path, git } = clone();
    const stream = Array.from({ length: 10_001 }, (_, n) =>
      [
        "commit refs/heads/main",
        `mark :${n + 1}`,
        `committer Bob <bob@example.org> ${1_700_000_000 + n} +0000`,
        `data ${Buffer.byteLength(`PLAY-${n + 1}: change`)}`,
        `PLAY-${n + 1}: change`,
        ...(n === 0 ? [] : [`from :${n}`]),
        "",
      ].join("\n"),
    ).join("\n");
    execFileSync("git", ["fast-import", "--quiet"], {
      cwd: path,
      env: ENVIRONMENT,
      input: `${stream}\ndone\n`,
    });
    const { changeSet } = await range(path, git("rev-list", "--max-parents=0", "main"), "main");
    expect(changeSet.commits.length).toBe(10_000);
    expect(changeSet.commits.at(-1)?.message).toBe("PLAY-10001: change");
  });
});

describe("live commits that a revert names", () => {
  it("are those that the base has, by whole or short sha", async () => {
    const { path, git, commit } = clone();
    const a = commit("a");
    const b = commit("b");
    git("checkout", "--quiet", "-b", "side");
    const s = commit("s");
    const opened = await range(path, b, s);
    const live = await readLiveCommits(opened.clone, opened.changeSet.base, [
      a.slice(0, 9),
      s,
      "f".repeat(40),
      "nonsense",
    ]);
    expect(live.map(({ sha }) => sha)).toEqual([a]);
  });
});

describe("what stands in the way is a refusal with its own code", () => {
  it("no-such-folder: a path that is not there, or is a file", async () => {
    const path = folder();
    writeFileSync(join(path, "file"), "");
    expect(await refusal(join(path, "nowhere"), "a", "b")).toMatchObject({ code: "no-such-folder" });
    expect(await refusal(join(path, "file"), "a", "b")).toMatchObject({ code: "no-such-folder" });
  });

  it("not-a-clone: any other folder, also one inside a clone", async () => {
    const { path, commit } = clone();
    commit("a");
    mkdirSync(join(path, "inside"));
    expect(await refusal(folder(), "main", "main")).toMatchObject({ code: "not-a-clone" });
    expect(await refusal(join(path, "inside"), "main", "main")).toMatchObject({ code: "not-a-clone" });
  });

  it.each<readonly [string, string, string, object]>([
    ["no such branch", "nowhere", "main", { code: "unknown-ref", ref: "nowhere", role: "base" }],
    ["no such head", "main", "nowhere", { code: "unknown-ref", ref: "nowhere", role: "head" }],
    ["an option", "main", "--all", { code: "unknown-ref", ref: "--all", role: "head" }],
    [
      "an option with a value",
      "--output=/tmp/holdpoint-pwned",
      "main",
      { code: "unknown-ref", role: "base" },
    ],
    ["nothing", "", "main", { code: "unknown-ref", role: "base" }],
    ["a line break", "main\nHEAD", "main", { code: "unknown-ref", role: "base" }],
    ["a range", "main..main", "main", { code: "unknown-ref", role: "base" }],
    ["a sha that is nowhere", "f".repeat(40), "main", { code: "unknown-ref", role: "base" }],
    ["a tree", "main", "main^{tree}", { code: "not-a-commit", ref: "main^{tree}", role: "head" }],
    ["a file", "main:file", "main", { code: "not-a-commit", role: "base" }],
    ["a tag of a tree", "tree-tag", "main", { code: "not-a-commit", role: "base" }],
    ["a branch and a tag of one name", "main", "both", { code: "ambiguous-ref", ref: "both", role: "head" }],
  ])("for a ref: %s", async (_, base, head, expected) => {
    const { path, git, commit } = clone();
    writeFileSync(join(path, "file"), "text");
    git("add", "file");
    commit("a");
    git("tag", "tree-tag", "main^{tree}");
    git("branch", "both");
    git("tag", "both");
    expect(await refusal(path, base, head)).toMatchObject(expected);
  });

  it("an empty clone has no ref at all", async () => {
    expect(await refusal(clone().path, "main", "HEAD")).toMatchObject({ code: "unknown-ref", ref: "main" });
  });

  it("shallow-clone: where the range reaches where history was cut off, and only there", async () => {
    const { path, commit } = clone();
    for (const name of ["a", "b", "c", "d", "e"]) commit(name);
    const cut = join(folder(), "cut");
    gitIn(path)("clone", "--quiet", "--depth", "3", `file://${path}`, cut);
    expect((await range(cut, "HEAD~1", "HEAD")).changeSet.aheadBy).toBe(1);
    expect((await range(cut, "HEAD~2", "HEAD")).changeSet.aheadBy).toBe(2);
    const git = gitIn(cut);
    git("checkout", "--quiet", "--orphan", "stranger");
    git("commit", "--quiet", "--allow-empty", "-m", "x");
    expect(await refusal(cut, "HEAD", "origin/main")).toMatchObject({ code: "shallow-clone" });
  });

  it("shallow-clone: two branches that were cut off before they met", async () => {
    const { path, git, commit } = clone();
    commit("a");
    commit("b");
    git("checkout", "--quiet", "-b", "side");
    commit("s");
    git("checkout", "--quiet", "main");
    commit("c");
    const cut = join(folder(), "cut");
    gitIn(path)("clone", "--quiet", "--depth", "1", "--no-single-branch", `file://${path}`, cut);
    expect(await refusal(cut, "origin/side", "origin/main")).toMatchObject({ code: "shallow-clone" });
  });

  it("a partial clone without files is read without them, and nothing is fetched", async () => {
    const source = clone();
    source.git("config", "uploadpack.allowFilter", "true");
    const put = (text: string) => {
      writeFileSync(join(source.path, "file"), text);
      source.git("add", "file");
      return source.commit(text);
    };
    put("a");
    source.git("checkout", "--quiet", "-b", "side");
    put("s");
    source.git("checkout", "--quiet", "main");
    put("b");
    source.git("merge", "--quiet", "--strategy=ours", "--no-commit", "side");
    put("m");
    const partial = join(folder(), "partial");
    source.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", `file://${source.path}`, partial);
    const before = objects(partial);
    const { changeSet } = await range(partial, "HEAD~1", "HEAD");
    expect(changeSet.commits.map(({ message, ownChange }) => [message, ownChange])).toEqual([
      ["s", "some"],
      ["m", "unknown"],
    ]);
    expect(objects(partial)).toEqual(before);
  });

  it("partial-clone: where commits are missing that would have to be fetched", async () => {
    const source = clone();
    source.git("config", "uploadpack.allowFilter", "true");
    const a = source.commit("a");
    const b = source.commit("b");
    source.commit("c");
    const partial = join(folder(), "partial");
    source.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", `file://${source.path}`, partial);
    loosen(partial);
    removeObject(partial, b);
    const before = objects(partial);
    expect(await refusal(partial, a, "HEAD")).toMatchObject({ code: "partial-clone" });
    expect(objects(partial)).toEqual(before);
  });

  it("corrupt: where a commit of the range is gone", async () => {
    const { path, commit } = clone();
    const a = commit("a");
    const b = commit("b");
    commit("c");
    removeObject(path, b);
    const found = await refusal(path, a, "main");
    expect(found).toMatchObject({ code: "corrupt" });
    expect(JSON.stringify(found)).toContain(b);
  });

  it.runIf(process.getuid?.() === 0)(
    "owned-by-somebody-else: git's own protection is not gone round",
    async () => {
      const { path, git, commit } = clone();
      commit("a");
      execFileSync("chown", ["-R", "65534", path]);
      expect(await refusal(path, "main", "main")).toMatchObject({ code: "owned-by-somebody-else" });
      // The mend that the sentence names works.
      const settings = join(folder(), "gitconfig");
      writeFileSync(settings, `[safe]\n\tdirectory = ${path}\n`);
      expect(await refusal(path, "main", "main", { ...ENVIRONMENT, GIT_CONFIG_GLOBAL: settings })).toBe(
        "read",
      );
      execFileSync("chown", ["-R", "0", path]);
      expect(git("rev-parse", "--is-bare-repository")).toBe("false");
    },
  );

  it("git-not-installed, where the PATH has none", async () => {
    const { path } = clone();
    expect(await refusal(path, "main", "main", { ...ENVIRONMENT, PATH: folder() })).toMatchObject({
      code: "git-not-installed",
    });
  });

  it("none, when it was stopped: that is not the clone's fault", async () => {
    const { path } = clone();
    const signal = AbortSignal.abort(new Error("stopped"));
    const asked = readLocalChangeSet({ path, base: "main", head: "main", environment: ENVIRONMENT, signal });
    await expect(asked).rejects.toThrow("stopped");
  });

  it("git-too-old, where it does not know what is asked of it", async () => {
    const old = folder();
    writeFileSync(
      join(old, "git"),
      '#!/bin/sh\ncase "$*" in *version) echo "git version 2.11.0";; *) echo "usage: git" >&2; exit 129;; esac\n',
      { mode: 0o755 },
    );
    const { path } = clone();
    expect(
      await refusal(path, "main", "main", { ...ENVIRONMENT, PATH: `${old}:/bin:/usr/bin` }),
    ).toMatchObject({
      code: "git-too-old",
      version: "2.11.0",
    });
  });
});

/** A file with the text in ISO 8859-1; its path for `git commit -F`. */
function latin1(path: string, text: string): string {
  const file = join(path, ".git", "MESSAGE");
  writeFileSync(file, Buffer.from(text, "latin1"));
  return file;
}

function objects(path: string): string {
  return gitIn(path)("count-objects", "-v");
}

/** Takes the objects out of their packs, so that single ones can be removed. */
function loosen(path: string): void {
  const packs = join(path, ".git", "objects", "pack");
  const aside = join(path, ".git", "aside");
  mkdirSync(aside);
  for (const name of readdirSync(packs)) execFileSync("mv", [join(packs, name), aside]);
  for (const name of readdirSync(aside).filter((one) => one.endsWith(".pack"))) {
    execFileSync("sh", ["-c", `git unpack-objects -q < '${join(aside, name)}'`], {
      cwd: path,
      env: ENVIRONMENT,
    });
  }
}

function removeObject(path: string, sha: string): void {
  rmSync(join(path, ".git", "objects", sha.slice(0, 2), sha.slice(2)), { force: true });
}
