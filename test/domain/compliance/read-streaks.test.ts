import { describe, expect, test } from "vitest";
import { readStreaks } from "../../../src/domain/compliance/read-streaks.ts";
import { sha } from "../build-snapshot.ts";
import {
  app,
  check,
  CI,
  ground,
  HOUR,
  job,
  jobs,
  minutesAgo,
  only,
  openCase,
  redRun,
  run,
  type Said,
  type Seen,
  status,
  STATUS,
  trunk,
} from "./build-evidence.ts";
import { compileGlob } from "../../../src/policy/glob.ts";

function red(commit: string, first: Said, more: object = {}): object {
  return {
    state: "red",
    firstRed: redRun(commit, first),
    newestRed: redRun(commit, first),
    reds: 1,
    confirmedRed: redRun(commit, first),
    lastGreen: null,
    newerIsRunning: false,
    ...more,
  };
}

function green(commit: string, since: Said): object {
  return { state: "green", since: redRun(commit, since) };
}

describe("the newest proof decides", () => {
  const failed = job("failure");
  const passed = job("success");
  const [one, two] = [job("failure", { runId: 1 }), job("failure", { runId: 2 })];

  test.each<readonly [string, readonly Seen[], object | null]>([
    ["one red", [["c2", [failed]], ["c1"]], red("c2", failed)],
    [
      "a red above a green",
      [
        ["c2", [failed]],
        ["c1", [passed]],
      ],
      red("c2", failed, { lastGreen: sha("c1") }),
    ],
    [
      "a green above a red",
      [
        ["c2", [passed]],
        ["c1", [failed]],
      ],
      green("c2", passed),
    ],
    [
      "two red commits in a row",
      [
        ["c3", [two]],
        ["c2", [one]],
        ["c1", [passed]],
      ],
      red("c2", one, { newestRed: redRun("c3", two), reds: 2, lastGreen: sha("c1") }),
    ],
    [
      "a commit that says nothing does not break a row",
      [
        ["c4", [job("cancelled")]],
        ["c3", [two]],
        ["c2", [job("skipped")]],
        ["c1", [one]],
      ],
      red("c1", one, { newestRed: redRun("c3", two), reds: 2 }),
    ],
    [
      "two reds on one commit count once",
      [["c1", [one, two]]],
      red("c1", one, { newestRed: redRun("c1", two), reds: 1 }),
    ],
    ["skipped, cancelled, neutral and stale say nothing", [["c1", [job("skipped"), job("stale")]]], null],
  ])("%s", (_claim, commits, expected) => {
    expect(only(trunk(commits))).toEqual(expected ?? { state: "silent", lastHeardAt: minutesAgo(30) });
  });

  test("a check that the trunk does not show is nothing at all", () => {
    expect(only(trunk([["c1", [job("failure", { name: "unit" })]]]))).toBeNull();
  });

  test("since when a check is green is its first green after the red", () => {
    const back = job("success", { runId: 2 });
    const seen: Seen[] = [
      ["c3", [job("success", { runId: 3 })]],
      ["c2", [back]],
      ["c1", [failed]],
    ];
    expect(only(trunk(seen))).toEqual(green("c2", back));
  });

  test("where no red was seen, its newest green", () => {
    const newest = job("success", { runId: 3 });
    expect(
      only(
        trunk([
          ["c2", [newest]],
          ["c1", [passed]],
        ]),
      ),
    ).toEqual(green("c2", newest));
  });
});

