import { describe, expect, test } from "vitest";
import { caseHolds } from "../../../src/domain/compliance/case.ts";
import { compileGlob } from "../../../src/policy/glob.ts";
import { sha } from "../build-snapshot.ts";
import {
  after,
  buildCheck,
  buildDeferredPolicy,
  buildTrunk,
  type CaseHistory,
  type GivenRun,
  HOUR,
  MINUTE,
  START,
  startHistory,
} from "./case-history.ts";

const GREEN_1: GivenRun = { on: 1, said: "success", at: after(2 * MINUTE) };
const RED_2: GivenRun = { on: 2, said: "failure", at: after(10 * MINUTE) };
const RED_AT = RED_2.at;
const TRUNK = buildTrunk([GREEN_1, RED_2]);
const GREEN_4: GivenRun = { on: 4, said: "success", at: after(20 * HOUR) };
const DUE = after(72 * HOUR, RED_AT);

/** Red, seen a minute later, warned of at once. */
function opened(history: CaseHistory = startHistory()): CaseHistory {
  const at = after(MINUTE, RED_AT);
  history.look({ at, trunk: TRUNK });
  history.warn(at);
  history.look({ at, trunk: TRUNK });
  return history;
}

describe("a case opens", () => {
  test("at the first red of a streak, by GitHub's time, however late that is seen", () => {
    const history = startHistory();
    expect(history.look({ at: after(5 * HOUR), trunk: TRUNK })).toEqual(["1 opened"]);
    expect(history.only()).toMatchObject({
      name: "long",
      policyName: "Long",
      openedAt: RED_AT,
      firstRed: { sha: sha("commit 2") },
      lastGreen: sha("commit 1"),
      adopted: false,
      grace: 72 * HOUR,
      owners: ["@acme/server"],
      deadline: null,
    });
  });

  test("once, however often it is looked at, and goes on in silence with every newer red", () => {
    const history = opened();
    expect(history.look({ at: after(2 * HOUR), trunk: TRUNK })).toEqual([]);
    const more = buildTrunk([GREEN_1, RED_2, { on: 3, said: "failure", at: after(3 * HOUR) }]);
    expect(history.look({ at: after(3 * HOUR), trunk: more })).toEqual(["1 went-on"]);
    expect(history.only()).toMatchObject({ reds: 2, newestRed: { sha: sha("commit 3") }, deadline: DUE });
  });

  test("at the confirm-th red in a row, from whose time the clock runs; the range begins at the first", () => {
    const history = startHistory(buildDeferredPolicy([buildCheck({ confirm: 2 })]));
    expect(history.look({ at: after(HOUR), trunk: TRUNK })).toEqual([]);
    const second = after(2 * HOUR);
    const trunk = buildTrunk([GREEN_1, RED_2, { on: 3, said: "failure", at: second }]);
    expect(history.look({ at: second, trunk })).toEqual(["1 opened"]);
    expect(history.only()).toMatchObject({ openedAt: second, firstRed: { sha: sha("commit 2") } });
  });

  test("for each concrete name of its own", () => {
    const history = startHistory();
    const trunk = buildTrunk([
      RED_2,
      { ...RED_2, name: "longer", runId: 7 },
      { on: 2, said: "success", at: RED_AT, name: "fine", runId: 8 },
    ]);
    expect(history.look({ at: RED_AT, trunk })).toEqual(["1 opened", "2 opened"]);
    expect(history.cases().map(({ name }) => name)).toEqual(["long", "longer"]);
  });

  test("not while nothing can be read", () => {
    expect(startHistory().look({ at: after(HOUR), trunk: null })).toEqual([]);
  });

  test("not for a check that the policy no longer names, although open cases stand on it", () => {
    const history = startHistory(buildDeferredPolicy([]));
    expect(history.look({ at: after(HOUR), trunk: TRUNK })).toEqual([]);
  });
});

