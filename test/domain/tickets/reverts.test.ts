import { describe, expect, it } from "vitest";
import { type Given, type GivenCommit, attribute, commits, numbers, sha } from "./given-commits.ts";

/** What became of a line of commits, by their numbers: `3>1` is "3 takes back 1", `!` a ticket of which nothing is left. */
function outcome(given: readonly (string | GivenCommit)[], options: Given = {}) {
  const carriage = attribute(given, options);
  const short = (one: string) =>
    numbers(
      [...commits(...given).map((commit) => commit.sha), ...LIVE_SHAS].filter((known) => known === one),
    )[0];
  return {
    tickets: carriage.tickets.map(
      ({ key, commits: by, reverted }) => `${key}${reverted ? "!" : ""} ${numbers(by).join(",")}`,
    ),
    reverts: carriage.reverts.map((revert) => `${short(revert.sha)}>${short(revert.reverts)}`),
    unticketed: numbers(carriage.unticketed),
    exempt: carriage.exempt.map((one) => `${short(one.sha)} ${one.because}`),
    mentioned: carriage.mentioned,
  };
}

const LIVE = [
  { sha: sha(901), message: "PLAY-9: newest live work (#90)" },
  { sha: sha(902), message: 'Revert "PLAY-8: once live"' },
  { sha: sha(903), message: "PLAY-8: once live" },
];
const LIVE_SHAS = LIVE.map((commit) => commit.sha);

