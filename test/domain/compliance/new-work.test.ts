import { describe, expect, test } from "vitest";
import { newWorkSince } from "../../../src/domain/compliance/new-work.ts";
import { sha } from "../build-snapshot.ts";
import { buildCase, buildRun } from "./build-case.ts";
import { SOURCE, START, buildTrunk } from "./case-history.ts";

const { chain } = buildTrunk([], 10);

/** Red since that commit, green before on that one. */
function redSince(firstRed: string, lastGreen: string | null) {
  const run = buildRun({ sha: sha(firstRed) });
  const now = {
    state: "red",
    firstRed: run,
    newestRed: run,
    reds: 1,
    confirmedRed: run,
    lastGreen: lastGreen === null ? null : sha(lastGreen),
    newerIsRunning: false,
  } as const;
  return { policy: null, key: "long", name: "long", source: SOURCE, now };
}

function endedOn(commit: string | null) {
  const end = { as: "green", at: START, by: null, because: null, url: null } as const;
  return buildCase({ end: { ...end, sha: commit === null ? null : sha(commit) } });
}

describe("since which green new work is looked for", () => {
  test.each([
    ["the one that ended the case", "commit 7", "commit 6", "commit 5", "commit 5"],
    ["none, on the commit that was green", "commit 5", "commit 4", "commit 5", null],
    ["none, on an older commit", "commit 4", "commit 3", "commit 5", null],
    ["the newest that was read, where the case ended deeper", "commit 7", "commit 6", "commit 0", "commit 6"],
    ["none, where neither was read", "commit 7", null, "commit 0", null],
    ["none, where no commit ended the case", "commit 7", "commit 6", null, null],
  ])("%s", (_name, firstRed, lastGreen, ended, since) => {
    expect(newWorkSince(redSince(firstRed, lastGreen), endedOn(ended), chain)).toBe(
      since === null ? null : sha(since),
    );
  });
});
