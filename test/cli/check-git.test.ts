import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Policy } from "../../src/domain/policy.ts";
import type { CheckDocument } from "../../src/cli/check-document.ts";
import { checkLocalClone } from "../../src/cli/check-git.ts";
import { renderCheckTable } from "../../src/cli/check-table.ts";
import { WITHOUT_POLICY } from "../../src/cli/without-policy.ts";
import { ENVIRONMENT, type TestClone, makeClone } from "../adapters/git/make-clone.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

function clone(): TestClone {
  const made = makeClone();
  undo.push(made.remove);
  return made;
}

async function answer(path: string, base: string, head: string, policy: Policy | null = null) {
  return await checkLocalClone({
    path,
    base,
    head,
    policy,
    jira: null,
    offline: false,
    environment: ENVIRONMENT,
    now: new Date("2026-01-02T03:04:05Z"),
  });
}

async function check(
  path: string,
  base: string,
  head: string,
  policy: Policy | null = null,
): Promise<CheckDocument> {
  const result = await answer(path, base, head, policy);
  if (!result.ok) throw new Error(result.message);
  return result.document;
}

const PREFIXES =
  "No list of projects was given: prefixes seen at least twice in places where tickets are named count as projects.";

describe("the check of a local clone", () => {
  it("is one document with everything that goes out", async () => {
    const { path, commit } = clone();
    const base = commit("PLAY-1: live");
    const a = commit("PLAY-2: a");
    const b = commit("PLAY-3: b\n\nLike PLAY-1.");
    const c = commit(`Revert "PLAY-3: b"\n\nThis reverts commit ${b}.`);
    const d = commit("no ticket");
    expect(await check(path, base, "main")).toEqual({
      schema: "holdpoint.check/1",
      base,
      base_counts_as: null,
      head: d,
      relation: "ahead",
      ahead_by: 4,
      behind_by: 0,
      commits: 4,
      verdict: "fail",
      skipped: ["ticket-found", "ticket-fields", "ticket-status", "ticket-complete", "required-checks"],
      tickets: [
        { key: "PLAY-2", commits: [a], reverted: false },
        { key: "PLAY-3", commits: [b], reverted: true },
      ],
      mentioned: ["PLAY-1"],
      reverts: [{ sha: c, reverts: b }],
      unticketed: [{ sha: d, subject: "no ticket" }],
      exempt: [
        { sha: b, subject: "PLAY-3: b", because: "reverted" },
        { sha: c, subject: 'Revert "PLAY-3: b"', because: "revert" },
      ],
      findings: [
        {
          rule: "not-a-rollback",
          outcome: "pass",
          warning: false,
          code: "ahead",
          message: `everything live on “${base}” is in it`,
          commits: [],
          tickets: [],
        },
        {
          rule: "ticket-present",
          outcome: "fail",
          warning: false,
          code: "no-ticket",
          message: `1 commit without ticket: ${d.slice(0, 7)}`,
          commits: [d],
          tickets: [],
        },
      ],
      notes: [PREFIXES],
    });
  });

  it("passes where every commit carries a ticket, and where there is nothing new", async () => {
    const { path, commit } = clone();
    commit("PLAY-1: live");
    commit("PLAY-2: a");
    expect((await check(path, "main~1", "main")).verdict).toBe("pass");
    expect(await check(path, "main", "main")).toMatchObject({
      verdict: "pass",
      relation: "identical",
      commits: 0,
    });
  });

  it("fails where work that is live would be lost, and names it", async () => {
    const { path, git, commit } = clone();
    commit("PLAY-1: live");
    git("checkout", "--quiet", "-b", "production");
    const hotfix = commit("PLAY-9: hotfix");
    git("checkout", "--quiet", "main");
    commit("PLAY-2: a");
    expect(await check(path, "production", "main")).toMatchObject({
      relation: "diverged",
      ahead_by: 1,
      behind_by: 1,
      verdict: "fail",
      findings: [
        { rule: "not-a-rollback", code: "diverged", commits: [hotfix] },
        { rule: "ticket-present", outcome: "pass" },
      ],
    });
    expect(await check(path, "production", "main~1")).toMatchObject({ relation: "behind", verdict: "fail" });
  });

  it("counts a production branch that merges, or squashes, as being where its content is", async () => {
    const { path, git, commit } = clone();
    commit("PLAY-1: live");
    git("branch", "merged");
    git("branch", "squashed");
    const put = (name: string) => {
      git("checkout", "--quiet", "main");
      writeFileSync(join(path, "file"), name);
      git("add", "file");
      return commit(name);
    };
    const released = put("PLAY-2: released");
    git("checkout", "--quiet", "-f", "merged");
    git("merge", "--quiet", "--no-ff", "-m", "Release", "main");
    git("checkout", "--quiet", "-f", "squashed");
    git("merge", "--quiet", "--squash", "main");
    commit("Release of PLAY-2");
    const next = put("PLAY-3: next");
    for (const production of ["merged", "squashed"]) {
      const document = await check(path, production, "main");
      expect(document).toMatchObject({
        base: git("rev-parse", production),
        base_counts_as: released,
        head: next,
        relation: "ahead",
        ahead_by: 1,
        behind_by: 0,
        verdict: "pass",
        tickets: [{ key: "PLAY-3" }],
      });
      expect(document.notes[0]).toBe(
        `“${production}” has commits of its own, but its content is that of ${released.slice(0, 7)}, so it counts as being there.`,
      );
    }
  });

  it("is unknown for unrelated histories", async () => {
    const { path, git, commit } = clone();
    commit("PLAY-1: live");
    git("checkout", "--quiet", "--orphan", "stranger");
    commit("PLAY-2: a");
    expect(await check(path, "main", "stranger")).toMatchObject({
      relation: "unrelated",
      verdict: "unknown",
      tickets: [],
      findings: [{ code: "unrelated-histories" }, { code: "unrelated-histories" }],
    });
  });

  it("believes a revert of work that went live long ago", async () => {
    const { path, commit } = clone();
    const old = commit("PLAY-1: old");
    for (let n = 2; n < 12; n += 1) commit(`PLAY-${n}: more`);
    const revert = commit(`Drop it\n\nThis reverts commit ${old}.`);
    expect(await check(path, "main~1", "main")).toMatchObject({
      verdict: "pass",
      reverts: [{ sha: revert, reverts: old }],
      exempt: [{ sha: revert, because: "revert" }],
    });
  });

  it("goes by the policy that it is given, and says what a clone cannot know", async () => {
    const { path, commit } = clone();
    commit("start");
    commit("OTHER-1: a");
    commit("MINOR: b");
    const policy: Policy = {
      ...WITHOUT_POLICY,
      tickets: {
        ...WITHOUT_POLICY.tickets,
        projects: ["PLAY"],
        require: "pull-request",
        exempt: { authors: ["robot"], subjects: ["MINOR"] },
      },
    };
    const document = await check(path, "main~2", "main", policy);
    expect(document.unticketed.map(({ subject }) => subject)).toEqual(["OTHER-1: a"]);
    expect(document.exempt.map(({ subject, because }) => [subject, because])).toEqual([
      ["MINOR: b", "subject"],
    ]);
    expect(document.notes).toEqual([
      "A local clone knows no pull requests: require: pull-request was treated as commit.",
      "Exempt authors were compared with author names, which anybody can write: in a local clone they are unproven.",
    ]);
  });

  it.each<readonly [string, string, string, string]>([
    [
      "unknown-ref",
      "nowhere",
      "main",
      "There is no “nowhere” in “PATH”. Give --base a branch, a tag or a commit that is there; holdpoint never fetches, so run git fetch first where it is new.",
    ],
    [
      "not-a-commit",
      "main",
      "main^{tree}",
      "“main^{tree}” is no commit. Give --head a branch, a tag or a commit.",
    ],
    [
      "ambiguous-ref",
      "main",
      "both",
      "“both” is ambiguous. Give --head the full name, such as refs/heads/both or refs/tags/both, or the whole sha.",
    ],
  ])("refuses with a sentence: %s", async (code, base, head, sentence) => {
    const { path, git, commit } = clone();
    commit("a");
    git("branch", "both");
    git("tag", "both");
    const result = await answer(path, base, head);
    expect(result.ok ? "" : [result.refusal.code, result.message.replace(path, "PATH")]).toEqual([
      code,
      sentence,
    ]);
  });
});