describe("the order is the place on the trunk, the run, the attempt", () => {
  test("REL-12: a result that ends late on an older commit decides nothing", () => {
    const late = job("failure", { at: minutesAgo(1) });
    const early = job("success", { at: minutesAgo(90), runId: 2 });
    expect(
      only(
        trunk([
          ["c2", [early]],
          ["c1", [late]],
        ]),
      ),
    ).toEqual(green("c2", early));
  });

  test("REL-13: a late end of the first attempt does not overwrite the second", () => {
    const second = job("success", { sequence: 20, at: minutesAgo(50) });
    const first = job("failure", { sequence: 10, at: minutesAgo(1) });
    expect(only(trunk([["c1", [second, first]]]))).toEqual(green("c1", second));
  });

  test("REL-13: a run that was asked for later decides, whichever ended first", () => {
    const later = job("failure", { runId: 9, sequence: 1, at: minutesAgo(50) });
    const again = job("success", { runId: 8, sequence: 99, at: minutesAgo(1) });
    expect(only(trunk([["c1", [again, later]]]))).toEqual(red("c1", later, { lastGreen: sha("c1") }));
  });

  test("REL-12: one result seen twice, under way and ended, has ended", () => {
    const ended = job("failure", { sequence: 5 });
    const begun = job("running", { sequence: 5, at: minutesAgo(1) });
    expect(only(trunk([["c1", [begun, ended]]]))).toEqual(red("c1", ended));
  });
});

describe("only the trunk's own proof counts", () => {
  const failed = job("failure");

  test.each<readonly [string, Said]>([
    ["a pull request's run", job("success", { event: "pull_request", runId: 2 })],
    ["a run for a pull request's target", job("success", { event: "pull_request_target", runId: 2 })],
    ["a run that somebody started by hand", job("success", { event: "workflow_dispatch", runId: 2 })],
    ["a look-alike of another App", job("success", { source: app("some-ci", 9), runId: 0 })],
    [
      "a job of that name in another workflow",
      job("success", { source: { kind: "workflow", workflow: ".github/workflows/fake.yml" }, runId: 2 }),
    ],
    ["a status of that name", job("success", { source: STATUS, runId: 0, event: null })],
  ])("%s is no green of the red", (_claim, lookAlike) => {
    const streaks = readStreaks(
      trunk([
        ["c2", [lookAlike]],
        ["c1", [failed]],
      ]),
      ground(),
    );
    expect(streaks.map(({ now }) => now)).toEqual([red("c1", failed)]);
  });

  test.each(["schedule", "merge_group"])("a run for %s is a green of a push's red", (event) => {
    const other = job("success", { event, runId: 2 });
    expect(
      only(
        trunk([
          ["c2", [other]],
          ["c1", [failed]],
        ]),
      ),
    ).toEqual(green("c2", other));
  });

  test("a policy may name another event, and then no other counts", () => {
    const byHand = job("failure", { event: "workflow_dispatch" });
    const given = ground({ checks: [check(jobs(), { events: ["workflow_dispatch", "pull_request"] })] });
    const seen = trunk([
      ["c2", [job("success"), job("success", { event: "pull_request" })]],
      ["c1", [byHand]],
    ]);
    expect(only(seen, given)).toEqual(red("c1", byHand));
  });

  test("what is not on the trunk's first parents says nothing", () => {
    const seen = trunk([["c1", [failed]]]);
    const beside = { ...job("success", { runId: 2 }), sha: sha("beside") };
    expect(only({ ...seen, results: [...seen.results, beside] })).toEqual(red("c1", failed));
  });

  test("a job that deploys to an environment of the policy is no check, whichever of its runs says so", () => {
    const seen = trunk([
      ["c2", [job("failure")]],
      ["c1", [job("success", { governed: true })]],
    ]);
    expect(only(seen)).toBeNull();
  });

  test("our own statuses are no checks", () => {
    const given = ground({ checks: [check({ kind: "status", status: compileGlob("*") })] });
    const own = status("failure", { name: "holdpoint/gate" });
    const ci = status("failure");
    expect(only(trunk([["c1", [own, ci]]]), given)).toEqual(red("c1", ci));
  });

  test("each concrete name is a check of its own, under the first entry that names it", () => {
    const given = ground({ checks: [check(jobs("slow b"), { name: "B" }), check(jobs(), { name: "All" })] });
    const seen = trunk([["c1", [job("failure"), job("success", { name: "slow b" })]]]);
    expect(readStreaks(seen, given).map(({ name, policy, now }) => [name, policy?.name, now.state])).toEqual([
      ["slow a", "All", "red"],
      ["slow b", "B", "green"],
    ]);
  });

  test("a status is red when it fails or errs, and its newest counts", () => {
    const given = ground({ checks: [check({ kind: "status", status: compileGlob("ci/*") })] });
    const newest = status("error", { sequence: 9 });
    const older = status("success", { sequence: 8 });
    expect(only(trunk([["c1", [older, newest]]]), given)).toEqual(
      red("c1", newest, { lastGreen: sha("c1") }),
    );
  });
});