describe("nobody is halted who was not warned", () => {
  test("without a warning there is no deadline, however long it lasts", () => {
    const history = startHistory();
    history.look({ at: RED_AT, trunk: TRUNK });
    const late = after(1_000 * HOUR);
    expect(history.look({ at: late, trunk: TRUNK })).toEqual([]);
    expect(caseHolds(history.only(), late)).toBe("no");
  });

  test.each([
    ["at once", MINUTE, 72 * HOUR, 72 * HOUR],
    ["47 h late", 47 * HOUR, 72 * HOUR, 72 * HOUR],
    ["71 h late: 24 h from the warning", 71 * HOUR, 72 * HOUR, 95 * HOUR],
    ["after the grace: 24 h from the warning", 100 * HOUR, 72 * HOUR, 124 * HOUR],
    ["with a grace of 6 h, at once: the grace from the warning", MINUTE, 6 * HOUR, 6 * HOUR + MINUTE],
    ["with a grace of 6 h, late", 10 * HOUR, 6 * HOUR, 16 * HOUR],
    ["without any grace", MINUTE, 0, MINUTE],
  ])("warned %s", (_name, warned, grace, due) => {
    const history = startHistory(buildDeferredPolicy([buildCheck({ grace })], { remind: [] }));
    history.look({ at: after(warned, RED_AT), trunk: TRUNK });
    history.warn(after(warned, RED_AT));
    expect(history.look({ at: after(warned, RED_AT), trunk: TRUNK })[0]).toBe("1 clock-started");
    expect(history.only().deadline).toEqual(after(due, RED_AT));
  });
});

describe("adoption: red already when it began to be watched", () => {
  test("gets its full grace from then", () => {
    const since = after(50 * HOUR);
    const history = startHistory(buildDeferredPolicy(), since);
    expect(history.look({ at: since, trunk: TRUNK })).toEqual(["1 opened adopted"]);
    history.warn(after(MINUTE, since));
    history.look({ at: after(MINUTE, since), trunk: TRUNK });
    expect(history.only()).toMatchObject({ adopted: true, deadline: after(72 * HOUR, since) });
  });

  test("red in the second in which it began to be watched is not red already: GitHub tells no part of a second", () => {
    const history = startHistory(buildDeferredPolicy(), after(999, RED_AT));
    expect(history.look({ at: after(MINUTE, RED_AT), trunk: TRUNK })).toEqual(["1 opened"]);
    expect(history.only()).toMatchObject({ adopted: false, openedAt: RED_AT });
    const later = startHistory(buildDeferredPolicy(), after(1_000, RED_AT));
    expect(later.look({ at: after(MINUTE, RED_AT), trunk: TRUNK })).toEqual(["1 opened adopted"]);
  });

  test("a check that the policy names only now", () => {
    const history = startHistory(buildDeferredPolicy([]));
    history.look({ at: after(HOUR), trunk: TRUNK });
    history.policy = buildDeferredPolicy();
    const since = after(2 * HOUR);
    expect(history.look({ at: since, trunk: TRUNK })).toEqual(["1 opened adopted"]);
    expect(history.only().openedAt).toEqual(since);
  });

  test("a check that the policy's entry names only now", () => {
    const match = { kind: "workflow", workflow: "long.yml", job: compileGlob("other *") } as const;
    const history = startHistory(buildDeferredPolicy([buildCheck({ match })]));
    history.policy = buildDeferredPolicy();
    expect(history.look({ at: after(100 * HOUR), trunk: TRUNK })).toEqual(["1 opened adopted"]);
    expect(history.only().openedAt).toEqual(after(100 * HOUR));
  });

  test("the confirm-th red after adoption is when the clock begins", () => {
    const since = after(HOUR);
    const history = startHistory(buildDeferredPolicy([buildCheck({ confirm: 2 })]), since);
    const second = after(5 * HOUR);
    const trunk = buildTrunk([GREEN_1, RED_2, { on: 3, said: "failure", at: second }]);
    expect(history.look({ at: second, trunk })).toEqual(["1 opened adopted"]);
    expect(history.only().openedAt).toEqual(second);
  });

  test("observe turned to enforce before anybody was warned: the warning still counts", () => {
    const history = startHistory({ ...buildDeferredPolicy(), mode: "observe" });
    history.look({ at: RED_AT, trunk: TRUNK });
    history.policy = buildDeferredPolicy();
    const enforced = after(100 * HOUR);
    expect(history.look({ at: enforced, trunk: TRUNK })).toEqual(["1 adopted"]);
    expect(history.only()).toMatchObject({ deadline: null, openedAt: enforced });
  });

  test("observe turned to enforce: open cases have their full grace from then, expired ones too", () => {
    const history = startHistory({ ...buildDeferredPolicy(), mode: "observe" });
    opened(history);
    const expired = after(80 * HOUR);
    expect(history.look({ at: expired, trunk: TRUNK })).toEqual(["1 expired"]);
    history.policy = buildDeferredPolicy();
    const enforced = after(100 * HOUR);
    expect(history.look({ at: enforced, trunk: TRUNK })).toEqual(["1 adopted"]);
    const one = history.only();
    expect(one.deadline).toEqual(after(72 * HOUR, enforced));
    expect(caseHolds(one, enforced)).toBe("no");
    expect(history.look({ at: after(MINUTE, enforced), trunk: TRUNK })).toEqual([]);
  });
});

