import { describe, expect, test } from "vitest";
import { checkKey } from "../../../src/domain/compliance/check-key.ts";
import { newestProof, shownGreen } from "../../../src/domain/compliance/read-shown-track.ts";
import { showTracks } from "../../../src/domain/compliance/show-track.ts";
import type { StreakGround } from "../../../src/domain/compliance/track.ts";
import { sha } from "../build-snapshot.ts";
import { after, buildCheck, buildTrunk, type GivenRun, HOUR, MINUTE, SOURCE } from "./case-history.ts";

const GROUND: StreakGround = { checks: [buildCheck()], openCases: [], at: after(2 * HOUR), hour: HOUR };
const KEY = checkKey("long", SOURCE);

function run(on: number, said: string, more: Partial<GivenRun> = {}): GivenRun {
  return { on, said, at: after(on * MINUTE), ...more };
}

/** Newest first, one sign each: `g`, `r`, `>` for what runs, `.` for no result. */
function picture(runs: readonly GivenRun[], commits = 10, ground: Partial<StreakGround> = {}): string {
  const [track] = showTracks(buildTrunk(runs, commits), { ...GROUND, ...ground }).newest;
  return signsOf(track?.commits ?? []);
}

function signsOf(commits: readonly { readonly result: "green" | "red" | "running" | "none" }[]): string {
  const signs = { green: "g", red: "r", running: ">", none: "." };
  return commits.map(({ result }) => signs[result]).join("");
}

describe("what a deferred check said on the newest commits", () => {
  test.each<readonly [claim: string, runs: readonly GivenRun[], shown: string]>([
    ["green, red and nothing", [run(1, "success"), run(3, "failure")], ".r.g".padStart(4, ".")],
    ["a newer attempt stands for an older", [run(4, "failure"), run(4, "success", { attempt: 2 })], "g..."],
    ["what runs again is running", [run(4, "failure"), run(4, "running", { attempt: 2 })], ">..."],
    ["what was skipped says nothing", [run(4, "skipped"), run(3, "cancelled")], "...."],
    ["what was skipped hides no verdict", [run(4, "failure"), run(4, "skipped", { attempt: 2 })], "r..."],
  ])("%s", (_, runs, shown) => {
    expect(picture(runs, 4)).toBe(shown === "" ? "" : shown);
  });

  test("of checks that the policy does not defer nothing is shown", () => {
    expect(
      showTracks(buildTrunk([run(1, "failure", { name: "other" })]), { ...GROUND, checks: [] }).newest,
    ).toEqual([]);
  });

  test("at most 40 commits, with GitHub's own word, the subject as text, and where the run is", () => {
    const evidence = buildTrunk([run(60, "timed_out")], 60);
    const chain = evidence.chain.map((one) => ({ ...one, subject: "a\u202Eb\u0000\nc".repeat(100) }));
    const [track] = showTracks({ ...evidence, chain }, GROUND).newest;
    expect(track?.commits).toHaveLength(40);
    expect(track?.commits[0]).toMatchObject({
      result: "red",
      said: "timed_out",
      url: "https://github.com/runs/6001",
      at: after(60 * MINUTE).toISOString(),
    });
    expect(track?.commits[0]?.subject).toMatch(/^a�b� c.{0,120}…$/u);
  });

  test("the same evidence is the same picture, so that nothing is written again", () => {
    const evidence = buildTrunk([run(1, "success"), run(3, "failure")]);
    expect(showTracks(evidence, GROUND).newest).toEqual(showTracks(evidence, GROUND).newest);
  });
});

describe("what a case shows", () => {
  const of = (runs: readonly GivenRun[], first: number, green: number | null, commits = 10) =>
    showTracks(buildTrunk(runs, commits), GROUND).ofCase({
      checkKey: KEY,
      firstRed: {
        sha: sha(`commit ${first}`),
        runId: first,
        sequence: 1,
        said: "failure",
        at: after(0),
        url: null,
      },
      lastGreen: green === null ? null : sha(`commit ${green}`),
    });

  test("begins with the last green commit", () => {
    const track = of([run(2, "success"), run(4, "success"), run(6, "failure"), run(9, "failure")], 6, 4);
    expect({ signs: signsOf(track?.commits ?? []), gap: track?.gap }).toEqual({
      signs: ".r..r.g",
      gap: null,
    });
  });

  test("begins with the first red where no green is known", () => {
    expect(signsOf(of([run(6, "failure")], 6, null)?.commits ?? [])).toBe("....r");
  });

  test("of a long streak shows the beginning and the end, and says how much is left out", () => {
    const track = of([run(1, "success"), run(2, "failure"), run(100, "failure")], 2, 1, 100);
    expect(track?.gap).toEqual({ after: 40, commits: 40 });
    expect(signsOf(track?.commits ?? [])).toBe(`r${".".repeat(57)}rg`);
  });

  test("is left as it was where its first red is not on the trunk any more", () => {
    const gone = { sha: sha("gone"), runId: 1, sequence: 1, said: "failure", at: after(0), url: null };
    const tracks = showTracks(buildTrunk([run(1, "failure")]), GROUND);
    expect(tracks.ofCase({ checkKey: KEY, firstRed: gone, lastGreen: null })).toBeNull();
  });
});

describe("a shown track is read", () => {
  const at = (minute: number) => after(minute * MINUTE).toISOString();
  const commit = (result: "green" | "red" | "none" | "running", minute: number) => ({
    sha: sha(String(minute)),
    subject: "",
    committedAt: at(minute),
    result,
    said: null,
    at: result === "none" ? null : at(minute),
    url: null,
  });

  test("by its newest verdict", () => {
    const commits = [commit("running", 9), commit("none", 8), commit("red", 7), commit("green", 6)];
    expect(newestProof(commits)?.result).toBe("red");
    expect(newestProof([commit("none", 8)])).toBeNull();
  });

  test("green since the first one after a red; at least since the oldest that is shown", () => {
    const greens = [commit("green", 9), commit("none", 8), commit("green", 7)];
    expect(shownGreen([...greens, commit("red", 6), commit("green", 5)])).toEqual({
      since: after(7 * MINUTE),
      isWhole: true,
    });
    expect(shownGreen(greens)).toEqual({ since: after(7 * MINUTE), isWhole: false });
  });
});