describe("confirmation", () => {
  const [one, two, three] = [1, 2, 3].map((runId) => job("failure", { runId }));
  const given = ground({ checks: [check(jobs(), { confirm: 2 })] });
  if (one === undefined || two === undefined || three === undefined) throw new Error("three jobs");

  test("the second red commit confirms the first, where two are asked for", () => {
    expect(
      only(
        trunk([
          ["c2", [two]],
          ["c1", [one]],
        ]),
        given,
      ),
    ).toMatchObject({
      firstRed: redRun("c1", one),
      confirmedRed: redRun("c2", two),
    });
  });

  test("one red commit confirms nothing, however often it ran", () => {
    expect(only(trunk([["c1", [one, two]]]), given)).toMatchObject({ reds: 1, confirmedRed: null });
  });

  test("what confirmed stays what confirmed", () => {
    expect(
      only(
        trunk([
          ["c3", [three]],
          ["c2", [two]],
          ["c1", [one]],
        ]),
        given,
      ),
    ).toMatchObject({
      reds: 3,
      confirmedRed: redRun("c2", two),
    });
  });
});

describe("a run that could not start", () => {
  const broken = run("startup_failure", { runId: 7, at: minutesAgo(5) });
  const startup: Said = { ...job("startup_failure"), runId: 7, sequence: 0, at: minutesAgo(5) };

  test("is red for all deferred jobs that the workflow had", () => {
    const seen = trunk([
      ["c2", [], [broken]],
      ["c1", [job("success"), job("success", { name: "slow b" }), job("success", { name: "unit" })]],
    ]);
    expect(readStreaks(seen, ground()).map(({ name, now }) => [name, now])).toEqual([
      ["slow a", red("c2", startup, { lastGreen: sha("c1") })],
      ["slow b", red("c2", startup, { lastGreen: sha("c1") })],
    ]);
  });

  test("has the jobs of the newest run for the same event", () => {
    const seen = trunk([
      ["c3", [], [broken]],
      ["c2", [job("success", { name: "slow nightly", event: "schedule", runId: 2 })]],
      ["c1", [job("success")]],
    ]);
    expect(readStreaks(seen, ground()).map(({ name, now }) => [name, now.state])).toEqual([
      ["slow a", "red"],
      ["slow nightly", "green"],
    ]);
  });

  test("is red under the policy's own words where no job was ever seen", () => {
    const streaks = readStreaks(trunk([["c1", [], [broken]]]), ground());
    expect(streaks.map(({ name, key, now }) => [name, key, now])).toEqual([
      ["slow *", '["workflow","ci.yml","slow *"]', red("c1", startup)],
    ]);
  });

  test("of another workflow, or for a pull request, says nothing", () => {
    const seen = trunk([
      [
        "c2",
        [],
        [
          { ...broken, workflow: ".github/workflows/other.yml" },
          { ...broken, event: "pull_request" },
        ],
      ],
      ["c1", [job("success")]],
    ]);
    expect(only(seen)).toMatchObject({ state: "green" });
  });

  test("gives way to its own next attempt", () => {
    const again = job("success", { runId: 7 });
    const seen = trunk([["c1", [again], [run("success", { runId: 7 })]]]);
    const given = ground({ openCases: [openCase(redRun("c1", startup))] });
    expect(only(seen, given)).toEqual(green("c1", again));
  });
});

