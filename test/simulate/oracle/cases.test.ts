import { describe, expect, test } from "vitest";
import type { Fact } from "../fact.ts";
import type { SeenIssue } from "../seen.ts";
import { expectAt } from "./expect.ts";
import {
  branch,
  hour,
  issue,
  job,
  merged,
  policy,
  push,
  quiet,
  role,
  say,
  seen,
  sha,
  SHOP_OPENS,
  touch,
} from "./tell.ts";

/** `integration since a1, due 73`; hours from the beginning. */
function casesAt(
  hours: number,
  facts: readonly Fact[],
  issues: readonly SeenIssue[] = [],
): readonly string[] {
  const { cases } = expectAt([...SHOP_OPENS, ...facts, quiet(hours)], seen(hours, { issues }));
  return cases.map(({ check, firstRed, deadline, latest, expired, overridden }) => {
    const due = [deadline, latest].map((moment) =>
      moment === null ? "never" : String((moment.getTime() - hour(0).getTime()) / 3_600_000),
    );
    const when = due[0] === due[1] ? due[0] : due.join(" to ");
    const name = Object.entries({ a0: "", a1: "", a2: "", a3: "", a4: "" }).find(
      ([one]) => sha(one) === firstRed,
    )?.[0];
    return `${check} since ${name}, due ${when}${expired ? ", expired" : ""}${overridden ? ", lifted" : ""}`;
  });
}

const RED: readonly Fact[] = [...push(1, "a1", { parents: ["a0"] }), job(2, "a1", 1, "failure"), quiet(2)];

describe("a streak", () => {
  const table: readonly [string, readonly Fact[], readonly SeenIssue[], number, readonly string[]][] = [
    // J9: first red + grace, 2 + 72; the warning at 2 + 24 is earlier.
    ["is due a grace after its first red", RED, [issue(2, "a1")], 3, ["integration since a1, due 74"]],
    // Nobody is halted who was not warned.
    ["has no deadline before anybody is warned", RED, [], 3, ["integration since a1, due never"]],
    // Warned at 60: 60 + 24 = 84 is later than 74.
    ["is due a day after a late warning", RED, [issue(60, "a1")], 61, ["integration since a1, due 84"]],
    ["has expired at its deadline", RED, [issue(2, "a1")], 74, ["integration since a1, due 74, expired"]],
    // Reds repeat in silence.
    [
      "keeps its first red however often it is red",
      [...RED, ...push(3, "a2", { parents: ["a1"] }), job(4, "a2", 2, "failure")],
      [issue(2, "a1")],
      5,
      ["integration since a1, due 74"],
    ],
    [
      "ends with a newer green",
      [...RED, ...push(3, "a2", { parents: ["a1"] }), job(4, "a2", 2, "success")],
      [issue(2, "a1")],
      5,
      [],
    ],
    // J8: the order is place, run, attempt; when it arrives says nothing.
    [
      "does not end with a green below it",
      [...RED, job(4, "a0", 9, "success")],
      [issue(2, "a1")],
      5,
      ["integration since a1, due 74"],
    ],
    [
      "ends when the run goes green by another attempt",
      [...RED, job(4, "a1", 1, "success", { attempt: 2 })],
      [issue(2, "a1")],
      5,
      [],
    ],
    [
      "stays while the job runs again",
      [...RED, job(4, "a1", 1, "in_progress", { attempt: 2 })],
      [issue(2, "a1")],
      5,
      ["integration since a1, due 74"],
    ],
    [
      "stays when the next run is cancelled",
      [...RED, job(4, "a1", 2, "cancelled")],
      [issue(2, "a1")],
      5,
      ["integration since a1, due 74"],
    ],
    [
      "stays when the next run is skipped",
      [...RED, job(4, "a1", 2, "skipped")],
      [issue(2, "a1")],
      5,
      ["integration since a1, due 74"],
    ],
    // J8: never by pull requests.
    [
      "does not end with a pull request's green",
      [...RED, job(4, "a1", 2, "success", { event: "pull_request" })],
      [issue(2, "a1")],
      5,
      ["integration since a1, due 74"],
    ],
    // "a red commit that a force-push removed (the next green run of the trunk does)"
    [
      "stays when its commit is forced away",
      [...RED, branch(3, "main", "a0")],
      [issue(2, "a1")],
      4,
      ["integration since a1, due 74"],
    ],
    [
      "ends with the next green after it was forced away",
      [...RED, branch(3, "main", "a0"), job(4, "a0", 2, "success")],
      [issue(2, "a1")],
      5,
      [],
    ],
    // J8: proof is a result on the trunk.
    [
      "does not begin beside the trunk",
      [...push(1, "a1", { parents: ["a0"] }), branch(1, "main", "a0"), job(2, "a1", 1, "failure")],
      [],
      3,
      [],
    ],
    [
      "is not there for a check that the policy does not name",
      [policy(1, { checks: [] }), quiet(1), ...RED],
      [],
      3,
      [],
    ],
    [
      "begins with a time-out, too",
      [...push(1, "a1", { parents: ["a0"] }), job(2, "a1", 1, "timed_out")],
      [],
      3,
      ["integration since a1, due never"],
    ],
  ];
  test.each(table)("%s", (_name, facts, issues, hours, expected) => {
    expect(casesAt(hours, facts, issues)).toEqual(expected);
  });
});

