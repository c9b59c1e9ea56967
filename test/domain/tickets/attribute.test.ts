import { describe, expect, it } from "vitest";
import { type GivenCommit, attribute, keys, numbers, pullRequest, sha } from "./given-commits.ts";

describe("which commits carry a ticket", () => {
  it("lists every carrying commit, keys sorted, mentioned ones apart", () => {
    const carriage = attribute([
      "PLAY-2: a",
      "PLAY-1: b, like PLAY-2 and OPS-9",
      "PLAY-2: c",
      "OPS-1, PLAY-2: d",
    ]);
    expect(carriage.tickets.map(({ key, commits }) => [key, numbers(commits)])).toEqual([
      ["OPS-1", [4]],
      ["PLAY-1", [2]],
      ["PLAY-2", [1, 3, 4]],
    ]);
    expect(carriage.mentioned).toEqual(["OPS-9"]);
    expect(carriage.unticketed).toEqual([]);
  });

  it("leaves a commit that only mentions one without ticket", () => {
    expect(numbers(attribute(["see PLAY-1", "PLAY-2: a", "nothing"]).unticketed)).toEqual([1, 3]);
  });
});

describe("which prefixes are projects", () => {
  const line = [
    "ABC-1: a",
    "ABC-2: b",
    "UTF-8: everywhere",
    "UTF-8: really",
    "XYZ-5: seen once",
    "fits RFC-2119",
  ];

  it("is seen in titles and branches of pull requests too, each once", () => {
    const one = pullRequest(12, "ABC-1: a", "abc-1-a");
    const given = [
      { message: "a", pullRequests: [one] },
      { message: "b", pullRequests: [one, pullRequest(13, "XYZ-1: seen once", "x")] },
    ];
    expect(keys(attribute(given, { projects: [] }))).toEqual([]);
    const more = [...given, { message: "c", pullRequests: [pullRequest(14, "ABC-2: c", "c")] }];
    expect(keys(attribute(more, { projects: [] }))).toEqual(["ABC-1", "ABC-2"]);
  });

  it("is the policy's word alone, where it has one", () => {
    const carriage = attribute(line, { projects: ["XYZ"], knownProjects: ["ABC"] });
    expect(keys(carriage)).toEqual(["XYZ-5"]);
    expect(carriage.mentioned).toEqual([]);
  });
  it("is the policy's word in any case of letters", () => {
    expect(keys(attribute(line, { projects: ["xyz"] }))).toEqual(["XYZ-5"]);
  });
  it("is Jira's word where the policy has none", () => {
    const carriage = attribute(line, { projects: [], knownProjects: ["ABC", "UTF"] });
    expect(keys(carriage)).toEqual(["ABC-1", "ABC-2", "UTF-8"]);
    expect(carriage.mentioned).toEqual([]);
  });
  it("is what was seen twice where nobody can tell; standards never count", () => {
    const carriage = attribute(line, { projects: [] });
    expect(keys(carriage)).toEqual(["ABC-1", "ABC-2"]);
    expect(carriage.mentioned).toEqual(["RFC-2119", "UTF-8", "XYZ-5"]);
    expect(numbers(carriage.unticketed)).toEqual([3, 4, 5, 6]);
  });
  it("learns from what is live", () => {
    const live = [{ sha: sha(900), message: "XYZ-4: earlier" }];
    expect(keys(attribute(line, { projects: [], live }))).toContain("XYZ-5");
  });
  it("learns from what is live what a branch's name in lower case means", () => {
    const live = [sha(900), sha(901)].map((one) => ({ sha: one, message: "XYZ-4: earlier" }));
    const merge = "Merge pull request #1 from octocat/xyz-7-cache";
    expect(keys(attribute([merge], { projects: [], live }))).toEqual(["XYZ-7"]);
    expect(keys(attribute([merge], { projects: [] }))).toEqual([]);
  });
  it("does not learn from mentions alone", () => {
    const carriage = attribute(["like XYZ-1", "like XYZ-2", "like XYZ-3\n\nXYZ-4"], { projects: [] });
    expect(keys(carriage)).toEqual([]);
  });
  it.each(
    "UTF-8 SHA-256 ISO-8601 RFC-2119 KIP-848 PEP-8 JEP-400 JSR-330 FLIP-27 SPIP-2 HIP-4 GPT-4 HTTP-2 COVID-19 CVE-2024 GH-12 PR-12 AES-256 TLS-1 BASE-64 JAVA-17 BSD-3".split(
      " ",
    ),
  )("%s is no ticket, however often it leads", (standard) => {
    const carriage = attribute([`${standard}: a`, `${standard}: b`, `${standard}: c`], { projects: [] });
    expect([keys(carriage), carriage.mentioned]).toEqual([[], [standard]]);
  });
  it.each(["LOG4J2-1234", "ES-1234", "JAVA-4567", "HTTP-1234", "A_B2-1"])("%s is one", (key) => {
    expect(keys(attribute([`${key}: a`, `${key}: b`], { projects: [] }))).toEqual([key]);
  });
  it("tells lower case in a branch from a number by them", () => {
    const merges = [
      "Merge pull request #1 from octocat/patch-1",
      "Merge pull request #2 from octocat/abc-7-cache",
    ];
    expect(keys(attribute(["ABC-1: a", "ABC-2: b", ...merges], { projects: [] }))).toEqual([
      "ABC-1",
      "ABC-2",
      "ABC-7",
    ]);
  });
});

