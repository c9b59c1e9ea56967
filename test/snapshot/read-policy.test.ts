import { describe, expect, test } from "vitest";
import { isCommitSha } from "../../src/domain/brands.ts";
import type { Reading } from "../../src/domain/model.ts";
import type { FileAtCommit } from "../../src/ports/repository.ts";
import { readPolicy } from "../../src/snapshot/read-policy.ts";
import type { StoredPolicy } from "../../src/store/policy.ts";

const MISSING: Reading<FileAtCommit> = { state: "missing", detail: "no such file" };
const UNREADABLE: Reading<FileAtCommit> = {
  state: "unknown",
  because: "github-unreachable",
  detail: "502",
  retryAt: null,
};

const LINK: Reading<FileAtCommit> = {
  state: "unknown",
  because: "policy-unreadable",
  detail: "a symbolic link",
  retryAt: null,
};

function file(text: string, sha = NEW): Reading<FileAtCommit> {
  if (!isCommitSha(sha)) throw new Error(sha);
  return { state: "known", value: { text, sha } };
}

function remembered(change: Partial<StoredPolicy>): StoredPolicy {
  return { text: null, sha: null, organisationText: null, organisationSha: null, ...change };
}

const NEW = "1".repeat(40);
const OLD_SHA = "2".repeat(40);
const ORGANISATION = "3".repeat(40);
const OLDER = "4".repeat(40);

const GOOD = "tickets: { projects: [PLAY] }\n";
const OLD = "tickets: { projects: [OLD] }\n";
const BROKEN = "tickets: { project: [PLAY] }\n";

describe("REL-68: which policy is in force", () => {
  test("no file anywhere: none, and the last good one is forgotten", () => {
    const read = readPolicy(
      { policyFile: MISSING, organisationPolicyFile: MISSING },
      remembered({ text: OLD, sha: OLD_SHA }),
    );
    expect(read).toEqual({ state: { state: "none" }, memory: { kind: "forget" } });
  });

  test("a good file is in force at the commit it was read at, and remembered", () => {
    const read = readPolicy({ policyFile: file(GOOD), organisationPolicyFile: MISSING }, null);
    expect(read.state).toMatchObject({
      state: "in-force",
      stale: "no",
      source: { sha: NEW, organisationSha: null },
      policy: { tickets: { projects: ["PLAY"] } },
    });
    expect(read.memory).toEqual({ kind: "keep", policy: remembered({ text: GOOD, sha: NEW }) });
  });

  test("an invalid file: the last good one stays, with the line that is wrong", () => {
    const read = readPolicy(
      { policyFile: file(BROKEN), organisationPolicyFile: MISSING },
      remembered({ text: OLD, sha: OLD_SHA }),
    );
    expect(read.state).toMatchObject({
      state: "in-force",
      stale: "invalid",
      source: { sha: OLD_SHA },
      policy: { tickets: { projects: ["OLD"] } },
      problems: [{ line: 1, column: 12, path: "tickets.project" }],
    });
    expect(read.memory).toMatchObject({ kind: "note", stale: "invalid" });
  });

  test("an unreadable file: the last good one stays, never “no rules”", () => {
    const read = readPolicy(
      { policyFile: UNREADABLE, organisationPolicyFile: MISSING },
      remembered({ text: OLD, sha: OLD_SHA }),
    );
    expect(read.state).toMatchObject({
      state: "in-force",
      stale: "unreadable",
      source: { sha: OLD_SHA },
      problems: [
        {
          message:
            "The file could not be read (502). What was last read stays in force; it is tried again at the next change and every few minutes.",
        },
      ],
    });
  });

  test.each([
    ["an invalid file", file(BROKEN), "invalid"],
    ["an unreadable file", UNREADABLE, "unreadable"],
  ] as const)("%s that never was good is unusable, not absent", (_, policyFile, stale) => {
    const read = readPolicy({ policyFile, organisationPolicyFile: MISSING }, null);
    expect(read.state).toMatchObject({ state: "unusable", why: stale });
    expect(read.memory).toMatchObject({ kind: "note", stale });
  });

  test.each([
    ["an invalid file of its own", file(BROKEN), MISSING, true],
    ["an invalid file of its own under invalid defaults", file(BROKEN), file(BROKEN, ORGANISATION), true],
    ["a symbolic link in the file's place", LINK, MISSING, true],
    ["nobody knows what, GitHub being away", UNREADABLE, MISSING, false],
    ["none of its own under invalid defaults", MISSING, file(BROKEN, ORGANISATION), false],
    ["none of its own under unreadable defaults", MISSING, UNREADABLE, false],
  ] as const)(
    "whether it uses Holdpoint: a repository with %s",
    (_, policyFile, organisationPolicyFile, own) => {
      const { state } = readPolicy({ policyFile, organisationPolicyFile }, null);
      expect(state).toMatchObject({ state: "unusable", ownFile: own });
    },
  );

  test("a problem of the organisation's file says whose it is", () => {
    const { state } = readPolicy(
      { policyFile: file(BROKEN), organisationPolicyFile: file(BROKEN, ORGANISATION) },
      null,
    );
    const files = state.state === "unusable" ? state.problems.map((problem) => problem.file) : [];
    expect(files).toEqual([undefined, "organisation"]);
  });

  test("the organisation's defaults stand under the repository's file", () => {
    const read = readPolicy(
      { policyFile: file("mode: observe\n"), organisationPolicyFile: file(GOOD, ORGANISATION) },
      null,
    );
    expect(read.state).toMatchObject({
      source: { sha: NEW, organisationSha: ORGANISATION },
      policy: { mode: "observe", tickets: { projects: ["PLAY"] } },
    });
  });

  test("defaults that cannot be read stay as they last were, and it is said", () => {
    const read = readPolicy(
      { policyFile: file("mode: observe\n"), organisationPolicyFile: UNREADABLE },
      remembered({ organisationText: GOOD, organisationSha: ORGANISATION }),
    );
    expect(read.state).toMatchObject({
      state: "in-force",
      stale: "no",
      policy: { mode: "observe", tickets: { projects: ["PLAY"] } },
      problems: [{ path: "" }],
    });
  });

  test("defaults that were never readable are left out, and it is said", () => {
    const read = readPolicy({ policyFile: file(GOOD), organisationPolicyFile: UNREADABLE }, null);
    expect(read.state).toMatchObject({
      state: "in-force",
      problems: [
        {
          file: "organisation",
          message:
            "The file could not be read (502). It is tried again at the next change and every few minutes.",
        },
      ],
    });
  });

  test("defaults that became invalid do not take the repository's own rules away", () => {
    const read = readPolicy(
      { policyFile: file(GOOD), organisationPolicyFile: file("nonsense: 1\n", ORGANISATION) },
      remembered({ text: OLD, sha: OLD_SHA, organisationText: "mode: observe\n", organisationSha: OLDER }),
    );
    expect(read.state).toMatchObject({
      state: "in-force",
      stale: "invalid",
      source: { sha: NEW, organisationSha: OLDER },
      policy: { mode: "observe", tickets: { projects: ["PLAY"] } },
    });
  });
});
