import { describe, expect, test } from "vitest";
import type { Chance, Drawn } from "../../../src/domain/hindsight/chance.ts";
import { createChance } from "../../../src/domain/hindsight/chance.ts";
import { type CiModel, DEFAULT_MODEL } from "../../../src/domain/hindsight/ci-model.ts";
import { drawLane } from "../../../src/domain/hindsight/draw-lane.ts";
import { drawYear, revertsThatCount } from "../../../src/domain/hindsight/draw-year.ts";
import type { Lane, Trouble } from "../../../src/domain/hindsight/lane.ts";
import { drawRepair, longestRepair } from "../../../src/domain/hindsight/repair-time.ts";
import type { World } from "../../../src/domain/hindsight/world.ts";
import { sha } from "../build-snapshot.ts";
import { HOUR, hoursOn, steadyWorld, world } from "./build-world.ts";

const IDENTITY = { label: "long", name: "long", source: { kind: "status" }, event: null } as const;
const MODEL: CiModel = {
  ...DEFAULT_MODEL,
  repairMedian: 15 * HOUR,
  repairNinetieth: 15 * HOUR,
  run: HOUR,
};

/** What is named happens to these commits, and to no others; every repair takes the median. */
function chanceOf(happens: Partial<Record<Drawn, readonly number[]>>): Chance {
  return (drawn, commit) =>
    (happens[drawn] ?? []).some((place) => sha(`commit ${place}`) === commit) ? 0 : 0.5;
}

function draw(
  given: World,
  happens: Parameters<typeof chanceOf>[0],
  reverted: readonly Pick<Trouble, "place" | "to">[] = [],
): Lane {
  return drawLane({ identity: IDENTITY, world: given, model: MODEL, chance: chanceOf(happens), reverted });
}

/** `2.1 failure 21`: place and attempt, and when it ended in hours. */
function told({ runs }: Lane): readonly string[] {
  return runs.map(
    ({ place, attempt, said, at }) => `${place}.${attempt} ${said} ${(at - hoursOn(0)) / HOUR}`,
  );
}

function troubles({ troubles: all }: Lane): readonly string[] {
  return all.map(
    ({ place, from, to, by }) => `${place} ${(from - hoursOn(0)) / HOUR}–${(to - hoursOn(0)) / HOUR} ${by}`,
  );
}

describe("one check's year as the model says", () => {
  test("a commit breaks it; it is red up to the first real commit after the repair", () => {
    const drawn = draw(steadyWorld(5), { breaks: [1] });
    expect(told(drawn)).toEqual([
      "0.1 success 1",
      "1.1 failure 11",
      "2.1 failure 21",
      "3.1 success 31",
      "4.1 success 41",
    ]);
    expect(troubles(drawn)).toEqual(["1 10–30 draw"]);
  });

  test("what is broken does not break once more; what is mended does", () => {
    expect(troubles(draw(steadyWorld(8), { breaks: [1, 2, 3] }))).toEqual(["1 10–30 draw", "3 30–50 draw"]);
  });

  test("what nobody mends before the end stays broken to the end", () => {
    const drawn = draw(steadyWorld(3, 10, 2), { breaks: [2] });
    expect(troubles(drawn)).toEqual(["2 20–48 draw"]);
  });

  test("a flaky red is tried again by somebody, and is green then", () => {
    const drawn = draw(steadyWorld(3), { flakes: [1] });
    expect(told(drawn)).toEqual(["0.1 success 1", "1.1 failure 11", "2.1 success 21", "1.2 success 27"]);
    expect(drawn.runs.map(({ cause }) => cause)).toEqual([null, "flaky", null, null]);
    expect(troubles(drawn)).toEqual([]);
  });

  test("a broken commit is no flaky one", () => {
    expect(told(draw(steadyWorld(2), { breaks: [0], flakes: [0] }))[0]).toBe("0.1 failure 1");
    expect(draw(steadyWorld(2), { breaks: [0], flakes: [0] }).runs.map(({ attempt }) => attempt)).toEqual([
      1, 1,
    ]);
  });

  test("a commit that was taken back is broken from its landing to its revert", () => {
    const drawn = draw(steadyWorld(5), {}, [{ place: 1, to: hoursOn(30) }]);
    expect(told(drawn).map((line) => line.split(" ")[1])).toEqual([
      "success",
      "failure",
      "failure",
      "success",
      "success",
    ]);
    expect(troubles(drawn)).toEqual(["1 10–30 revert"]);
  });

  test("commits that landed in the moment of the repair came with it", () => {
    const given = world([{ at: 0 }, { at: 0 }, { at: 20 }, { at: 20 }]);
    expect(told(draw(given, { breaks: [0] })).map((line) => line.split(" ")[1])).toEqual([
      "failure",
      "failure",
      "success",
      "success",
    ]);
  });
});