describe("which commits need no ticket", () => {
  const merge = (ownChange: GivenCommit["ownChange"]): GivenCommit => ({
    message: "Merge branch 'side'",
    parents: [sha(0), sha(1)],
    ...(ownChange === undefined ? {} : { ownChange }),
  });

  it("are merges that change nothing of their own, or of which that is not known", () => {
    const carriage = attribute(["PLAY-1: a", merge("none"), merge("unknown"), merge("some")]);
    expect(carriage.exempt.map(({ because }) => because)).toEqual(["merge", "merge"]);
    expect(numbers(carriage.unticketed)).toEqual([4]);
  });

  it.each<readonly [string, boolean]>([
    ["MINOR: text", true],
    ["MINOR text", true],
    ["MINOR", true],
    ["MINOR-text", true],
    ["MINOR2", true],
    ["MINORITY report", false],
    ["MINORé", false],
    ["Minor: text", false],
    ["a MINOR: text", false],
    ["[NO-JIRA] text", true],
    ["[NO-JIRA]: text", true],
    ["[no-jira] text", false],
  ])("are those whose subject begins so: %j %s", (message, exempt) => {
    const carriage = attribute([message], { subjects: ["MINOR", "[NO-JIRA]", ""] });
    expect(carriage.exempt.map(({ because }) => because)).toEqual(exempt ? ["subject"] : []);
    expect(carriage.unticketed.length).toBe(exempt ? 0 : 1);
  });

  it.each<readonly [string, GivenCommit["author"], boolean]>([
    ["a proven login", { login: "Dependabot[bot]", name: "whoever", proven: true }, true],
    ["an unproven login", { login: "dependabot[bot]", name: "whoever", proven: false }, false],
    ["a name that looks like the login", { login: null, name: "dependabot[bot]", proven: false }, false],
  ])("are those of an exempt author on GitHub, by %s", (_, author, exempt) => {
    const given: GivenCommit = {
      message: "bump",
      ...(author === undefined ? {} : { author }),
      pullRequests: [],
    };
    expect(attribute([given], { authors: ["dependabot[bot]"] }).exempt.length).toBe(exempt ? 1 : 0);
  });

  it("are those with an exempt author's name in a local clone, which proves nobody", () => {
    const given = (name: string): GivenCommit => ({
      message: "bump",
      author: { login: null, name, proven: false },
    });
    const carriage = attribute([given("dependabot[bot]"), given("Dependabot[bot]")], {
      authors: ["dependabot[bot]"],
    });
    expect(carriage.exempt).toEqual([{ sha: sha(1), because: "author" }]);
  });

  it("are all where tickets are not required", () => {
    const carriage = attribute(["a", "PLAY-1: b"], { require: "off" });
    expect([carriage.unticketed, carriage.exempt.map(({ because }) => because)]).toEqual([
      [],
      ["require-off", "require-off"],
    ]);
    expect(keys(carriage)).toEqual(["PLAY-1"]);
  });
});

describe("pull requests", () => {
  const titled = pullRequest(1, "PLAY-1: a cache", "cache");
  const branched = pullRequest(2, "A cache", "octocat/play-2-cache");
  const silent = pullRequest(3, "A cache", "cache");

  it("give their tickets to their commits, by title and by head branch", () => {
    const carriage = attribute([
      { message: "wip", pullRequests: [titled] },
      { message: "more", pullRequests: [branched] },
      { message: "even more", pullRequests: [silent] },
    ]);
    expect(carriage.tickets.map(({ key, commits }) => [key, numbers(commits)])).toEqual([
      ["PLAY-1", [1]],
      ["PLAY-2", [2]],
    ]);
    expect(numbers(carriage.unticketed)).toEqual([3]);
  });

  it("are known by their title where it names another ticket than their branch", () => {
    const carriage = attribute([
      { message: "wip", pullRequests: [pullRequest(8, "PLAY-8: a cache", "PLAY-9-cache")] },
    ]);
    expect([keys(carriage), carriage.mentioned]).toEqual([["PLAY-8"], ["PLAY-9"]]);
  });

  it("count where they were merged, an open one only where there is no other", () => {
    const open = pullRequest(4, "PLAY-4: open", "x", "open");
    expect(keys(attribute([{ message: "wip", pullRequests: [titled, open] }]))).toEqual(["PLAY-1"]);
    expect(keys(attribute([{ message: "wip", pullRequests: [open] }]))).toEqual(["PLAY-4"]);
  });

  it("are what needs a ticket under `require: pull-request`: one commit is enough for all", () => {
    const carriage = attribute(
      [
        { message: "PLAY-3: a", pullRequests: [silent] },
        { message: "wip", pullRequests: [silent] },
        { message: "alone", pullRequests: [] },
        { message: "PLAY-5: alone", pullRequests: [] },
        { message: "other", pullRequests: [pullRequest(9, "Other", "other")] },
      ],
      { require: "pull-request" },
    );
    expect(carriage.exempt).toEqual([
      { sha: sha(1), because: "pull-request" },
      { sha: sha(2), because: "pull-request" },
    ]);
    expect(numbers(carriage.unticketed)).toEqual([3, 5]);
  });

  it("name no ticket by the revert in their title", () => {
    const revert = pullRequest(6, 'Revert "PLAY-1: a cache"', "revert-1-PLAY-1-cache");
    const carriage = attribute([{ message: "wip", pullRequests: [revert] }]);
    expect([keys(carriage), carriage.mentioned]).toEqual([[], []]);
  });
});
