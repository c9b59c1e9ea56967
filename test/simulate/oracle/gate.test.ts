import { describe, expect, test } from "vitest";
import type { Fact } from "../fact.ts";
import { expectAt } from "./expect.ts";
import {
  at,
  beside,
  branch,
  issue,
  job,
  merged,
  policy,
  push,
  quiet,
  say,
  seen,
  sha,
  SHOP,
  SHOP_OPENS,
  ticket,
  touch,
} from "./tell.ts";

function gateAt(hours: number, name: string, facts: readonly Fact[], issues = [issue(2, "a1")]): string {
  const { decision, wouldBe, because } = expectAt(
    [...SHOP_OPENS, ...facts, quiet(hours)],
    seen(hours, { issues }),
  ).gate(sha(name));
  return [decision === wouldBe ? decision : `${decision}, would be ${wouldBe}`, ...because].join(": ");
}

const A1 = push(1, "a1", { parents: ["a0"] });

describe("what goes out", () => {
  const table: readonly [string, string, readonly Fact[], string][] = [
    ["a commit with a ticket that may go out", "a1", A1, "open"],
    ["what is live already", "a0", [...A1, ticket(1, "PLAY-1", "Open")], "open"],
    [
      "a commit without a ticket",
      "a1",
      push(1, "a1", { parents: ["a0"], carries: [] }),
      'held: a100000 "a1" carries no ticket',
    ],
    [
      "the same, where none is asked for",
      "a1",
      [policy(1, { require: "off" }), ...push(1, "a1", { parents: ["a0"], carries: [] })],
      "open",
    ],
    ["a ticket in another state", "a1", [...A1, ticket(1, "PLAY-1", "Open")], 'held: PLAY-1 is "Open"'],
    [
      "any state, where the policy names none",
      "a1",
      [...A1, policy(1, { statuses: [] }), ticket(1, "PLAY-1", "Open")],
      "open",
    ],
    [
      "a ticket that was deleted",
      "a1",
      [...A1, ticket(1, "PLAY-1", null)],
      "held: Jira does not know PLAY-1",
    ],
    [
      "a ticket without a risk",
      "a1",
      [...A1, policy(1, { riskRequired: true })],
      "held: PLAY-1 says nothing of its risk",
    ],
    [
      "a ticket with a risk",
      "a1",
      [...A1, policy(1, { riskRequired: true }), ticket(1, "PLAY-1", "Done", "low")],
      "open",
    ],
    // J3: a pair inside the range goes out as nothing.
    [
      "work without a ticket that is taken back in the range",
      "a2",
      [
        ...push(1, "a1", { parents: ["a0"], carries: [] }),
        ...push(2, "a2", { parents: ["a1"], carries: [], reverts: "a1" }),
      ],
      "open",
    ],
    [
      "work that comes back by a revert of its revert",
      "a3",
      [
        ...push(1, "a1", { parents: ["a0"], carries: [] }),
        ...push(2, "a2", { parents: ["a1"], carries: [], reverts: "a1" }),
        ...push(3, "a3", { parents: ["a2"], carries: [], reverts: "a2" }),
      ],
      'held: a100000 "a1" carries no ticket',
    ],
    // A verified revert of something already live needs no ticket.
    [
      "a revert of what is live",
      "a1",
      push(1, "a1", { parents: ["a0"], carries: [], reverts: "a0" }),
      "open",
    ],
    [
      "a merge, whose pull request carries the ticket of all that it brings",
      "m1",
      [
        beside(1, "b1", { parents: ["a0"], carries: [] }),
        ...push(2, "m1", { parents: ["a0", "b1"], carries: [] }),
        merged(2, "m1", ["PLAY-1"]),
      ],
      "open",
    ],
    [
      "a commit beside the trunk",
      "b1",
      [...A1, beside(1, "b1", { parents: ["a0"] })],
      "held: b100000 is not on the trunk",
    ],
    [
      "the trunk after production has diverged from it",
      "b1",
      [...A1, branch(1, "production", "a1"), ...push(2, "b1", { parents: ["a0"] })],
      "held: b100000 would take away what is live",
    ],
    ["no policy", "a1", [...A1, policy(1, "missing")], "unknown: there is no policy"],
    [
      "a broken policy: the one before it",
      "a1",
      [...A1, policy(1, "broken"), ticket(1, "PLAY-1", "Open")],
      'held: PLAY-1 is "Open"',
    ],
    [
      "observing",
      "a1",
      [...A1, policy(1, { mode: "observe" }), ticket(1, "PLAY-1", "Open")],
      'open, would be held: PLAY-1 is "Open"',
    ],
  ];
  test.each(table)("%s", (_name, name, facts, expected) => {
    expect(gateAt(5, name, facts, [])).toBe(expected);
  });
});

describe("what holds", () => {
  const RED = [...A1, job(2, "a1", 1, "failure"), quiet(2)];
  test("a case holds from its deadline on, every commit alike", () => {
    expect(gateAt(73.9, "a1", RED)).toBe("open");
    expect(gateAt(74, "a1", RED)).toBe("held: integration is past its deadline");
    expect(gateAt(74, "a0", RED)).toBe("held: integration is past its deadline");
  });
  test("an override lifts it, and it comes back", () => {
    const facts = [...RED, touch(80, "octocat", "labelled", "halt-override")];
    expect(gateAt(81, "a1", facts)).toBe("open");
    expect(gateAt(104, "a1", facts)).toBe("held: integration is past its deadline");
  });
  test("anybody with write access halts; that person or an admin goes on", () => {
    const halt = [...A1, say(2, "hubot", { verb: "halt" })];
    expect(gateAt(3, "a1", halt)).toBe("held: halted by hubot on #7");
    expect(gateAt(4, "a1", [...halt, say(3, "hubot", { verb: "resume" })])).toBe("open");
    expect(gateAt(4, "a1", [...halt, say(3, "octocat", { verb: "resume" }, 9)])).toBe("open");
    expect(gateAt(4, "a1", [...halt, say(3, "reader", { verb: "resume" })])).toBe(
      "held: halted by hubot on #7",
    );
    expect(gateAt(4, "a1", [...halt, touch(3, "hubot", "closed")])).toBe("open");
  });
  test("whoever may not write halts nothing", () => {
    expect(gateAt(3, "a1", [...A1, say(2, "reader", { verb: "halt" })])).toBe("open");
  });
  test("the label halts, too, and other repositories' facts are no facts of this one", () => {
    const label = touch(2, "hubot", "labelled", "deploy-halt");
    expect(gateAt(3, "a1", [...A1, label])).toBe("held: halted by hubot on #7");
    const elsewhere = at(2, {
      kind: "comment",
      repository: "acme/other",
      number: 7,
      by: "octocat",
      command: { verb: "halt" },
    });
    expect(gateAt(3, "a1", [...A1, elsewhere])).toBe("open");
    expect(SHOP).toBe("acme/shop");
  });
});
