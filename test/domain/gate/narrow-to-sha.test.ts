import { describe, expect, test } from "vitest";
import { narrowToSha } from "../../../src/domain/gate/narrow-to-sha.ts";
import type { Commit } from "../../../src/domain/model.ts";
import {
  answers,
  BASE,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildPullRequest,
  buildTicket,
  known,
  missing,
  sha,
  unread,
} from "../build-snapshot.ts";

function commit(name: string, message: string, ...parents: readonly string[]): Commit {
  return {
    ...buildCommit(name, message),
    parents: parents.map((one) => (one === "base" ? BASE : sha(one))),
  };
}

/** base - one - two - four (a merge of two and three) */
const commits = [
  commit("one", "PLAY-1: One", "base"),
  commit("two", "PLAY-2: Two", "one"),
  commit("three", "Three", "one"),
  commit("four", "PLAY-4: Four", "two", "three"),
];
const tickets = answers({
  "PLAY-1": buildTicket("PLAY-1"),
  "PLAY-2": buildTicket("PLAY-2"),
  "PLAY-4": buildTicket("PLAY-4"),
});

function facts(
  changes: Parameters<typeof buildChangeSet>[0] = {},
  more: Parameters<typeof buildDeploySnapshot>[0] = {},
) {
  const changeSet = known(buildChangeSet({ commits, head: sha("four"), ...changes }));
  return { snapshot: buildDeploySnapshot({ changeSet, tickets, head: sha("four"), ...more }), live: [] };
}

describe("the facts for an earlier commit of the range", () => {
  test("are what it reaches, with its own tickets, and what it leaves behind is outside", () => {
    const pullRequests = new Map(commits.map((one) => [one.sha, [buildPullRequest({ title: one.message })]]));
    const narrowed = narrowToSha(
      facts({ pullRequests }, { outside: known([{ sha: sha("x"), message: "X" }]) }),
      sha("two"),
    );
    expect(narrowed?.snapshot.head).toBe(sha("two"));
    expect(narrowed?.snapshot.changeSet).toMatchObject({
      value: { head: sha("two"), base: BASE, relation: "ahead", aheadBy: 2 },
    });
    expect(narrowed?.carriage.tickets.map(({ key }) => key)).toEqual(["PLAY-1", "PLAY-2"]);
    expect(narrowed?.snapshot.outside).toEqual(
      known([
        { sha: sha("x"), message: "X" },
        { sha: sha("three"), message: "Three" },
        { sha: sha("four"), message: "PLAY-4: Four" },
      ]),
    );
    const changeSet = narrowed?.snapshot.changeSet;
    expect(changeSet?.state === "known" ? [...changeSet.value.pullRequests.keys()] : []).toEqual([
      sha("one"),
      sha("two"),
    ]);
  });

  test("take the other line of a merge for itself", () => {
    const narrowed = narrowToSha(facts(), sha("three"));
    expect(narrowed?.carriage.unticketed).toEqual([sha("three")]);
    expect(narrowed?.snapshot.outside).toEqual(missing());
  });

  test("of a first deployment need no base", () => {
    expect(narrowToSha(facts({ base: null }), sha("two"))?.snapshot.head).toBe(sha("two"));
  });

  test("whose projects nobody knows are read by shape", () => {
    const narrowed = narrowToSha(facts({}, { projects: missing() }), sha("one"));
    expect(narrowed?.carriage.tickets).toHaveLength(1);
  });
});

describe("what the head's facts do not tell", () => {
  test.each([
    ["a commit that is not in the range", facts(), sha("five")],
    [
      "a range that could not be read",
      { ...facts(), snapshot: buildDeploySnapshot({ changeSet: unread("truncated") }) },
      sha("one"),
    ],
    ["a head that went back", facts({ relation: "diverged" }), sha("one")],
    [
      "a commit that goes on from before the base",
      facts({ commits: [commit("old", "PLAY-1: Old", "before"), ...commits] }),
      sha("old"),
    ],
    [
      "a ticket that was taken back later, and not looked up",
      facts({}, { tickets: answers({ "PLAY-1": buildTicket("PLAY-1") }) }),
      sha("two"),
    ],
  ])("%s", (_, given, asked) => {
    expect(narrowToSha(given, asked)).toBeNull();
  });

  test("are not known where a revert that was taken back later may revert what is live", () => {
    const taken = [
      commit("five", `Revert "Old work"\n\nThis reverts commit ${sha("old")}.`, "base"),
      commit("six", "PLAY-1: One", "five"),
      commit("seven", `Revert "Revert"\n\nThis reverts commit ${sha("five")}.`, "six"),
    ];
    const ofHead = facts({ commits: taken, head: sha("seven") }, { head: sha("seven") });
    expect(narrowToSha(ofHead, sha("six"))).toBeNull();
    const live = [{ sha: sha("old"), message: "Old work" }];
    expect(narrowToSha({ ...ofHead, live }, sha("six"))?.carriage.unticketed).toEqual([]);
  });

  test("without Jira no ticket had to be looked up", () => {
    const off = facts({}, { tickets: { state: "off", because: "no-settings" } });
    expect(narrowToSha(off, sha("two"))).not.toBeNull();
  });
});
