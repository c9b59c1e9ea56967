import { describe, expect, test } from "vitest";
import {
  type Beginning,
  beginningOf,
  endedUnseen,
  isRed,
  type RedStreak,
} from "../../../src/domain/compliance/beginning.ts";
import type { CaseEnd, ComplianceCase } from "../../../src/domain/compliance/case.ts";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import { sha } from "../build-snapshot.ts";
import { buildCase } from "./build-case.ts";
import { after, buildCheck, buildTrunk, type GivenRun, HOUR, MINUTE } from "./case-history.ts";

const AT = after(60 * HOUR);

function streakOf(runs: readonly GivenRun[], at = AT): RedStreak {
  const ground = { checks: [buildCheck()], openCases: [], at, hour: HOUR };
  const streak = readStreaks(buildTrunk(runs), ground).find(isRed);
  if (streak === undefined) throw new Error("nothing is red");
  return streak;
}

function endAt(hours: number, as: CaseEnd["as"] = "green", on = 3): CaseEnd {
  return { as, at: after(hours * HOUR), by: null, because: null, url: null, sha: sha(`commit ${on}`) };
}

function beginning(runs: readonly GivenRun[], before: ComplianceCase | null, at = AT): Beginning["is"] {
  return beginningOf(streakOf(runs), before, { evidence: buildTrunk(runs), at, hour: HOUR }).is;
}

const RED_5: GivenRun = { on: 5, said: "failure", at: after(30 * HOUR) };

describe("how a red streak relates to the case before it", () => {
  test.each<readonly [claim: string, before: ComplianceCase | null, is: Beginning["is"]]>([
    ["there was none", null, "new"],
    ["it has not ended", buildCase(), "new"],
    ["it ended because nobody wanted to know any more", buildCase({ end: endAt(29, "void") }), "new"],
    ["green an hour before", buildCase({ end: endAt(29) }), "relapse"],
    ["green 24 hours before", buildCase({ end: endAt(6) }), "relapse"],
    ["green longer ago", buildCase({ end: { ...endAt(6), at: after(6 * HOUR - 1) } }), "new"],
    ["gone an hour before", buildCase({ end: endAt(29, "gone") }), "relapse"],
    ["ended by hand, and red since", buildCase({ end: endAt(29, "by-hand") }), "new"],
    ["ended by hand, and not red since", buildCase({ end: endAt(31, "by-hand") }), "settled"],
    ["ended by hand at the very moment", buildCase({ end: endAt(30, "by-hand") }), "settled"],
    ["green on a newer commit: the read is old", buildCase({ end: endAt(29, "green", 7) }), "lagging"],
  ])("%s", (_, before, is) => {
    expect(beginning([RED_5], before)).toBe(is);
  });

  test.each<readonly [claim: string, minutes: number, ended: number, is: Beginning["is"]]>([
    ["later than the red, and just now: a read may not show it yet", 9, 30, "lagging"],
    ["later than the red, and ten minutes ago: the read is believed", 10, 30, "relapse"],
    ["before the red", 9, 29, "relapse"],
  ])("green on a commit that is not on the trunk any more, %s", (_, minutes, ended, is) => {
    const end = { ...endAt(ended), sha: sha("elsewhere") };
    const at = new Date(end.at.getTime() + minutes * MINUTE);
    expect(beginning([RED_5], buildCase({ end }), at)).toBe(is);
  });

  test("what relapses is the case that ended", () => {
    const before = buildCase({ end: endAt(29) });
    const evidence = buildTrunk([RED_5]);
    expect(beginningOf(streakOf([RED_5]), before, { evidence, at: AT, hour: HOUR })).toEqual({
      is: "relapse",
      of: before,
    });
  });
});

describe("a green that came and went while nobody looked", () => {
  const RED_2: GivenRun = { on: 2, said: "failure", at: after(10 * MINUTE) };
  const GREEN_3: GivenRun = { on: 3, said: "success", at: after(20 * HOUR) };
  const RUNS = [RED_2, GREEN_3, RED_5];

  function unseen(runs: readonly GivenRun[], open: ComplianceCase, shown = runs): CaseEnd | null {
    return endedUnseen(streakOf(runs), open, buildTrunk(shown));
  }

  test("ended the case, by that run", () => {
    expect(unseen(RUNS, buildCase())).toEqual({
      as: "green",
      at: after(20 * HOUR),
      by: null,
      because: null,
      url: "https://github.com/runs/301",
      sha: sha("commit 3"),
    });
  });

  test.each<
    readonly [claim: string, runs: readonly GivenRun[], open: ComplianceCase, shown: readonly GivenRun[]]
  >([
    ["there was none", [RED_2, RED_5], buildCase(), RUNS],
    [
      "it came before the case",
      RUNS,
      buildCase({ firstRed: { ...buildCase().firstRed, sha: sha("commit 6") } }),
      RUNS,
    ],
    ["its run is not to be seen any more", RUNS, buildCase(), [RED_2, RED_5]],
    ["what is seen there is red", RUNS, buildCase(), [RED_2, { ...GREEN_3, said: "failure" }, RED_5]],
    [
      "what is seen there is another check's",
      RUNS,
      buildCase(),
      [RED_2, { ...GREEN_3, name: "other" }, RED_5],
    ],
  ])("ended nothing where %s", (_, runs, open, shown) => {
    expect(unseen(runs, open, shown)).toBeNull();
  });

  test.each([
    ["later than all that was seen of it", after(19 * HOUR), true],
    ["not later than that", after(20 * HOUR), false],
  ])("of a case whose first red is not on the trunk any more it has to be %s", (_, newest, ends) => {
    const lost = { ...buildCase().firstRed, sha: sha("elsewhere") };
    const open = buildCase({ firstRed: lost, newestRed: { ...lost, at: newest } });
    expect(unseen(RUNS, open) !== null).toBe(ends);
  });
});