describe("a job that is no longer there", () => {
  const failed = job("failure", { name: "slow a" });
  const without = run("success", { runId: 5 });
  const other = job("success", { name: "unit", runId: 5 });
  test.each<readonly [string, Seen, boolean]>([
    ["in a newer, finished, green run", ["c2", [other], [without]], true],
    ["in a run that is under way", ["c2", [other], [{ ...without, said: "running" }]], false],
    ["in a run that failed", ["c2", [other], [{ ...without, said: "failure" }]], false],
    ["in a run of which no job is known", ["c2", [], [without]], false],
    ["in a run of another workflow", ["c2", [other], [{ ...without, workflow: "other.yml" }]], false],
    ["in a run for another event", ["c2", [other], [{ ...without, event: "schedule" }]], false],
    ["in a run for a pull request", ["c2", [other], [{ ...without, event: "pull_request" }]], false],
    ["but was skipped", ["c2", [other, job("skipped", { runId: 5 })], [without]], false],
    [
      "but its matrix was skipped as a whole",
      ["c2", [other, job("skipped", { name: "slow", runId: 5 })], [without]],
      true,
    ],
  ])("%s", (_claim, seen, isGone) => {
    expect(only(trunk([seen, ["c1", [failed]]]))?.state).toBe(isGone ? "gone" : "red");
  });

  test.each(["slow", "slow (${{ matrix.os }})", "slow (a) / inner"])(
    "a skipped “%s” may stand for a job of its matrix or of the workflow that it calls",
    (name) => {
      const inner = job("failure", { name: "slow (a) / inner (1)" });
      const skipped = job("skipped", { name, runId: 5 });
      const seen = trunk([
        ["c2", [other, skipped], [without]],
        ["c1", [inner]],
      ]);
      expect(readStreaks(seen, ground()).find((one) => one.name === inner.name)?.now.state).toBe("red");
    },
  );

  test("is gone since that run", () => {
    expect(
      only(
        trunk([
          ["c2", [other], [without]],
          ["c1", [failed]],
        ]),
      ),
    ).toEqual({
      state: "gone",
      since: { sha: sha("c2"), runId: 5, sequence: 0, said: "success", at: minutesAgo(20), url: null },
    });
  });

  test("is there again when a newer run has it", () => {
    const back = job("failure", { runId: 6 });
    const seen = trunk([
      ["c3", [back]],
      ["c2", [other], [without]],
      ["c1", [failed]],
    ]);
    expect(only(seen)).toMatchObject({ state: "red", newestRed: redRun("c3", back), reds: 2 });
  });

  test("an older run without it says nothing", () => {
    const seen = trunk([
      ["c2", [failed]],
      ["c1", [other], [without]],
    ]);
    expect(only(seen)).toMatchObject({ state: "red" });
  });
});

describe("a newer run that may turn it green", () => {
  const failed = job("failure");

  test.each<readonly [string, Seen, boolean]>([
    ["the job is running on a newer commit", ["c2", [job("running", { runId: 2 })]], true],
    ["its workflow is, and has not come to it", ["c2", [], [run("running", { runId: 2 })]], true],
    [
      "its workflow is, and has skipped it",
      ["c2", [job("skipped", { runId: 2 })], [run("running", { runId: 2 })]],
      false,
    ],
    ["another workflow is", ["c2", [], [run("running", { runId: 2, workflow: "other.yml" })]], false],
    ["a pull request's run is", ["c2", [], [run("running", { runId: 2, event: "pull_request" })]], false],
    ["nothing is", ["c2", [], [run("success", { runId: 2 })]], false],
  ])("%s", (_claim, seen, running) => {
    expect(only(trunk([seen, ["c1", [failed]]]))).toMatchObject({ state: "red", newerIsRunning: running });
  });

  test("the red's own run, whose other jobs are not done, is none", () => {
    const seen = trunk([["c1", [failed], [run("running", { runId: failed.runId })]]]);
    expect(only(seen)).toMatchObject({ newerIsRunning: false });
  });

  test("its next attempt is one", () => {
    const seen = trunk([["c1", [failed, job("running")], [run("running", { runId: failed.runId })]]]);
    expect(only(seen)).toEqual(red("c1", failed, { newerIsRunning: true }));
  });
});