describe("confirm: 2", () => {
  const TWICE = [policy(1, { confirm: 2 }), quiet(1), ...RED];
  test("one red opens nothing", () => {
    expect(casesAt(3, TWICE)).toEqual([]);
  });
  test("two in a row are counted from the second", () => {
    // The second red is at 30: 30 + 72.
    expect(casesAt(31, [...TWICE, job(30, "a1", 2, "failure")], [issue(30, "a1")])).toEqual([
      "integration since a1, due 102",
    ]);
  });
});

describe("red again", () => {
  const GREEN = [...RED, ...push(3, "a2", { parents: ["a1"] }), job(4, "a2", 2, "success"), quiet(4)];
  const CLOSED = issue(2, "a1");
  test("within a day without a pull request, the same case goes on with its clock", () => {
    const facts = [...GREEN, ...push(5, "a3", { parents: ["a2"] }), job(6, "a3", 3, "failure")];
    expect(casesAt(7, facts, [CLOSED])).toEqual(["integration since a1, due 74"]);
  });
  test("with a pull request since, it is another case", () => {
    const facts = [
      ...GREEN,
      ...push(5, "a3", { parents: ["a2"] }),
      merged(5, "a3"),
      job(6, "a3", 3, "failure"),
    ];
    expect(casesAt(7, facts, [CLOSED, issue(6, "a3", { number: 8 })])).toEqual([
      "integration since a3, due 78",
    ]);
  });
  test("more than a day later, it is another case", () => {
    const facts = [...GREEN, ...push(5, "a3", { parents: ["a2"] }), job(28.5, "a3", 3, "failure")];
    expect(casesAt(29, facts, [CLOSED, issue(28.5, "a3", { number: 8 })])).toEqual([
      "integration since a3, due 100.5",
    ]);
  });
  test("what was red and green between two quiet moments need not have been seen", () => {
    const facts = [
      ...push(1, "a1", { parents: ["a0"] }),
      job(2, "a1", 1, "failure"),
      job(3, "a1", 2, "success"),
    ];
    const again = [...facts, ...push(4, "a2", { parents: ["a1"] }), job(5, "a2", 3, "failure")];
    // Seen: the clock of the first goes on. Not seen: it begins with the second. What issue there is tells which.
    expect(casesAt(6, again, [issue(2, "a1")])).toEqual(["integration since a1, due 74"]);
    expect(casesAt(6, again, [issue(5, "a2")])).toEqual(["integration since a2, due 77"]);
  });
});