describe("a revert inside the range", () => {
  it("is proven by the sha it names: the pair goes out as nothing", () => {
    expect(
      outcome([
        "PLAY-1: a cache",
        "PLAY-2: other",
        `Revert "PLAY-1: a cache"\n\nThis reverts commit ${sha(1)}.`,
      ]),
    ).toEqual({
      tickets: ["PLAY-1! 1", "PLAY-2 2"],
      reverts: ["3>1"],
      unticketed: [],
      exempt: ["1 reverted", "3 revert"],
      mentioned: [],
    });
  });

  it.each<readonly [string, string]>([
    ["the whole sha", `Revert "whatever"\n\nThis reverts commit ${sha(1)}.`],
    ["an abbreviated sha", `Revert "whatever"\n\nThis reverts commit ${sha(1).slice(0, 9)}.`],
    ["a sha in the subject", `Revert ${sha(1)}`],
    ["a sha in the subject, with a word", `Revert commit ${sha(1)}`],
    ["a sha with a reason", `Drop it\n\nThis reverts commit ${sha(1)} because it broke the build.`],
    ["a list of shas", `Drop it\n\nThis reverts commits:\n\n${sha(1)}\n`],
    ["exactly the subject", 'Revert "PLAY-1: a cache"'],
    ["exactly the subject, with GitHub's number behind it", 'Revert "PLAY-1: a cache" (#12)'],
    ["the subject, behind a type", 'MINOR: Revert "PLAY-1: a cache"'],
    ["the subject, in lower case", 'revert "PLAY-1: a cache"'],
    ["the subject, without quotation marks", "Revert PLAY-1: a cache"],
    ["the conventional form", "revert: PLAY-1: a cache"],
    ["another ticket in front", 'PLAY-7: Revert "PLAY-1: a cache"'],
    ["a line of a squash", 'PLAY-7: clean up\n\n* Revert "PLAY-1: a cache"\n* more'],
  ])("is known by %s", (_, message) => {
    const { tickets, reverts } = outcome(["PLAY-1: a cache", message]);
    expect([tickets[0], ...reverts]).toEqual(["PLAY-1! 1", "2>1"]);
  });

  it.each<readonly [string, string]>([
    ["another subject", 'Revert "PLAY-1: a cach"'],
    ["a part of the subject", 'Revert "PLAY-1"'],
    ["a partial revert", `Partially revert "PLAY-1: a cache"\n\nThis partially reverts commit ${sha(1)}.`],
    ["a sha that is nowhere", `Drop it\n\nThis reverts commit ${"f".repeat(40)}.`],
    ["prose about reverting", "Add a revert button\n\nWe may revert PLAY-1 later."],
  ])("is not believed for %s, and then needs a ticket", (_, message) => {
    expect(outcome(["PLAY-1: a cache", message])).toMatchObject({
      tickets: ["PLAY-1 1"],
      reverts: [],
      unticketed: [2],
      exempt: [],
    });
  });

  it("takes the newest earlier commit with that subject", () => {
    expect(outcome(["PLAY-1: a cache", "PLAY-1: a cache", 'Revert "PLAY-1: a cache"']).reverts).toEqual([
      "3>2",
    ]);
  });

  it("never takes back a later commit", () => {
    expect(outcome([`Drop it\n\nThis reverts commit ${sha(2)}.`, "PLAY-1: a cache"]).reverts).toEqual([]);
  });

  it("prefers the sha to the subject", () => {
    const revert = `Revert "PLAY-2: same"\n\nThis reverts commit ${sha(1)}.`;
    expect(outcome(["PLAY-1: a", "PLAY-2: same", revert]).reverts).toEqual(["3>1"]);
  });

  it("falls back to the subject where the sha is of another branch", () => {
    const revert = `Revert "PLAY-1: a cache"\n\nThis reverts commit ${"f".repeat(40)}.`;
    expect(outcome(["PLAY-1: a cache", revert]).reverts).toEqual(["2>1"]);
  });

  it("knows a commit by where it was cherry-picked from", () => {
    const picked = `PLAY-1: a cache\n\n(cherry picked from commit ${"e".repeat(40)})`;
    expect(outcome([picked, `Drop it\n\nThis reverts commit ${"e".repeat(40)}.`]).reverts).toEqual(["2>1"]);
  });

  it("by pull request is known by its number", () => {
    const revert = 'Revert "Add a cache"\n\nReverts acme/shop#12';
    expect(outcome(["PLAY-1: a cache (#12)", revert]).reverts).toEqual(["2>1"]);
  });

  it("of several commits takes back each", () => {
    const revert = `Back to before\n\nThis reverts commits ${sha(1)} and ${sha(2)}.`;
    expect(outcome(["PLAY-1: a", "PLAY-2: b", revert])).toMatchObject({
      tickets: ["PLAY-1! 1", "PLAY-2! 2"],
      reverts: ["3>1", "3>2"],
      unticketed: [],
    });
  });

  it("of some of a ticket's commits leaves the ticket in", () => {
    expect(outcome(["PLAY-1: a", "PLAY-1: b", 'Revert "PLAY-1: a"']).tickets).toEqual(["PLAY-1 1,2"]);
  });

  it("names no ticket by what it quotes, and is no carrier of what it takes back", () => {
    expect(outcome(["PLAY-1: a", 'PLAY-1: Revert "PLAY-1: a"']).tickets).toEqual(["PLAY-1! 1"]);
    expect(outcome(['Revert "PLAY-1: unknown"'])).toMatchObject({
      tickets: [],
      mentioned: [],
      unticketed: [1],
    });
  });

  it("carries the other ticket that it names for itself", () => {
    expect(outcome(["PLAY-1: a", 'PLAY-7: Revert "PLAY-1: a"']).tickets).toEqual(["PLAY-1! 1", "PLAY-7 2"]);
  });

  it("that was only part of other work keeps that work's ticket", () => {
    const again = `PLAY-1: another way\n\nThis reverts commit ${sha(1)}.`;
    expect(outcome(["PLAY-1: one way", again]).tickets).toEqual(["PLAY-1 1,2"]);
  });

  it("works across CRLF and a wrapped subject", () => {
    const revert = 'Revert "PLAY-1: a very long\r\nsubject"\r\n';
    expect(outcome(["PLAY-1: a very long subject", revert]).reverts).toEqual(["2>1"]);
  });
});

describe("a revert of a revert", () => {
  const first = 'Revert "PLAY-1: a"';

  it.each<readonly [string, string]>([
    ["git's old form", 'Revert "Revert "PLAY-1: a""'],
    ["git's new form", 'Reapply "PLAY-1: a"'],
    ["by sha", `Bring it back\n\nThis reverts commit ${sha(2)}.`],
  ])("brings the work back: %s", (_, second) => {
    expect(outcome(["PLAY-1: a", first, second])).toEqual({
      tickets: ["PLAY-1 1"],
      reverts: ["2>1", "3>2"],
      unticketed: [],
      exempt: ["2 reverted", "3 revert"],
      mentioned: [],
    });
  });

  it("that is itself taken back takes the work out again", () => {
    const again = `Revert "Reapply "PLAY-1: a""\n\nThis reverts commit ${sha(3)}.`;
    expect(outcome(["PLAY-1: a", first, 'Reapply "PLAY-1: a"', again]).tickets).toEqual(["PLAY-1! 1"]);
  });
});

