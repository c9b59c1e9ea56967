import { describe, expect, test } from "vitest";
import { findReverts } from "../../../src/domain/hindsight/find-reverts.ts";
import { readMerged } from "../../../src/domain/hindsight/merged.ts";
import { sha } from "../build-snapshot.ts";

/** Pairs of places; the messages stand oldest first. */
function reverts(messages: readonly string[]) {
  const commits = messages.map((message, place) => ({
    sha: sha(`commit ${place}`),
    parents: place === 0 ? [] : [sha(`commit ${place - 1}`), sha(`side ${place}`)],
    message,
  }));
  const places = new Map(commits.map((commit, place) => [commit.sha, place] as const));
  return findReverts({ places }, commits).map(({ broke, mended }) => [broke, mended]);
}

const FIRST = sha("commit 0");

describe("commits that a history takes back", () => {
  test.each([
    [
      "by the sha that the revert names",
      ["Add it", "Other", `Revert\n\nThis reverts commit ${FIRST}.`],
      [[0, 2]],
    ],
    ["by the subject that it quotes", ["Add it (#1)", 'Revert "Add it (#1)" (#2)'], [[0, 1]]],
    [
      "by the title of a merged pull request",
      [
        "Merge pull request #1 from acme/add\n\nAdd it",
        'Merge pull request #2 from acme/revert\n\nRevert "Add it"',
      ],
      [[0, 1]],
    ],
    [
      "once, by the first revert",
      ["Add it", 'Revert "Add it"', `Again\n\nThis reverts commit ${FIRST}.`],
      [[0, 1]],
    ],
    [
      "not for being a revert that is taken back",
      ["Add it", 'Revert "Add it"', 'Revert "Revert "Add it""'],
      [[0, 1]],
    ],
    [
      "not by what is not there",
      ["Add it", 'Revert "Something older"', `Revert\n\nThis reverts commit ${sha("elsewhere")}.`],
      [],
    ],
    [
      "in the order in which they landed",
      ["Add it", "Add that", 'Revert "Add that"', 'Revert "Add it"'],
      [
        [0, 3],
        [1, 2],
      ],
    ],
    ["none", ["Add it", "Add that"], []],
  ])("%s", (_name, messages, found) => {
    expect(reverts(messages)).toEqual(found);
  });
});

describe("the pull request that brought a commit", () => {
  test.each([
    ["Add it (#12)", 12, null],
    ["Add it (#12)  \n\nMore", 12, null],
    ["Merge pull request #12 from acme/branch\n\nAdd it\n\nMore", 12, "Add it"],
    ["Merge pull request #12 from acme/branch", 12, null],
    ["Auto merge of #12 - acme:branch, r=ann\n\nAdd it", 12, "Add it"],
    ["Merge #12\r\n\r\n12: Add it", 12, "12: Add it"],
    ["Merge branch 'x' into 'main'\n\nAdd it\n\nSee merge request acme/shop!12", 12, null],
    ["Add it, see #12", null, null],
    ["Add it (#12) later", null, null],
    ["", null, null],
  ])("%j", (message, pullRequest, title) => {
    expect(readMerged(message)).toEqual({ pullRequest, title });
  });
});
