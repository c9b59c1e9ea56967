import { describe, expect, test } from "vitest";
import { evidenceAt } from "../../../src/domain/hindsight/evidence-at.ts";
import { itemAt } from "../../../src/domain/hindsight/item-at.ts";
import { buildWorld, countLanded, placeOf } from "../../../src/domain/hindsight/world.ts";
import { sha } from "../build-snapshot.ts";
import { FROM, HOUR, hoursOn, lane, steadyWorld, world } from "./build-world.ts";

describe("a stretch of a trunk", () => {
  test("a merge was written by whoever wrote what it brought, as far as that is known", () => {
    const merge = (side: string) => ({
      sha: sha(`merge of ${side}`),
      parents: [sha("root"), sha(side)],
      message: "Merge pull request #7 from acme/side\n\nAdd it",
      author: { login: null, name: "Merger", proven: false },
    });
    const given = buildWorld({
      commits: [merge("side"), merge("unknown")],
      landed: [hoursOn(1), hoursOn(2)],
      mergedAuthors: new Map([[sha("side"), "Ann"]]),
      from: FROM,
      until: FROM,
    });
    expect(given.commits).toMatchObject([
      {
        author: "Ann",
        isMerge: true,
        parent: sha("root"),
        pullRequest: 7,
        committedAt: new Date(hoursOn(1)),
      },
      { author: "Merger", isMerge: true },
    ]);
    expect(given.newestFirst.map((one) => one.sha)).toEqual([sha("merge of unknown"), sha("merge of side")]);
  });

  test("commits have landed from their own moment on", () => {
    const given = world([{ at: 1 }, { at: 1 }, { at: 5 }]);
    expect([0, 1, 4, 5, 9].map((at) => countLanded(given, hoursOn(at)))).toEqual([0, 2, 2, 3, 3]);
  });

  test("what is not in it is a mistake of ours", () => {
    expect(placeOf(steadyWorld(2), sha("commit 1"))).toBe(1);
    expect(() => placeOf(steadyWorld(2), sha("elsewhere"))).toThrow(/is not in the window$/);
    expect(() => itemAt([1], 1)).toThrow(new RangeError("nothing stands at 1"));
  });
});

describe("what Holdpoint would have read at a moment", () => {
  const given = steadyWorld(400, 1);
  const all = Object.fromEntries([...Array(400).keys()].map((place) => [place, "success"]));
  const long = lane(given, all);
  const depth = (isEnough: (seen: number) => boolean, downTo = Infinity, at = 390.5) =>
    evidenceAt(given, long, hoursOn(at), { downTo, isEnough: ({ chain }) => isEnough(chain.length) }).chain
      .length;

  test("one page where that is enough, more where it is not, and no more than 250 commits", () => {
    expect(depth(() => true)).toBe(10);
    expect(depth((seen) => seen > 10)).toBe(20);
    expect(depth(() => false)).toBe(250);
    expect(depth(() => false, Infinity, 30)).toBe(31);
  });

  test("down to the commit that is needed", () => {
    expect(depth(() => true, 350)).toBe(41);
    expect(depth(() => true, 385)).toBe(10);
    expect(depth(() => true, 0)).toBe(250);
  });

  test("what has ended then, what runs, and nothing that began later", () => {
    const { head, results, complete } = evidenceAt(given, long, hoursOn(2.5), {
      downTo: 0,
      isEnough: () => true,
    });
    expect({ head, complete }).toEqual({ head: sha("commit 2"), complete: true });
    expect(results.map(({ said, at }) => [said, (at.getTime() - hoursOn(0)) / HOUR])).toEqual([
      ["running", 2],
      ["success", 2],
      ["success", 1],
    ]);
  });

  test("a second attempt that has not begun is not there; a job's run is known by its commit", () => {
    const tried = { ...long, source: { kind: "workflow", workflow: "ci.yml" }, event: "push" } as const;
    const byPlace = long.byPlace.map((runs) =>
      runs.flatMap((run) => [
        run,
        { ...run, attempt: 2, startedAt: run.at + HOUR, seenAt: run.at + 2 * HOUR },
      ]),
    );
    const read = evidenceAt(given, { ...tried, byPlace }, hoursOn(1.5), { downTo: 0, isEnough: () => true });
    expect(read.results.map(({ runId, sequence, event }) => [runId, sequence, event])).toEqual([
      [2, 1, "push"],
      [1, 1, "push"],
    ]);
  });
});