describe("the table", () => {
  it("shows discrepancies first, then what goes out; strangers' text cannot move the cursor", async () => {
    const { path, git, commit } = clone();
    commit("PLAY-1: live");
    git("checkout", "--quiet", "-b", "production");
    commit("PLAY-9: hotfix");
    git("checkout", "--quiet", "main");
    commit("PLAY-2: a\u0007");
    commit("\u001B[2J\u202Ewipe 日本語 the screen\u0000".replace("\u0000", ""));
    const document = await check(path, "production", "main");
    const short = new Map(
      [
        ...document.unticketed,
        ...document.tickets.flatMap(({ commits }) => commits.map((sha) => ({ sha }))),
      ].map(({ sha }, n) => [sha.slice(0, 7), `commit${n}`]),
    );
    const text = [...short].reduce(
      (all, [sha, name]) => all.replaceAll(sha, name),
      renderCheckTable(document, { columns: 100, colour: false, rows: 10 }),
    );
    expect(text.replaceAll(/[0-9a-f]{7}(?=\.\.|\b)/g, "SHA____")).toBe(
      [
        "SHA____..commit0  diverged: 2 commits would go out, 1 would be lost",
        "FAIL: it must not go out like this",
        "",
        "  fail     not-a-rollback    would take 1 commit away from “production”: SHA____",
        "  fail     ticket-present    1 commit without ticket: commit0",
        "  not asked here: ticket-found, ticket-fields, ticket-status, ticket-complete, required-checks",
        "",
        "1 commit without ticket",
        "  commit0  �[2J�wipe 日本語 the screen",
        "",
        "1 ticket",
        "  PLAY-2          1 commit",
        "",
        PREFIXES,
        "",
      ].join("\n"),
    );
  });

  it("cuts long lists and says so, and colours only when told to", async () => {
    const { path, commit } = clone();
    commit("start");
    for (let n = 0; n < 4; n += 1)
      commit(`change ${n} with a subject that is far too long for the width of the terminal`);
    const document = await check(path, "main~4", "main");
    const lines = renderCheckTable(document, { columns: 60, colour: true, rows: 3 }).split("\n");
    expect(lines).toContain("  … and 1 more; --json lists all");
    expect(lines[1]).toBe("\u001B[31mFAIL: it must not go out like this\u001B[0m");
    expect(
      lines
        .filter((line) => line.includes("change"))
        .every((line) => line.length <= 60 && line.endsWith("…")),
    ).toBe(true);
  });
});
