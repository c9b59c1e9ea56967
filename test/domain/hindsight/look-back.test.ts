import { describe, expect, test } from "vitest";
import { lookBack } from "../../../src/domain/hindsight/look-back.ts";
import { spreadOfDifference } from "../../../src/domain/hindsight/spread.ts";
import { buildRepository, sha } from "../build-snapshot.ts";
import { HOUR, caseId, lane, policy, steadyWorld } from "./build-world.ts";

const world = steadyWorld(20);
/** The higher the seed, the longer it is red. */
function draw(seed: number | null) {
  const green = 2 + (seed ?? 0);
  const said = Object.fromEntries(
    [...Array(green).keys()].map((place) => [place, place === 0 ? "success" : "failure"]),
  );
  return [lane(world, { ...said, [green]: "success" })];
}

function look(seeds: readonly (number | null)[], asked: ReturnType<typeof policy> = policy()) {
  return lookBack({ world, policy: asked, repositoryId: buildRepository().id, caseId, seeds, draw });
}

describe("several years under several policies", () => {
  test("the policy as asked comes first, and all of them saw the same years", () => {
    const { variants } = look([0, 8, 14]);
    expect(variants.map(({ change }) => change)).toEqual([
      { kind: "none" },
      { kind: "grace", grace: 96 * HOUR },
      { kind: "grace", grace: 168 * HOUR },
      { kind: "confirm", confirm: 2 },
    ]);
    expect(variants.map(({ draws }) => draws.map(({ halts }) => halts))).toEqual([
      [0, 1, 1],
      [0, 0, 1],
      [0, 0, 0],
      [0, 1, 1],
    ]);
    expect(variants.map(({ draws }) => draws.map(({ issues }) => issues))[3]).toEqual([0, 1, 1]);
  });

  test("differences are taken year by year", () => {
    const [asked, longer] = look([0, 8, 14]).variants.map(({ draws }) => draws);
    if (asked === undefined || longer === undefined) throw new Error("there are several policies");
    expect(spreadOfDifference(longer, asked, "halts")).toEqual({ median: 0, lowest: -1, highest: 0 });
    expect(spreadOfDifference(asked, asked, "halted")).toEqual({ median: 0, lowest: 0, highest: 0 });
  });

  test("the year that is shown is the one nearest to the medians", () => {
    const { year } = look([14, 0, 8]);
    expect(year).toMatchObject({ seed: 8, issues: [{ firstRed: sha("commit 1") }], figures: { halts: 1 } });
    expect(look([null]).year.seed).toBeNull();
  });

  test("what is observed is judged as if it were enforced, and halts count for the first environment", () => {
    const observed = { ...policy(), mode: "observe" } as const;
    expect(look([14], observed).year.figures.halts).toBe(1);
    const environments = [{ name: "staging", base: { kind: "branch", branch: "main" } }] as const;
    const [check] = policy().deferred.checks;
    if (check === undefined) throw new Error("a policy defers a check");
    const elsewhere = {
      ...policy(),
      deploy: { branch: null, allowDiverged: false, environments },
      deferred: { ...policy().deferred, checks: [{ ...check, environments: ["production"] }] },
    };
    expect(look([14], elsewhere).year.figures.halts).toBe(0);
  });
});
