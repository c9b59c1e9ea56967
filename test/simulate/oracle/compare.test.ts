import { describe, expect, test } from "vitest";
import type { Fact } from "../fact.ts";
import type { Seen, SeenGate } from "../seen.ts";
import { compare } from "./compare.ts";
import { expectAt } from "./expect.ts";
import {
  answered,
  hour,
  issue,
  job,
  policy,
  push,
  quiet,
  say,
  seen,
  sha,
  SHOP_OPENS,
  touch,
} from "./tell.ts";

function differencesAt(hours: number, facts: readonly Fact[], more: Partial<Seen>): readonly string[] {
  const all = [...SHOP_OPENS, ...facts, quiet(hours)];
  const looked = seen(hours, { statuses: more.gates?.map(statusOf) ?? [], ...more });
  const found = compare(expectAt(all, looked), looked, all);
  // Where the table tells of no gate, nobody looked at the statuses either; where it does, both differ together.
  const told = found.filter(
    ({ expected }) => more.gates !== undefined || !expected.startsWith("holdpoint/gate"),
  );
  return [...new Set(told.map(({ what }) => what))];
}

function statusOf({ decision }: SeenGate): Seen["statuses"][number] {
  const state = { open: "success", held: "failure", unknown: "pending" }[decision];
  return { context: "holdpoint/gate", state, description: "" };
}

const A1 = push(1, "a1", { parents: ["a0"] });
const RED: readonly Fact[] = [...A1, job(2, "a1", 1, "failure"), quiet(2)];
const GREEN: readonly Fact[] = [...RED, job(3, "a1", 2, "success")];
const OPENED = issue(2, "a1");
const WAS_HALTED = {
  at: hour(74),
  body: "**Deploys to all environments are halted**: `integration` is still red",
};
const HALTED = issue(2, "a1", { labels: ["deferred-compliance", "deploy-halt"], comments: [WAS_HALTED] });
const WAS_OVER = {
  at: hour(3),
  body: "**Over**: `integration` is green again. Nothing is held by this any more.",
};
const CLOSED = issue(2, "a1", {
  state: "closed",
  body: OPENED.body.replace("[ ]", "[x]"),
  comments: [WAS_OVER],
});
const LIFTED = touch(75, "octocat", "labelled", "halt-override");

describe("what is as it should be differs in nothing", () => {
  const table: readonly [string, number, readonly Fact[], Partial<Seen>][] = [
    ["nothing is red", 2, A1, { gates: [answered("a1", "open")] }],
    ["red, before its deadline", 3, RED, { issues: [OPENED], gates: [answered("a1", "open")] }],
    ["red, past its deadline", 75, RED, { issues: [HALTED], gates: [answered("a1", "held", ["expired"])] }],
    ["green again", 4, GREEN, { issues: [CLOSED], gates: [answered("a1", "open")] }],
    [
      "lifted",
      76,
      [...RED, LIFTED],
      {
        issues: [{ ...HALTED, labels: [...HALTED.labels, "halt-override"] }],
        gates: [answered("a1", "open")],
      },
    ],
    [
      "a halt label that a person put on",
      4,
      [...RED, touch(3, "octocat", "labelled", "deploy-halt")],
      {
        issues: [{ ...OPENED, labels: HALTED.labels }],
      },
    ],
  ];
  test.each(table)("%s", (_name, hours, facts, more) => {
    expect(differencesAt(hours, facts, more)).toEqual([]);
  });
});