describe("REL-32: at the deadline", () => {
  test("a case expires, and not a millisecond before", () => {
    const history = opened();
    history.look({ at: after(-HOUR, DUE), trunk: TRUNK });
    expect(history.look({ at: after(-1, DUE), trunk: TRUNK })).toEqual([]);
    expect(caseHolds(history.only(), after(-1, DUE))).toBe("no");
    expect(history.look({ at: DUE, trunk: TRUNK })).toEqual(["1 expired"]);
    expect(caseHolds(history.only(), DUE)).toBe("expired");
    expect(history.look({ at: after(HOUR, DUE), trunk: TRUNK })).toEqual([]);
  });

  test("the gate is shut from that very moment, whether or not anybody looked", () => {
    const history = opened();
    expect(caseHolds(history.only(), DUE)).toBe("unverified");
  });

  test("REL-33: after an outage it expires at once if it is still red, and does not if it was mended meanwhile", () => {
    const late = after(10 * HOUR, DUE);
    expect(opened().look({ at: late, trunk: TRUNK })).toEqual(["1 expired"]);
    const mended = buildTrunk([GREEN_1, RED_2, { on: 4, said: "success", at: after(HOUR, DUE) }]);
    expect(opened().look({ at: late, trunk: mended })).toEqual(["1 resolved green"]);
  });

  test("REL-36: green one second before, seen after: resolved at GitHub's time, never halted", () => {
    const history = opened();
    const green = after(-1_000, DUE);
    const trunk = buildTrunk([GREEN_1, RED_2, { on: 4, said: "success", at: green }]);
    expect(history.look({ at: after(MINUTE, DUE), trunk })).toEqual(["1 resolved green"]);
    expect(history.only()).toMatchObject({
      expiredAt: null,
      end: { as: "green", at: green, sha: sha("commit 4") },
    });
  });

  test("REL-54: a commit that a force-push removed, and no check since, is not green: it expires", () => {
    const history = opened();
    const trunk = buildTrunk([], 10, "other");
    expect(history.look({ at: after(-HOUR, DUE), trunk })).toEqual(["1 reminder 1h first"]);
    expect(history.look({ at: DUE, trunk })).toEqual(["1 expired"]);
  });

  test("REL-54: after a force-push to an older, green commit the case stays until a run that ended later is green", () => {
    const history = opened();
    const back = buildTrunk([GREEN_1], 1);
    expect(history.look({ at: after(HOUR), trunk: back })).toEqual([]);
    const again = buildTrunk([GREEN_1, { on: 1, said: "success", at: after(2 * HOUR), runId: 20 }], 1);
    expect(history.look({ at: after(3 * HOUR), trunk: again })).toEqual(["1 resolved green"]);
  });
});

