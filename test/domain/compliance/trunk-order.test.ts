import { expect, test } from "vitest";
import { isAfter } from "../../../src/domain/compliance/trunk-order.ts";
import { sha } from "../build-snapshot.ts";
import { HOUR, START, after, buildTrunk } from "./case-history.ts";

const { chain } = buildTrunk([], 5);
const EARLY = { sha: sha("commit 2"), at: START, runId: 20, sequence: 1 };

test.each([
  [
    "on a newer commit, although it ended before",
    { ...EARLY, sha: sha("commit 3"), at: after(-HOUR) },
    "yes",
  ],
  ["on an older commit, although it ended later", { ...EARLY, sha: sha("commit 1"), at: after(HOUR) }, "no"],
  ["a later run of the commit, although it ended before", { ...EARLY, runId: 21, at: after(-HOUR) }, "yes"],
  ["an earlier run of the commit", { ...EARLY, runId: 19, at: after(HOUR) }, "no"],
  ["a later attempt of the run", { ...EARLY, sequence: 2 }, "yes"],
  ["itself", EARLY, "no"],
  ["the same run, whose attempt is not known", { sha: EARLY.sha, at: after(HOUR), runId: 20 }, "no"],
  ["of the commit, with nothing but a later time", { sha: EARLY.sha, at: after(HOUR) }, "yes"],
  ["of the commit, with nothing but an earlier time", { sha: EARLY.sha, at: after(-HOUR) }, "no"],
  ["on a commit that is not on the trunk", { ...EARLY, sha: sha("elsewhere") }, "unknown"],
])("REL-12: comes after a run: %s: %s", (_name, run, answer) => {
  expect(isAfter(run, EARLY, chain)).toBe(answer);
});

test("a run after one whose attempt is not known", () => {
  expect(isAfter(EARLY, { sha: EARLY.sha, at: START, runId: 20 }, chain)).toBe("yes");
});