describe("what an open case has seen", () => {
  const failed = job("failure", { runId: 2, sequence: 50 });
  const given = ground({ openCases: [openCase(redRun("c2", failed))] });
  const old = job("success", { runId: 1, sequence: 10 });

  test("stays red while only its next attempt can be seen", () => {
    const again = job("running", { runId: 2, sequence: 51 });
    expect(
      only(
        trunk([
          ["c2", [again]],
          ["c1", [old]],
        ]),
        given,
      ),
    ).toEqual(red("c2", failed, { lastGreen: sha("c1"), newerIsRunning: true }));
  });

  test("stays red while an App runs the same check run again", () => {
    const again = job("running", { runId: 2, sequence: 50 });
    expect(
      only(
        trunk([
          ["c2", [again]],
          ["c1", [old]],
        ]),
        given,
      ),
    ).toEqual(red("c2", failed, { lastGreen: sha("c1"), newerIsRunning: true }));
  });

  test("is green since the same check run turned green, whatever came after", () => {
    const turned = job("success", { runId: 2, sequence: 50 });
    const next = job("success", { runId: 3 });
    expect(
      only(
        trunk([
          ["c3", [next]],
          ["c2", [turned]],
          ["c1", [old]],
        ]),
        given,
      ),
    ).toEqual(green("c2", turned));
  });

  test("stays red when its run was deleted or cancelled since", () => {
    expect(only(trunk([["c2"], ["c1", [old]]]), given)).toMatchObject({ state: "red" });
    const cancelled = job("cancelled", { runId: 2, sequence: 50 });
    expect(
      only(
        trunk([
          ["c2", [cancelled]],
          ["c1", [old]],
        ]),
        given,
      ),
    ).toMatchObject({ state: "red" });
  });

  test("REL-54: is forgotten when a force-push took its commit away; the trunk as it is now decides", () => {
    expect(only(trunk([["c1", [old]]]), given)).toEqual(green("c1", old));
    const other = job("failure", { runId: 3 });
    expect(
      only(
        trunk([
          ["new", [other]],
          ["c1", [old]],
        ]),
        given,
      ),
    ).toEqual(red("new", other, { lastGreen: sha("c1") }));
  });

  test("REL-54: where a force-push left nothing that says anything, it is silent, not green", () => {
    expect(only(trunk([["new"]]), given)).toEqual({ state: "silent", lastHeardAt: null });
  });

  test("is told of a check that the policy names no more", () => {
    const dropped = ground({ checks: [], openCases: given.openCases });
    const [streak] = readStreaks(
      trunk([
        ["c2", [failed]],
        ["c1", [old]],
      ]),
      dropped,
    );
    expect(streak).toEqual({
      policy: null,
      key: '["workflow","ci.yml","slow a"]',
      name: "slow a",
      source: CI,
      now: red("c2", failed, { lastGreen: sha("c1") }),
    });
  });

  test("its first red is the row's, however far back", () => {
    const newest = job("failure", { runId: 4 });
    const more = ground({
      openCases: [{ ...openCase(redRun("c2", failed)), newestRed: redRun("c3", newest) }],
    });
    expect(only(trunk([["c4"], ["c3"], ["c2"], ["c1", [old]]]), more)).toMatchObject({
      firstRed: redRun("c2", failed),
      newestRed: redRun("c3", newest),
      reds: 2,
    });
  });
});

test("an hour in which somebody may act counts by the clock that everything is given", () => {
  const asked = job("action_required", { at: new Date(minutesAgo(0).getTime() - 1_500) });
  expect(only(trunk([["c1", [asked]]]), ground({ hour: HOUR }))).toMatchObject({ state: "silent" });
  expect(only(trunk([["c1", [asked]]]), ground({ hour: 1_000 }))).toEqual(red("c1", asked));
});