describe("J12: GitHub cannot be read", () => {
  test("before the deadline nothing happens, and no reminder is sent on old knowledge", () => {
    expect(opened().look({ at: after(-HOUR, DUE), trunk: null })).toEqual([]);
  });

  test("REL-48: at the deadline the expiry is unverified, said once; the confirming read decides", () => {
    const history = opened();
    const late = after(MINUTE, DUE);
    expect(history.look({ at: late, trunk: null })).toEqual(["1 unverified"]);
    expect(history.look({ at: after(HOUR, late), trunk: null })).toEqual([]);
    expect(history.only().unverifiedSince).toEqual(DUE);
    expect(caseHolds(history.only(), after(HOUR, late))).toBe("unverified");
    expect(history.look({ at: after(6 * HOUR, late), trunk: TRUNK })).toEqual(["1 expired"]);
    expect(history.only().unverifiedSince).toBeNull();
  });

  test("REL-48: or it turns out to be green", () => {
    const history = opened();
    history.look({ at: DUE, trunk: null });
    const trunk = buildTrunk([GREEN_1, RED_2, { on: 4, said: "success", at: after(HOUR, DUE) }]);
    expect(history.look({ at: after(6 * HOUR, DUE), trunk })).toEqual(["1 resolved green"]);
    expect(caseHolds(history.only(), after(6 * HOUR, DUE))).toBe("no");
  });
});

describe("verify_grace", () => {
  const POLICY = buildDeferredPolicy([buildCheck({ verifyGrace: 5 * HOUR })], { remind: [] });
  const RUNNING = buildTrunk([GREEN_1, RED_2, { on: 5, said: "running", at: after(-HOUR, DUE) }]);

  test("waits up to 2 h past the deadline for a newer commit's run, says so once, and holds nothing meanwhile", () => {
    const history = opened(startHistory(POLICY));
    expect(history.look({ at: DUE, trunk: RUNNING })).toEqual(["1 verifying"]);
    expect(history.only().verifyUntil).toEqual(after(2 * HOUR, DUE));
    expect(history.look({ at: after(HOUR, DUE), trunk: RUNNING })).toEqual([]);
    expect(caseHolds(history.only(), after(HOUR, DUE))).toBe("no");
    expect(caseHolds(history.only(), after(2 * HOUR, DUE))).toBe("unverified");
    expect(history.look({ at: after(2 * HOUR, DUE), trunk: RUNNING })).toEqual(["1 expired"]);
  });

  test.each([
    ["red: it expires at once", "failure", ["1 went-on", "1 expired"]],
    ["cancelled: it expires at once", "cancelled", ["1 expired"]],
    ["green: it is over", "success", ["1 resolved green"]],
  ])("that run ends %s", (_name, said, happened) => {
    const history = opened(startHistory(POLICY));
    history.look({ at: DUE, trunk: RUNNING });
    const trunk = buildTrunk([GREEN_1, RED_2, { on: 5, said, at: after(HOUR, DUE) }]);
    expect(history.look({ at: after(HOUR, DUE), trunk })).toEqual(happened);
  });

  test("is off by default, and where nothing newer runs", () => {
    expect(opened(startHistory(buildDeferredPolicy())).look({ at: DUE, trunk: RUNNING })).toEqual([
      "1 expired",
    ]);
    expect(opened(startHistory(POLICY)).look({ at: DUE, trunk: TRUNK })).toEqual(["1 expired"]);
  });
});

