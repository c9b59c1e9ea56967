import { describe, expect, test } from "vitest";
import { beginningOf } from "../../../src/domain/compliance/beginning.ts";
import { checkKey } from "../../../src/domain/compliance/check-key.ts";
import { type CaseFacts, decideCases, relapsesOf } from "../../../src/domain/compliance/decide-cases.ts";
import { shownGreen } from "../../../src/domain/compliance/read-shown-track.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import { showTracks } from "../../../src/domain/compliance/show-track.ts";
import { sha } from "../build-snapshot.ts";
import { buildCase } from "./build-case.ts";
import { check, CI, ground, job, NOW, only, run, trunk, HOUR } from "./build-evidence.ts";
import { after, buildCheck, buildDeferredPolicy, buildTrunk, type GivenRun, SOURCE } from "./case-history.ts";

const RED_2: GivenRun = { on: 2, said: "failure", at: after(HOUR) };
const KEY = checkKey("long", SOURCE);

function factsOf(runs: readonly GivenRun[], changes: Partial<CaseFacts> = {}): CaseFacts {
  const evidence = buildTrunk(runs);
  const at = after(2 * HOUR);
  const { deferred } = buildDeferredPolicy();
  return {
    repositoryId: buildCase().repositoryId,
    at,
    deferred,
    opensFor: new Set(["Long"]),
    watched: [],
    enforcedNow: new Set(),
    trunk: {
      evidence,
      streaks: readStreaks(evidence, { checks: [buildCheck()], openCases: [], at, hour: HOUR }),
    },
    openCases: [],
    endedCases: [],
    newWork: new Set(),
    ...changes,
  };
}
function endedByHand(at: Date) {
  return buildCase({ end: { as: "by-hand", at, by: "octocat", because: "x", url: null, sha: null } });
}

describe("which cases open", () => {
  test("a check of which nobody knows since when it is watched is watched from now on: it was red already", () => {
    const [opened] = decideCases(factsOf([RED_2])).opened;
    expect(opened).toMatchObject({ adopted: true, openedAt: after(2 * HOUR) });
  });

  test("after it was ended by hand, a streak that began later counts from its own first red", () => {
    const runs = [RED_2, { on: 3, said: "failure", at: after(1.5 * HOUR) }];
    const watched = [{ policyName: "Long", since: after(0), selector: "", observed: false, heardAt: null }];
    const firstRedOf = (endedAt: Date) =>
      decideCases(factsOf(runs, { watched, endedCases: [endedByHand(endedAt)] })).opened[0]?.firstRed.sha;
    expect(firstRedOf(after(0.5 * HOUR))).toBe(sha("commit 2"));
    expect(firstRedOf(after(1.2 * HOUR))).toBe(sha("commit 3"));
    expect(firstRedOf(after(1.8 * HOUR))).toBeUndefined();
  });

  test("only of a relapse has to be known whether there is new work", () => {
    const green = {
      as: "green",
      at: after(0),
      by: null,
      because: null,
      url: null,
      sha: sha("commit 1"),
    } as const;
    const before = buildCase({ end: green });
    expect(relapsesOf(factsOf([RED_2]))).toEqual([]);
    expect(relapsesOf(factsOf([RED_2], { endedCases: [before] })).map(({ of }) => of)).toEqual([before]);
  });

  test("an open case of which the trunk shows nothing stays as it is, and expires in its time", () => {
    const silent = (at: Date) => decideCases(factsOf([], { at, openCases: [buildCase()] })).outcomes;
    expect(silent(after(HOUR))).toEqual([]);
    expect(silent(after(72 * HOUR)).map(({ news }) => news)).toEqual([[{ what: "expired" }]]);
  });
});

describe("what a track shows", () => {
  const GROUND = { checks: [buildCheck()], openCases: [], at: after(2 * HOUR), hour: HOUR };
  const firstRed = {
    sha: sha("commit 2"),
    runId: 2,
    sequence: 201,
    said: "failure",
    at: after(HOUR),
    url: null,
  };

  test("nothing of a check that the trunk does not show, or whose first red is not on it", () => {
    const { ofCase } = showTracks(buildTrunk([RED_2]), GROUND);
    expect(ofCase({ checkKey: "another", firstRed, lastGreen: null })).toBeNull();
    expect(
      ofCase({ checkKey: KEY, firstRed: { ...firstRed, sha: sha("elsewhere") }, lastGreen: null }),
    ).toBeNull();
  });

  test("from the first red, where the last green is not on the trunk any more", () => {
    const { ofCase } = showTracks(buildTrunk([RED_2], 4), GROUND);
    const shown = ofCase({ checkKey: KEY, firstRed, lastGreen: sha("elsewhere") });
    expect(shown?.commits.map(({ result }) => result)).toEqual(["none", "none", "red"]);
  });

  test("open cases first, those too that the policy does not name any more", () => {
    const open = {
      checkKey: checkKey("old", SOURCE),
      name: "old",
      source: SOURCE,
      firstRed,
      newestRed: firstRed,
    };
    const evidence = buildTrunk([RED_2, { ...RED_2, name: "old" }]);
    const { newest } = showTracks(evidence, {
      ...GROUND,
      checks: [buildCheck({ match: LONG })],
      openCases: [open],
    });
    expect(newest.map(({ name, policyName }) => [name, policyName])).toEqual([
      ["old", null],
      ["long", "Long"],
    ]);
  });

  test("no green is since when it is green", () => {
    const commit = {
      sha: sha("a"),
      subject: "",
      committedAt: "",
      result: "none",
      said: null,
      at: null,
      url: null,
    } as const;
    expect(shownGreen([commit])).toEqual({ since: null, isWhole: false });
    expect(shownGreen([commit, { ...commit, result: "red" }])).toEqual({ since: null, isWhole: true });
  });
});

const LONG = {
  kind: "workflow",
  workflow: "long.yml",
  job: { pattern: "long", matches: (name: string) => name === "long" },
} as const;

test("a workflow that cannot start is red for whatever the policy calls it, be it the workflow alone", () => {
  const evidence = trunk([["a", [], [run("startup_failure")]]]);
  const whole = { kind: "workflow", workflow: "ci.yml", job: null } as const;
  const [streak] = readStreaks(evidence, ground({ checks: [check(whole)] }));
  expect([streak?.name, streak?.now.state]).toEqual(["ci.yml", "red"]);
});

test("of several newer runs without the job the newest is what it is gone since", () => {
  const evidence = trunk([
    ["c", [job("success", { name: "other", runId: 4 })], [run("success", { runId: 4 })]],
    [
      "b",
      [job("success", { name: "other", runId: 3 })],
      [run("success", { runId: 3 }), run("success", { runId: 5 })],
    ],
    ["a", [job("failure", { runId: 1, source: CI })], [run("failure", { runId: 1 })]],
  ]);
  expect(only(evidence, ground({ at: NOW }))).toMatchObject({
    state: "gone",
    since: { sha: sha("c"), runId: 4 },
  });
});

test("a case without an end has no streak after it", () => {
  const [streak] = factsOf([RED_2]).trunk?.streaks ?? [];
  if (streak?.now.state !== "red") throw new Error("it is red");
  const now = streak.now;
  expect(
    beginningOf({ ...streak, now }, buildCase(), { evidence: buildTrunk([RED_2]), at: NOW, hour: HOUR }),
  ).toEqual({ is: "new" });
});
