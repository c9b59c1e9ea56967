import { describe, expect, test } from "vitest";
import { attribute, type Given, keys, numbers, sha } from "./given-commits.ts";

describe("a ticket that somebody attached to a commit", () => {
  test("counts as carried by it, and it needs no other one", () => {
    const carriage = attribute(["PLAY-1: Round it", "Tune cache headers"], { attached: [[2, "PLAY-2"]] });
    expect(carriage.tickets).toEqual([
      { key: "PLAY-1", commits: [sha(1)], reverted: false },
      { key: "PLAY-2", commits: [sha(2)], reverted: false },
    ]);
    expect(carriage.unticketed).toEqual([]);
  });

  test("joins the commits that carry it by themselves", () => {
    const carriage = attribute(["PLAY-1: Round it", "And once more"], { attached: [[2, "PLAY-1"]] });
    expect(carriage.tickets).toEqual([{ key: "PLAY-1", commits: [sha(1), sha(2)], reverted: false }]);
  });

  test("is no longer only mentioned", () => {
    const carriage = attribute(["As asked for in PLAY-3"], { attached: [[1, "PLAY-3"]] });
    expect([keys(carriage), carriage.mentioned]).toEqual([["PLAY-3"], []]);
  });

  const lists: readonly (readonly [string, Given, readonly string[]])[] = [
    ["the policy's list has its project no more", { projects: ["OPS"] }, []],
    ["Jira's own list has not its project", { projects: [], knownProjects: ["OPS"] }, []],
    ["Jira's own list has its project", { projects: [], knownProjects: ["PLAY"] }, ["PLAY-7"]],
    ["nobody can tell which projects there are", { projects: [] }, ["PLAY-7"]],
  ];
  test.each(lists)("where %s", (_, options, expected) => {
    const carriage = attribute(["Tune cache headers"], { ...options, attached: [[1, "PLAY-7"]] });
    expect(keys(carriage)).toEqual(expected);
    expect(numbers(carriage.unticketed)).toEqual(expected.length === 0 ? [1] : []);
  });

  test("belongs to no other commit: what was written anew has none", () => {
    const carriage = attribute(["Tune cache headers"], { attached: [[9, "PLAY-1"]] });
    expect([keys(carriage), numbers(carriage.unticketed)]).toEqual([[], [1]]);
  });

  test("goes out as nothing when its commit is taken back", () => {
    const back = `Revert "Tune cache headers"\n\nThis reverts commit ${sha(1)}.`;
    const carriage = attribute(["Tune cache headers", back], { attached: [[1, "PLAY-1"]] });
    expect(carriage.tickets).toEqual([{ key: "PLAY-1", commits: [sha(1)], reverted: true }]);
  });

  test("is not inherited by what brings the work back", () => {
    const back = `Revert "Tune cache headers"\n\nThis reverts commit ${sha(9)}.`;
    const again = `Revert "Revert "Tune cache headers""\n\nThis reverts commit ${sha(8)}.`;
    const live = [
      { sha: sha(8), message: back },
      { sha: sha(9), message: "Tune cache headers" },
    ];
    const carriage = attribute([again], { live, attached: [[9, "PLAY-1"]] });
    expect(keys(carriage)).toEqual([]);
  });
});