describe("how long a repair takes", () => {
  const chance = createChance(1, 1);
  const model = { repairMedian: 16 * HOUR, repairNinetieth: 96 * HOUR };
  const drawn = Array.from({ length: 4_000 }, (_, index) =>
    drawRepair(model, chance, ["repair", "repairToo"], sha(`commit ${index}`)),
  );

  test("half of them take more than the median, one in ten more than the ninetieth, none more than four times that", () => {
    const above = (limit: number) => drawn.filter((time) => time > limit).length / drawn.length;
    expect(above(model.repairMedian)).toBeGreaterThan(0.46);
    expect(above(model.repairMedian)).toBeLessThan(0.54);
    expect(above(model.repairNinetieth)).toBeGreaterThan(0.08);
    expect(above(model.repairNinetieth)).toBeLessThan(0.12);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(longestRepair(model));
    expect(longestRepair(model)).toBe(384 * HOUR);
  });

  test("in whole minutes", () => {
    expect(drawn.every((time) => time % 60_000 === 0)).toBe(true);
  });
});

describe("a year of several checks", () => {
  const given = steadyWorld(40, 5);
  const checks = ["one", "two"].map((label) => ({ ...IDENTITY, label, name: label }));
  const model: CiModel = { ...MODEL, breakage: 0.1, flakes: 0.1 };
  const question = { world: given, model, checks, reverted: [] };

  test("is the same for the same seed, and another one for another", () => {
    expect(drawYear(question, 1)).toEqual(drawYear(question, 1));
    expect(drawYear(question, 1)).not.toEqual(drawYear(question, 2));
  });

  test("one check fares the same beside more of them, and a commit in a longer time", () => {
    const third = { ...IDENTITY, label: "three", name: "three" };
    const more = drawYear({ ...question, checks: [...checks, third] }, 1);
    expect(more.slice(0, 2)).toEqual(drawYear(question, 1));
    const [longer] = drawYear({ ...question, world: steadyWorld(60, 5) }, 1);
    const [shorter] = drawYear(question, 1);
    const first = (one: Lane | undefined) => one?.runs.slice(0, 20).map(({ said }) => said);
    expect(first(longer)).toEqual(first(shorter));
  });

  test("a commit that was taken back broke one of them", () => {
    const quiet = {
      ...question,
      model: { ...model, breakage: 0, flakes: 0 },
      reverted: [{ broke: 3, mended: 6 }],
    };
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(drawYear(quiet, seed).flatMap(troubles)).toEqual(["3 15–30 revert"]);
    }
  });

  test("reverts count up to their time, and never in the moment of the commit itself", () => {
    const reverted = [
      { broke: 0, mended: 1 },
      { broke: 0, mended: 2 },
      { broke: 1, mended: 1 },
    ];
    expect(revertsThatCount(given, { revertWithin: 5 * HOUR }, reverted)).toEqual([{ broke: 0, mended: 1 }]);
    expect(revertsThatCount(given, { revertWithin: 0 }, reverted)).toEqual([]);
  });
});