describe("what differs is named", () => {
  const table: readonly [string, number, readonly Fact[], Partial<Seen>, readonly string[]][] = [
    [
      "held before the deadline",
      3,
      RED,
      { issues: [OPENED], gates: [answered("a1", "held")] },
      ["wrong halt"],
    ],
    [
      "unknown though all is known",
      3,
      RED,
      { issues: [OPENED], gates: [answered("a1", "unknown")] },
      ["wrong halt"],
    ],
    [
      "open past the deadline",
      75,
      RED,
      { issues: [HALTED], gates: [answered("a1", "open")] },
      ["wrong opening"],
    ],
    ["no issue", 3, RED, {}, ["missing issue"]],
    ["closed though red", 3, RED, { issues: [{ ...OPENED, state: "closed" }] }, ["wrong issue"]],
    ["open though green", 4, GREEN, { issues: [OPENED] }, ["wrong issue"]],
    ["closed without a word", 4, GREEN, { issues: [{ ...CLOSED, comments: [] }] }, ["not said"]],
    ["about nothing that was ever red", 3, A1, { issues: [issue(2, "a0")] }, ["wrong issue"]],
    ["two of them", 3, RED, { issues: [OPENED, { ...OPENED, number: 8 }] }, ["duplicate issue"]],
    [
      "the halt's label too early",
      4,
      RED,
      { issues: [{ ...OPENED, labels: HALTED.labels }] },
      ["early expiry"],
    ],
    [
      "the halt said too early",
      75,
      RED,
      { issues: [{ ...HALTED, comments: [{ ...WAS_HALTED, at: hour(73) }] }] },
      ["early expiry"],
    ],
    [
      "no halt's label past the deadline",
      75,
      RED,
      { issues: [{ ...HALTED, labels: OPENED.labels }] },
      ["late expiry"],
    ],
    ["no word of the halt", 75, RED, { issues: [{ ...HALTED, comments: [] }] }, ["not said"]],
    ["no label of the override", 76, [...RED, LIFTED], { issues: [HALTED] }, ["wrong issue"]],
    [
      "the same twice",
      75,
      RED,
      { issues: [{ ...HALTED, comments: [WAS_HALTED, WAS_HALTED] }] },
      ["said twice"],
    ],
    [
      "open though somebody halts",
      4,
      [...A1, say(3, "hubot", { verb: "halt" }, 9)],
      { gates: [answered("a1", "open")] },
      ["wrong opening"],
    ],
    [
      "held though that is over",
      5,
      [...A1, say(3, "hubot", { verb: "halt" }, 9), say(4, "hubot", { verb: "resume" }, 9)],
      { gates: [answered("a1", "held")] },
      ["wrong halt"],
    ],
  ];
  test.each(table)("%s", (_name, hours, facts, more, expected) => {
    expect(differencesAt(hours, facts, more)).toEqual(expected);
  });
});

describe("beside the gate", () => {
  const GATE = { gates: [answered("a1", "held", ["expired"])], issues: [HALTED] };
  test("a status that stayed green is a wrong opening", () => {
    const statuses = [{ context: "holdpoint/gate", state: "success", description: "open" }];
    expect(differencesAt(75, RED, { ...GATE, statuses })).toEqual(["wrong opening"]);
  });
  test("the right answer for another reason differs, too", () => {
    const gates = [answered("a1", "held", ["no-ticket"])];
    expect(differencesAt(75, RED, { ...GATE, gates })).toEqual(["other"]);
  });
  test("a message that is posted again is said twice, another one with the same words is not", () => {
    const said = { at: hour(75), text: "halted", thread: "1", key: "C1 a" };
    expect(differencesAt(75, RED, { ...GATE, messages: [said, said] })).toEqual(["said twice"]);
    expect(differencesAt(75, RED, { ...GATE, messages: [said, { ...said, key: "C1 b" }] })).toEqual([]);
  });
  test("where the policy has a channel, it hears of the opening, the halt and the end", () => {
    const onSlack = [policy(1, { slack: true }), ...RED];
    const opened = { at: hour(2), text: "red on main", thread: null, key: `C1 opened:${sha("a1")}` };
    const halts = {
      at: hour(74),
      text: "Deploys are halted",
      thread: String(hour(2).getTime() / 1_000),
      key: "C1 b",
    };
    const facts = [policy(0, { slack: true }), ...onSlack];
    const told = (messages: Seen["messages"]): readonly string[] => {
      // The first policy of all histories here has no channel.
      const all = [...SHOP_OPENS.filter(({ kind }) => kind !== "policy"), ...facts, quiet(75)];
      const looked = seen(75, { issues: [HALTED], messages });
      const differences = compare(expectAt(all, looked), looked, all);
      return differences.filter(({ what }) => what === "not said").map(({ expected }) => expected);
    };
    expect(told([])).toEqual(["the channel hears that #7 (a100000) was opened"]);
    expect(told([opened])).toEqual(["the channel hears that #7 (a100000) halts"]);
    expect(told([opened, halts])).toEqual([]);
  });
});