describe("what a revert cannot be proven by", () => {
  it.each([
    ["a pull request that nobody brought", "Drop it\n\nReverts acme/shop#99"],
    ["a quoted line that nobody wrote", 'PLAY-7: clean up\n\n* Revert "PLAY-5: never there"'],
    ["a later commit's sha", `Drop it\n\nThis reverts commit ${sha(3)}.`],
  ])("%s takes nothing back", (_, message) => {
    expect(outcome(["PLAY-1: a cache", message, "PLAY-3: later"]).reverts).toEqual([]);
  });

  it("is its own ticket's work, where it takes back what is live by its subject", () => {
    expect(outcome(['PLAY-7: Revert "PLAY-9: newest live work"'], { live: LIVE })).toMatchObject({
      reverts: ["1>901"],
      tickets: ["PLAY-7 1"],
    });
  });
});

describe("a revert of a merge", () => {
  it("takes back what the merge brought to its first parent, where it does not say which side stays", () => {
    const side = commits("PLAY-1: base", "PLAY-2: on the side");
    expect(side).toHaveLength(2);
    expect(
      outcome([
        "PLAY-1: base",
        { message: "PLAY-2: on the side", parents: [sha(1)] },
        { message: "Merge branch 'side'", parents: [sha(1), sha(2)], ownChange: "none" },
        `Revert "Merge branch 'side'"\n\nThis reverts commit ${sha(3)}.`,
      ]).exempt,
    ).toContain("2 reverted");
  });

  const line: readonly GivenCommit[] = [
    { message: "PLAY-1: on main", parents: [sha(0)] },
    { message: "PLAY-2: on the branch", parents: [sha(0)] },
    { message: "fix it", parents: [sha(2)] },
    { message: "Merge pull request #5 from octocat/cache", parents: [sha(1), sha(3)], ownChange: "none" },
  ];

  it("takes back everything that the merge brought", () => {
    const message = `Revert "Merge pull request #5 from octocat/cache"\n\nThis reverts commit ${sha(4)}, reversing\nchanges made to ${sha(1)}.`;
    expect(outcome([...line, { message, parents: [sha(4)] }])).toMatchObject({
      tickets: ["PLAY-1 1", "PLAY-2! 2"],
      reverts: ["5>4"],
      unticketed: [],
      exempt: ["2 reverted", "3 reverted", "4 merge", "5 revert"],
    });
  });

  it("keeps the side that it names, not always the first parent", () => {
    const message = `This reverts commit ${sha(4)}, reversing\nchanges made to ${sha(3)}.`;
    expect(outcome([...line, { message: `Undo\n\n${message}`, parents: [sha(4)] }]).tickets).toEqual([
      "PLAY-1! 1",
      "PLAY-2 2",
    ]);
  });
});

describe("a revert of what is live", () => {
  it.each<readonly [string, string]>([
    ["by sha", `Revert "whatever"\n\nThis reverts commit ${sha(901)}.`],
    ["by subject", 'Revert "PLAY-9: newest live work (#90)"'],
    ["by subject without the number", 'Revert "PLAY-9: newest live work"'],
  ])("needs no ticket: %s", (_, message) => {
    expect(outcome([message], { live: LIVE })).toEqual({
      tickets: [],
      reverts: ["1>901"],
      unticketed: [],
      exempt: ["1 revert"],
      mentioned: [],
    });
  });

  it("prefers a commit of the range with the same subject", () => {
    expect(
      outcome(["PLAY-9: newest live work (#90)", 'Revert "PLAY-9: newest live work (#90)"'], { live: LIVE })
        .reverts,
    ).toEqual(["2>1"]);
  });

  it("carries the work that it brings out again, where the live commit is itself a revert", () => {
    expect(outcome(['Revert "Revert "PLAY-8: once live""'], { live: LIVE })).toMatchObject({
      tickets: ["PLAY-8 1"],
      reverts: ["1>902"],
      exempt: ["1 revert"],
    });
  });

  it("carries nothing of a live ticket that it names in front", () => {
    expect(outcome(['PLAY-9: Revert "PLAY-9: newest live work"'], { live: LIVE }).tickets).toEqual([]);
  });
});