describe("adoption", () => {
  test("what is red already has its grace from when the policy names it", () => {
    const facts = [policy(1, { checks: [] }), quiet(1), ...RED, policy(30), quiet(30.5)];
    expect(casesAt(31, facts, [issue(30.5, "a1")])).toEqual(["integration since a1, due 102 to 102.5"]);
  });
  test("observe becoming enforce starts the clocks anew", () => {
    const facts = [policy(1, { mode: "observe" }), quiet(1), ...RED, policy(30), quiet(30)];
    expect(casesAt(31, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 102"]);
  });
});

describe("what people do", () => {
  test("extend moves the deadline, by somebody who may", () => {
    const facts = [...RED, say(10, "octocat", { verb: "extend", hours: 12 })];
    expect(casesAt(11, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 86"]);
  });
  test("others' extend moves nothing", () => {
    const facts = [...RED, say(10, "hubot", { verb: "extend", hours: 12 })];
    expect(casesAt(11, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74"]);
  });
  test("after the deadline extend moves nothing", () => {
    const facts = [...RED, say(80, "octocat", { verb: "extend", hours: 12 })];
    expect(casesAt(81, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired"]);
  });
  test("the label lifts what is past its deadline, for as long as the policy says", () => {
    const facts = [...RED, touch(80, "octocat", "labelled", "halt-override")];
    expect(casesAt(81, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired, lifted"]);
    expect(casesAt(104, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired"]);
  });
  test("before the deadline the label lifts nothing", () => {
    const facts = [...RED, touch(70, "octocat", "labelled", "halt-override")];
    expect(casesAt(75, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired"]);
  });
  test("the label of somebody who may not lifts nothing", () => {
    const facts = [...RED, touch(80, "hubot", "labelled", "halt-override")];
    expect(casesAt(81, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired"]);
  });
  test("taking the label off ends it when done by somebody who may", () => {
    const facts = [...RED, touch(80, "octocat", "labelled", "halt-override")];
    const byOthers = [...facts, touch(81, "hubot", "unlabelled", "halt-override")];
    const byAdmin = [...facts, touch(81, "octocat", "unlabelled", "halt-override")];
    expect(casesAt(82, byOthers, [issue(2, "a1")])).toEqual([
      "integration since a1, due 74, expired, lifted",
    ]);
    expect(casesAt(82, byAdmin, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired"]);
  });
});

describe("a looser policy waits while something is open", () => {
  const OBSERVED = [...RED, policy(10, { mode: "observe" }), quiet(10)];
  const gate = (hours: number, facts: readonly Fact[]) =>
    expectAt([...SHOP_OPENS, ...facts, quiet(hours)], seen(hours, { issues: [issue(2, "a1")] })).gate(
      sha("a1"),
    );
  test("until somebody who may accepts it, it lets nothing out", () => {
    expect(gate(75, OBSERVED)).toMatchObject({ decision: "held", or: [] });
    expect(gate(75, [...OBSERVED, say(20, "hubot", { verb: "accept-policy" })])).toMatchObject({
      decision: "held",
    });
    expect(gate(75, [...OBSERVED, say(20, "octocat", { verb: "accept-policy" }), quiet(20)])).toMatchObject({
      decision: "open",
      wouldBe: "held",
    });
  });
  test("a longer grace and a dropped check change nothing of what is open", () => {
    const facts = [...RED, policy(10, { graceHours: 96, checks: [] }), quiet(10)];
    expect(casesAt(75, facts, [issue(2, "a1")])).toEqual(["integration since a1, due 74, expired"]);
  });
  test("a check that is dropped and accepted is watched no more", () => {
    const facts = [
      ...RED,
      policy(10, { checks: [] }),
      quiet(10),
      say(20, "octocat", { verb: "accept-policy" }),
    ];
    expect(casesAt(21, facts, [issue(2, "a1")])).toEqual([]);
  });
  test("with nothing open it counts by itself", () => {
    const facts = [
      policy(1, { mode: "observe" }),
      quiet(1),
      ...push(1, "a1", { parents: ["a0"], carries: [] }),
    ];
    expect(gate(3, facts)).toMatchObject({ decision: "open", wouldBe: "held" });
  });
});

describe("where it cannot be known", () => {
  test("somebody whose rights change meanwhile may have been heard or not", () => {
    const facts = [...RED, touch(80, "octocat", "labelled", "halt-override"), role(80.1, "octocat", "write")];
    const { gate } = expectAt([...SHOP_OPENS, ...facts, quiet(81)], seen(81, { issues: [issue(2, "a1")] }));
    expect(gate(sha("a1"))).toMatchObject({ decision: "open", or: ["held", "unknown"] });
  });
});
