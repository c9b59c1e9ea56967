import { describe, expect, test } from "vitest";
import { commitsOfRange, redRange } from "../../../src/domain/compliance/red-range.ts";
import type { TrunkCommit } from "../../../src/domain/compliance/evidence.ts";
import { buildPullRequest, sha } from "../build-snapshot.ts";

/** Newest first, `c5` to `c1`. */
function chain(count: number): readonly TrunkCommit[] {
  return Array.from({ length: count }, (_, index) => ({
    sha: sha(`c${count - index}`),
    parent: index === count - 1 ? null : sha(`c${count - index - 1}`),
    subject: `Change ${count - index}`,
    committedAt: new Date("2026-03-02T10:00:00Z"),
  }));
}

describe("the commits in which a check broke", () => {
  test("are those after the last green up to the first red", () => {
    const found = commitsOfRange(chain(6), sha("c5"), sha("c2"));
    expect(found.commits.map(({ subject }) => subject)).toEqual(["Change 5", "Change 4", "Change 3"]);
    expect([found.after, found.incomplete]).toEqual([sha("c2"), false]);
  });

  test.each([
    ["no green was found", null],
    ["the green is not on the trunk any more", sha("elsewhere")],
    ["the green came after it", sha("c6")],
  ])("are the first red alone where %s", (_, green) => {
    const found = commitsOfRange(chain(6), sha("c5"), green);
    expect(found.commits.map(({ subject }) => subject)).toEqual(["Change 5"]);
    expect([found.after, found.incomplete]).toEqual([null, true]);
  });

  test("are the commit itself where it was green before", () => {
    expect(commitsOfRange(chain(3), sha("c2"), sha("c2")).commits.map(({ subject }) => subject)).toEqual([
      "Change 2",
    ]);
  });

  test("are none where the first red is not on the trunk any more", () => {
    expect(commitsOfRange(chain(3), sha("elsewhere"), sha("c1"))).toEqual({
      commits: [],
      after: null,
      incomplete: true,
    });
  });

  test("are a hundred at most, the newest, and it is said that there are more", () => {
    const found = commitsOfRange(chain(150), sha("c150"), sha("c1"));
    expect([found.commits.length, found.commits[0]?.sha, found.incomplete]).toEqual([100, sha("c150"), true]);
  });
});

test("a range knows its pull requests, each once, and which commits came without one", () => {
  const found = commitsOfRange(chain(4), sha("c4"), sha("c1"));
  const pullRequest = buildPullRequest({
    number: 12,
    title: "Charge in euros",
    author: "octocat",
    url: "https://x.example/12",
  });
  const origins = new Map([
    [sha("c4"), { isMerge: true, pullRequest }],
    [sha("c3"), { isMerge: false, pullRequest }],
  ]);
  expect(redRange(found, sha("c4"), origins)).toEqual({
    after: sha("c1"),
    upTo: sha("c4"),
    commits: [
      { sha: sha("c4"), subject: "Change 4", isMerge: true, pullRequest: 12 },
      { sha: sha("c3"), subject: "Change 3", isMerge: false, pullRequest: 12 },
      { sha: sha("c2"), subject: "Change 2", isMerge: false, pullRequest: null },
    ],
    pullRequests: [{ number: 12, title: "Charge in euros", url: "https://x.example/12", author: "octocat" }],
    incomplete: true,
  });
});
