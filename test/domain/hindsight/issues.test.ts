import { describe, expect, test } from "vitest";
import { countHaltDays, measure } from "../../../src/domain/hindsight/figures.ts";
import { listIssues } from "../../../src/domain/hindsight/issues.ts";
import { judgeLane } from "../../../src/domain/hindsight/judge-lane.ts";
import type { Lane } from "../../../src/domain/hindsight/lane.ts";
import { tagAuthors } from "../../../src/domain/hindsight/tag-authors.ts";
import type { World } from "../../../src/domain/hindsight/world.ts";
import { buildRepository, sha } from "../build-snapshot.ts";
import { caseId, HOUR, hoursOn, lane, policy, steadyWorld, world } from "./build-world.ts";

const repositoryId = buildRepository().id;
const RED_FROM_1 = { 0: "success", 1: "failure", 12: "success" };

function look(
  given: World,
  lanes: readonly Lane[],
  asked = policy({ grace: 72 * HOUR }, ["long", "longer"]),
  environment: string | null = null,
) {
  const judged = lanes.map((one) => ({
    lane: one,
    steps: judgeLane(one, { world: given, policy: asked, repositoryId, caseId }),
  }));
  const issues = listIssues({ world: given, judged, environment });
  return { issues, figures: measure({ world: given, judged, environment }, issues) };
}

function inHours(spans: readonly { readonly from: number; readonly to: number }[]) {
  return spans.map(({ from, to }) => [(from - hoursOn(0)) / HOUR, (to - hoursOn(0)) / HOUR]);
}

describe("issues of a year", () => {
  test("checks that break on one commit share one", () => {
    const given = steadyWorld(20);
    const { issues, figures } = look(given, [
      lane(given, RED_FROM_1),
      lane(given, { 1: "failure", 10: "success" }, "longer"),
    ]);
    expect(issues).toMatchObject([
      { firstRed: sha("commit 1"), labels: ["long", "longer"], cause: "broken", by: null },
    ]);
    expect(issues.map(({ open }) => inHours(open))).toEqual([[[11, 121]]]);
    expect(issues.map(({ halts }) => inHours(halts))).toEqual([[[83, 121]]]);
    expect(figures).toMatchObject({
      issues: 1,
      halts: 1,
      halted: 38 * HOUR,
      longestHalt: 38 * HOUR,
      flakyIssues: 0,
    });
  });

  test("halts of other environments than the one that is asked about do not count", () => {
    const given = steadyWorld(20);
    const asked = policy();
    const [check] = asked.deferred.checks;
    if (check === undefined) throw new Error("a policy defers a check");
    const ofStaging = {
      ...asked,
      deferred: { ...asked.deferred, checks: [{ ...check, environments: ["staging"] }] },
    };
    const halts = (environment: string | null, by: typeof asked = ofStaging) =>
      look(given, [lane(given, RED_FROM_1)], by, environment).figures.halts;
    expect([halts("staging"), halts("production"), halts(null)]).toEqual([1, 0, 1]);
    expect(halts("production", asked)).toBe(1);
  });

  test("an open case at the end lasts to the end", () => {
    const given = steadyWorld(20, 10, 5);
    const { issues } = look(given, [lane(given, { 1: "failure" })]);
    expect(issues.map(({ open, halts }) => [inHours(open), inHours(halts)])).toEqual([
      [[[11, 120]], [[83, 120]]],
    ]);
  });

  test("why its first run was red, and what proves it", () => {
    const given = steadyWorld(20);
    const broken = lane(given, RED_FROM_1);
    const proven: Lane = {
      ...broken,
      troubles: [{ place: 1, from: hoursOn(10), to: hoursOn(120), by: "revert" }],
    };
    expect(look(given, [proven]).issues).toMatchObject([{ cause: "broken", by: "revert" }]);
    const flaky: Lane = {
      ...proven,
      byPlace: proven.byPlace.map((runs) => runs.map((run) => ({ ...run, cause: "flaky" as const }))),
    };
    expect(look(given, [flaky])).toMatchObject({
      issues: [{ cause: "flaky", by: null }],
      figures: { flakyIssues: 1, flakyHalts: 1 },
    });
  });
});

describe("figures of a year", () => {
  test("how long something was broken, untold, and let out", () => {
    const given = steadyWorld(20);
    const one: Lane = {
      ...lane(given, RED_FROM_1),
      troubles: [{ place: 1, from: hoursOn(10), to: hoursOn(120), by: "draw" }],
    };
    expect(look(given, [one]).figures).toMatchObject({
      breakages: 1,
      broken: 110 * HOUR,
      untold: HOUR,
      letOut: 73 * HOUR,
      haltDays: 3,
    });
  });

  test("flaky runs that ended within the window are counted, and later ones not", () => {
    const given = steadyWorld(20, 10, 2);
    const one = lane(given, { 0: "failure", 1: "success", 10: "failure" });
    const flaky: Lane = {
      ...one,
      runs: one.runs.map((run) => ({ ...run, cause: run.said === "failure" ? "flaky" : null })),
    };
    expect(look(given, [flaky]).figures.flakes).toBe(1);
  });

  test("who is mentioned, how often", () => {
    const given = world(
      Array.from({ length: 20 }, (_, place) => ({ at: place * 30, author: place % 2 === 0 ? "Ann" : "Bob" })),
      40,
    );
    const said = {
      0: "success",
      1: "failure",
      2: "success",
      4: "failure",
      5: "success",
      9: "failure",
      10: "success",
    };
    const { issues, figures } = look(given, [lane(given, said)]);
    expect(issues.map(({ tagged }) => tagged.toSorted())).toEqual([["Bob"], ["Ann", "Bob"], ["Ann", "Bob"]]);
    expect(figures).toMatchObject({ people: 2, mostMentions: 3 });
  });

  test("days count on which something landed", () => {
    const given = world([{ at: 0 }, { at: 30 }, { at: 100 }]);
    const days = (from: number, to: number) =>
      countHaltDays(given, [{ from: hoursOn(from), to: hoursOn(to) }]);
    expect([days(0, 24), days(0, 25), days(23, 30), days(48, 96), days(0, 200)]).toEqual([1, 2, 2, 0, 3]);
  });
});

describe("authors whom an issue mentions", () => {
  const range = (authors: readonly string[], adopted = false) => {
    const given = world(authors.map((author, place) => ({ at: place, author })));
    return tagAuthors(given, given.newestFirst, {
      firstRed: sha(`commit ${authors.length - 1}`),
      lastGreen: sha("commit 0"),
      adopted,
    });
  };

  test("each once, whatever their names look like; bots never", () => {
    expect(range(["Zoe", "José Ångström", "dependabot[bot]", "José Ångström", "Ann"])).toEqual([
      "Ann",
      "José Ångström",
    ]);
  });

  test("none of more than five; none of what was red before", () => {
    expect(range(["Zoe", "A", "B", "C", "D", "E"])).toHaveLength(5);
    expect(range(["Zoe", "A", "B", "C", "D", "E", "F"])).toEqual([]);
    expect(range(["Zoe", "A"], true)).toEqual([]);
  });

  test("only of pull requests", () => {
    const given = world([{ at: 0 }, { at: 1, message: "Pushed", author: "Bob" }]);
    const question = { firstRed: sha("commit 1"), lastGreen: sha("commit 0"), adopted: false };
    expect(tagAuthors(given, given.newestFirst, question)).toEqual([]);
  });
});
