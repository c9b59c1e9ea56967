import { array, assert, nat, property, shuffledSubarray } from "fast-check";
import { expect, test } from "vitest";
import { orderCommits } from "../../../src/adapters/github/order-commits.ts";
import type { Commit } from "../../../src/domain/model.ts";
import { sha } from "./github-under-test.ts";

function commit(number: number, ...parents: readonly number[]): Commit {
  return {
    sha: sha(number),
    parents: parents.map(sha),
    tree: sha(number),
    message: "",
    author: { login: null, name: "", proven: false },
    committedAt: "",
    ownChange: "unknown",
  };
}

test("an order that is right is left alone", () => {
  const commits = [commit(1, 0), commit(2, 1), commit(3, 1), commit(4, 2, 3)];
  expect(orderCommits(commits)).toBe(commits);
});

test("a commit listed before its parent is moved behind it", () => {
  const [one, two, three] = [commit(1, 0), commit(2, 1), commit(3, 2)];
  expect(orderCommits([two, one, three])).toEqual([one, two, three]);
  expect(orderCommits([three, two, one])).toEqual([one, two, three]);
});

test("whatever order GitHub gives, every commit comes after its parents and none is lost", () => {
  const history = array(array(nat({ max: 30 }), { maxLength: 3 }), { maxLength: 30 }).map((all) =>
    all.map((parents, index) => commit(index + 1, ...parents.filter((parent) => parent <= index))),
  );
  assert(
    property(
      history.chain((commits) => shuffledSubarray(commits, { minLength: commits.length })),
      (shuffled) => {
        const ordered = orderCommits(shuffled);
        expect(new Set(ordered)).toEqual(new Set(shuffled));
        const seen = new Set<string>();
        const inside = new Set(shuffled.map((one) => one.sha));
        for (const one of ordered) {
          for (const parent of one.parents) expect(!inside.has(parent) || seen.has(parent)).toBe(true);
          seen.add(one.sha);
        }
      },
    ),
  );
});

test("ten thousand in one line, the wrong way round, are no deep recursion", () => {
  const commits = Array.from({ length: 10_000 }, (_, index) => commit(index + 1, index));
  expect(orderCommits(commits.toReversed())).toEqual(commits);
});