describe("a case ends", () => {
  test("with a green newer than its newest red, at GitHub's time", () => {
    const history = opened();
    const trunk = buildTrunk([GREEN_1, RED_2, GREEN_4]);
    expect(history.look({ at: after(21 * HOUR), trunk })).toEqual(["1 resolved green"]);
    expect(history.only().end).toMatchObject({ as: "green", at: GREEN_4.at, by: null, sha: sha("commit 4") });
  });

  test("not while its red run is tried again, however green the commit before is", () => {
    const again = buildTrunk([GREEN_1, { on: 2, said: "running", at: after(HOUR), attempt: 2 }]);
    expect(opened().look({ at: after(HOUR), trunk: again })).toEqual([]);
  });

  test("with the second attempt of its red run", () => {
    const again = buildTrunk([GREEN_1, { on: 2, said: "success", at: after(HOUR), attempt: 2 }]);
    expect(opened().look({ at: after(HOUR), trunk: again })).toEqual(["1 resolved green"]);
  });

  test("with its very check run, which an App turns green", () => {
    const turned = buildTrunk([GREEN_1, { ...RED_2, said: "success", at: after(HOUR) }]);
    expect(opened().look({ at: after(HOUR), trunk: turned })).toEqual(["1 resolved green"]);
  });

  test("not with what its very check run said before it was red", () => {
    const before = buildTrunk([GREEN_1, { ...RED_2, said: "success", at: after(-MINUTE, RED_AT) }]);
    expect(opened().look({ at: after(HOUR), trunk: before })).toEqual([]);
  });

  test("when the job is gone from a newer, finished, green run of its workflow", () => {
    const run = { workflow: ".github/workflows/long.yml", event: "push", said: "success", url: null };
    const trunk = {
      ...TRUNK,
      runs: [{ ...run, sha: sha("commit 6"), runId: 6, at: after(HOUR) }],
      results: [
        ...TRUNK.results,
        ...buildTrunk([{ on: 6, said: "success", at: after(HOUR), name: "other" }]).results,
      ],
    };
    expect(opened().look({ at: after(2 * HOUR), trunk })).toEqual(["1 resolved gone"]);
  });

  test("as void when the check was dropped and that was accepted", () => {
    const history = opened();
    history.policy = buildDeferredPolicy([]);
    expect(history.look({ at: after(2 * HOUR), trunk: TRUNK })).toEqual(["1 resolved void"]);
  });

  test("as void, and red again when the repository is back: another case", () => {
    const history = opened();
    const end = {
      as: "void",
      at: after(5 * HOUR),
      by: null,
      because: "archived",
      url: null,
      sha: null,
    } as const;
    history.change(1, { end });
    expect(history.look({ at: after(6 * HOUR), trunk: TRUNK })).toEqual(["2 opened"]);
  });

  test("and a trunk that does not show its green any more is waited for, then believed: it was rewritten", () => {
    const history = opened();
    history.look({ at: GREEN_4.at, trunk: buildTrunk([GREEN_1, RED_2, GREEN_4]) });
    const rewritten = buildTrunk([GREEN_1, RED_2], 3);
    expect(history.look({ at: after(MINUTE, GREEN_4.at), trunk: rewritten })).toEqual([]);
    expect(history.lagging()).toBe(true);
    expect(history.look({ at: after(10 * MINUTE, GREEN_4.at), trunk: rewritten })).toEqual(["1 relapsed"]);
  });

  test("and is not opened again by reads that lag behind", () => {
    const history = opened();
    history.look({ at: after(21 * HOUR), trunk: buildTrunk([GREEN_1, RED_2, GREEN_4]) });
    expect(history.look({ at: after(21 * HOUR), trunk: TRUNK })).toEqual([]);
    expect(history.lagging()).toBe(true);
  });
});

describe("REL-40: red again", () => {
  const GREEN = buildTrunk([GREEN_1, RED_2, GREEN_4]);
  const AGAIN_AT = after(10 * HOUR, GREEN_4.at);
  const SAME_COMMIT = buildTrunk([
    GREEN_1,
    RED_2,
    GREEN_4,
    { on: 4, said: "failure", at: AGAIN_AT, runId: 40 },
  ]);

  function resolved(): CaseHistory {
    const history = opened();
    history.look({ at: GREEN_4.at, trunk: GREEN });
    return history;
  }

  test("within 24 h of the green and without new work: the same case, its clock goes on", () => {
    const history = resolved();
    expect(history.look({ at: AGAIN_AT, trunk: SAME_COMMIT })).toEqual(["1 relapsed"]);
    expect(history.only()).toMatchObject({ end: null, deadline: DUE, reds: 2 });
  });

  test("with a pull request since: a streak of its own", () => {
    const history = resolved();
    expect(history.look({ at: AGAIN_AT, trunk: SAME_COMMIT, newWork: true })).toEqual(["2 opened"]);
    expect(history.open()).toMatchObject([{ openedAt: AGAIN_AT, firstRed: { sha: sha("commit 4") } }]);
  });

  test("later than that: a streak of its own", () => {
    const history = resolved();
    const late = after(24 * HOUR + 1, GREEN_4.at);
    const trunk = buildTrunk([GREEN_1, RED_2, GREEN_4, { on: 4, said: "failure", at: late, runId: 40 }]);
    expect(history.look({ at: late, trunk })).toEqual(["2 opened"]);
  });

  test("past the deadline: it is expired at once", () => {
    const history = opened();
    const green = after(HOUR, DUE);
    history.look({ at: DUE, trunk: TRUNK });
    const mended: readonly GivenRun[] = [GREEN_1, RED_2, { on: 4, said: "success", at: green }];
    expect(history.look({ at: green, trunk: buildTrunk(mended) })).toEqual(["1 resolved green"]);
    const again = after(2 * HOUR, DUE);
    const trunk = buildTrunk([...mended, { on: 4, said: "failure", at: again, runId: 40 }]);
    expect(history.look({ at: again, trunk })).toEqual(["1 relapsed", "1 expired"]);
  });

  test("green and red again while nobody looked: the case goes on, or ends and another one opens", () => {
    const unseen = opened();
    expect(unseen.look({ at: AGAIN_AT, trunk: SAME_COMMIT })).toEqual(["1 went-on"]);
    expect(unseen.only().deadline).toEqual(DUE);
    const other = opened();
    expect(other.look({ at: AGAIN_AT, trunk: SAME_COMMIT, newWork: true })).toEqual([
      "1 resolved green",
      "2 opened",
    ]);
    expect(other.cases()[0]?.end).toMatchObject({ as: "green", at: GREEN_4.at });
  });

  test("green and red again unseen: it ended with its own green, not with that of another workflow's job", () => {
    const source = { kind: "workflow", workflow: ".github/workflows/short.yml" } as const;
    const others = buildTrunk([{ ...GREEN_4, at: after(19 * HOUR), runId: 39 }]).results;
    const results = [...others.map((one) => ({ ...one, source })), ...SAME_COMMIT.results];
    const history = opened();
    history.look({ at: AGAIN_AT, trunk: { ...SAME_COMMIT, results }, newWork: true });
    expect(history.cases()[0]?.end).toMatchObject({ as: "green", at: GREEN_4.at });
  });

  test("after somebody resolved it by hand: only what is red later is another case", () => {
    const history = opened();
    const at = after(5 * HOUR);
    const end = { as: "by-hand", at, by: "octocat", because: "retired", url: null, sha: null } as const;
    history.change(1, { end });
    expect(history.look({ at: after(6 * HOUR), trunk: TRUNK })).toEqual([]);
    const red = after(7 * HOUR);
    const trunk = buildTrunk([GREEN_1, RED_2, { on: 5, said: "failure", at: red }]);
    expect(history.look({ at: red, trunk })).toEqual(["2 opened"]);
    expect(history.open()).toMatchObject([{ openedAt: red, firstRed: { sha: sha("commit 5") }, reds: 1 }]);
  });
});

describe("REL-37: the policy changes while a case is open", () => {
  test.each([
    ["a shorter grace", buildDeferredPolicy([buildCheck({ grace: 24 * HOUR })])],
    ["a longer grace", buildDeferredPolicy([buildCheck({ grace: 168 * HOUR })])],
    ["other environments", buildDeferredPolicy([buildCheck({ environments: ["staging"] })])],
  ])("%s changes nothing for it", (_name, policy) => {
    const history = opened();
    const before = history.only();
    history.policy = policy;
    expect(history.look({ at: after(30 * HOUR), trunk: TRUNK })).toEqual([]);
    expect(history.only()).toEqual(before);
  });
});

describe("REL-39: reminders", () => {
  test("come once each, the first of them as the first", () => {
    const history = opened();
    expect(history.look({ at: after(-24 * HOUR - 1, DUE), trunk: TRUNK })).toEqual([]);
    expect(history.look({ at: after(-24 * HOUR, DUE), trunk: TRUNK })).toEqual(["1 reminder 24h first"]);
    expect(history.look({ at: after(-20 * HOUR, DUE), trunk: TRUNK })).toEqual([]);
    expect(history.look({ at: after(-4 * HOUR + 5_000, DUE), trunk: TRUNK })).toEqual(["1 reminder 4h"]);
    expect(history.look({ at: after(-HOUR, DUE), trunk: TRUNK })).toEqual([]);
  });

  test("that are late collapse into one, which says what is left", () => {
    expect(opened().look({ at: after(-2 * HOUR, DUE), trunk: TRUNK })).toEqual(["1 reminder 2h first"]);
  });

  test("do not come in the last minute, when nobody reads them in time", () => {
    expect(opened().look({ at: after(-MINUTE + 1, DUE), trunk: TRUNK })).toEqual([]);
    expect(opened().look({ at: after(-MINUTE, DUE), trunk: TRUNK })).toHaveLength(1);
  });

  test("do not come after the deadline, nor after the end", () => {
    expect(opened().look({ at: DUE, trunk: TRUNK })).toEqual(["1 expired"]);
    const green = buildTrunk([GREEN_1, RED_2, GREEN_4]);
    expect(opened().look({ at: after(-HOUR, DUE), trunk: green })).toEqual(["1 resolved green"]);
  });

  test("come anew before a deadline that was put off", () => {
    const history = opened();
    history.look({ at: after(-4 * HOUR, DUE), trunk: TRUNK });
    history.change(1, { deadline: after(12 * HOUR, DUE) });
    expect(history.look({ at: after(-3 * HOUR, DUE), trunk: TRUNK })).toEqual([]);
    expect(history.look({ at: after(8 * HOUR, DUE), trunk: TRUNK })).toEqual(["1 reminder 4h"]);
  });

  test("that would come before the warning do not come", () => {
    const history = startHistory(buildDeferredPolicy([buildCheck({ grace: 12 * HOUR })]));
    history.look({ at: RED_AT, trunk: TRUNK });
    history.warn(RED_AT);
    expect(history.look({ at: RED_AT, trunk: TRUNK })).toEqual(["1 clock-started"]);
    expect(history.look({ at: after(8 * HOUR, RED_AT), trunk: TRUNK })).toEqual(["1 reminder 4h first"]);
  });
});

test("an hour of deadlines may last a second", () => {
  const second = 1_000;
  const check = buildCheck({ grace: 72 * second });
  const history = startHistory(buildDeferredPolicy([check], { hour: second, remind: [24 * second] }));
  history.look({ at: RED_AT, trunk: TRUNK });
  history.warn(after(60 * second, RED_AT));
  history.look({ at: after(60 * second, RED_AT), trunk: TRUNK });
  expect(history.only().deadline).toEqual(after(84 * second, RED_AT));
  expect(START.getTime()).toBeLessThan(RED_AT.getTime());
});
