import { assert, array, constantFrom, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Authority } from "../../../src/domain/authority/authority.ts";
import { decideIssue } from "../../../src/domain/authority/decide-issue.ts";
import type { IssueEvent } from "../../../src/domain/authority/issue-event.ts";
import type { IssueDecision, IssueQuestion, Step } from "../../../src/domain/authority/issue-question.ts";
import { AT, buildCase, buildGatePolicy, expired, hours, OVERRIDE } from "../gate/build-gate-facts.ts";
import { sha } from "../build-snapshot.ts";

const OVERRIDE_LABEL = "halt-override";
const HALT_LABEL = "deploy-halt";
const POLICY = buildGatePolicy({
  deferred: {
    grace: 0,
    remind: [],
    label: "deferred-compliance",
    haltLabel: HALT_LABEL,
    hour: 3_600_000,
    checks: [],
  },
});

/** admin lifts; writer halts; triage may label, no more. The bot might do everything, were it no bot. */
const LOGINS = ["admin", "boss", "writer", "other", "triage", "bot[bot]"] as const;
type Login = (typeof LOGINS)[number];

const PEOPLE: ReadonlyMap<string, Authority> = new Map(
  LOGINS.map((login) => [
    login,
    {
      login,
      mayWrite: login !== "triage",
      mayLift: login === "admin" || login === "boss" || login === "bot[bot]",
      unreadTeam: null,
    },
  ]),
);

type Done = "+override" | "-override" | "+halt" | "-halt" | "closed" | "reopened";

function event(id: number, done: Done, login: Login | null, changes: Partial<IssueEvent> = {}): IssueEvent {
  const by = login === null ? null : { id: LOGINS.indexOf(login) + 1, login, isBot: login === "bot[bot]" };
  const label = done.endsWith("override") ? OVERRIDE_LABEL : done.endsWith("halt") ? HALT_LABEL : null;
  const what =
    done === "closed" || done === "reopened" ? done : done.startsWith("+") ? "labelled" : "unlabelled";
  return { id, what, label, by, byUs: false, at: AT, byCommit: null, ...changes };
}

function question(changes: Partial<IssueQuestion> = {}): IssueQuestion {
  return {
    at: AT,
    state: "open",
    labels: [],
    onPullRequest: false,
    events: [],
    closings: 0,
    strippings: { overrideLabel: 0, haltLabel: 0 },
    policy: POLICY,
    cases: [expired()],
    overrides: [],
    halts: [],
    people: PEOPLE,
    authors: new Set(),
    ...changes,
  };
}

function happened(...done: readonly (readonly [Done, Login | null])[]): readonly IssueEvent[] {
  return done.map(([what, login], index) => event(index + 1, what, login));
}

function shown(step: Step): string {
  return step.what === "refused" ? `refused: ${step.why}` : step.what;
}

function stepsOf(decision: IssueDecision): readonly string[] {
  return decision.steps.map(shown);
}

describe("labels, in the order of the events", () => {
  test.each<readonly [claim: string, readonly (readonly [Done, Login | null])[], readonly string[]]>([
    ["an admin lifts", [["+override", "admin"]], ["override-began"]],
    ["a writer does not", [["+override", "writer"]], ["refused: not-authorised"]],
    ["REL-60: a bot does not", [["+override", "bot[bot]"]], ["refused: bot"]],
    ["REL-60: a deleted account does not", [["+override", null]], ["refused: bot"]],
    [
      "REL-63: on and off by an admin began and ended",
      [
        ["+override", "admin"],
        ["-override", "boss"],
      ],
      ["override-began", "override-ended"],
    ],
    [
      "REL-63: off by a writer ends nothing",
      [
        ["+override", "admin"],
        ["-override", "writer"],
      ],
      ["override-began", "refused: override-stays"],
    ],
    [
      "REL-63: put on again by somebody else it is the same one",
      [
        ["+override", "admin"],
        ["-override", "writer"],
        ["+override", "triage"],
      ],
      ["override-began", "refused: override-stays"],
    ],
    [
      "REL-63: a writer first, an admin then",
      [
        ["+override", "writer"],
        ["-override", "bot[bot]"],
        ["+override", "admin"],
      ],
      ["refused: not-authorised", "override-began"],
    ],
    ["a label that nobody put on ends nothing by going", [["-override", "admin"]], []],
    ["a writer halts", [["+halt", "writer"]], ["halt-began"]],
    ["somebody with triage does not", [["+halt", "triage"]], ["refused: halt-needs-write"]],
    [
      "who halted ends it",
      [
        ["+halt", "writer"],
        ["-halt", "writer"],
      ],
      ["halt-began", "halt-ended"],
    ],
    [
      "another writer does not",
      [
        ["+halt", "writer"],
        ["-halt", "other"],
      ],
      ["halt-began", "refused: halt-stays"],
    ],
    [
      "an admin ends it",
      [
        ["+halt", "writer"],
        ["-halt", "admin"],
      ],
      ["halt-began", "halt-ended"],
    ],
    [
      "Holdpoint's own label over an expired case is not to be taken off, be it by an admin",
      [["-halt", "admin"]],
      ["refused: halt-stays"],
    ],
  ])("%s", (_, done, steps) => {
    expect(stepsOf(decideIssue(question({ events: happened(...done) })))).toEqual(steps);
  });

  test("REL-60: a bot's halt is none where no case has expired", () => {
    const events = happened(["+halt", "bot[bot]"]);
    const decision = decideIssue(question({ cases: null, events, labels: [HALT_LABEL] }));
    expect(stepsOf(decision)).toEqual(["refused: bot"]);
    expect(decision.haltLabel).toBe(false);
  });
});

describe("what is expired then", () => {
  test.each([
    ["a moment after the deadline", 1, ["override-began"]],
    ["at the deadline", 0, ["override-began"]],
    ["within GitHub's second of it", -999, ["override-began"]],
    ["before it", -1_000, ["refused: not-expired"]],
  ])("a label put on %s", (_, after, steps) => {
    const cases = [buildCase({ deadline: hours(-1) })];
    const at = new Date(hours(-1).getTime() + after);
    expect(
      stepsOf(decideIssue(question({ cases, events: [event(1, "+override", "admin", { at })] }))),
    ).toEqual(steps);
  });

  test("a label put on before it, and seen when the case has expired, lifts nothing", () => {
    const cases = [expired({ deadline: hours(-1), expiredAt: hours(-1) })];
    const events = [event(1, "+override", "admin", { at: hours(-2) })];
    const decision = decideIssue(question({ cases, events, labels: [OVERRIDE_LABEL] }));
    expect(stepsOf(decision)).toEqual(["refused: not-expired"]);
    expect(decision.overrideLabel).toBe(false);
  });

  test("what expired while a newer run was still waited for is expired", () => {
    const cases = [expired({ deadline: hours(-2), verifyUntil: hours(1), expiredAt: hours(-1) })];
    const events = [event(1, "+override", "admin", { at: hours(-0.5) })];
    expect(stepsOf(decideIssue(question({ cases, events })))).toEqual(["override-began"]);
  });

  test("only what is past its deadline is lifted, for as long as the policy says and no longer than its max", () => {
    const waiting = buildCase({ deadline: hours(1) });
    const policy = { ...POLICY, override: { ...OVERRIDE, expires: 99 * 3_600_000, max: 2 * 3_600_000 } };
    const due = expired();
    const [step] = decideIssue(
      question({ policy, cases: [due, waiting], events: happened(["+override", "admin"]) }),
    ).steps;
    expect(step).toMatchObject({ caseIds: [due.id], endsAt: hours(2) });
  });

  test("what would be over by now began and lifts nothing any more: the label goes", () => {
    const cases = [buildCase({ deadline: hours(-50) })];
    const events = [event(1, "+override", "admin", { at: hours(-25) })];
    const decision = decideIssue(question({ cases, events, labels: [OVERRIDE_LABEL] }));
    expect(stepsOf(decision)).toEqual(["override-began"]);
    expect(decision.standing.overrides).toEqual([]);
    expect(decision.overrideLabel).toBe(false);
  });

  test("an issue without a case has nothing that the label lifts", () => {
    const events = happened(["+override", "admin"]);
    expect(stepsOf(decideIssue(question({ cases: null, events })))).toEqual(["refused: nothing-here"]);
  });
});

describe("REL-61: four eyes", () => {
  const policy = { ...POLICY, override: { ...OVERRIDE, fourEyes: true } };
  test.each([
    ["an author does not lift", new Set(["admin"]), "admin", ["refused: four-eyes"]],
    ["somebody else does", new Set(["admin"]), "boss", ["override-began"]],
    ["nobody does while the authors cannot be read", null, "boss", ["refused: authors-unread"]],
  ] as const)("%s", (_, authors, login, steps) => {
    expect(
      stepsOf(decideIssue(question({ policy, authors, events: happened(["+override", login]) }))),
    ).toEqual(steps);
  });
});

test.each([
  ["puts back what was taken off three times a day", 3, true, "refused: bot"],
  ["leaves off what was taken off more often, and tells of that", 4, null, "refused: halt-label-left-off"],
] as const)("%s", (_claim, haltLabel, wanted, step) => {
  const decision = decideIssue(
    question({
      cases: null,
      halts: [{ source: "comment:1", byId: 1, beganAt: hours(-1) }],
      strippings: { overrideLabel: 0, haltLabel },
      events: happened(["-halt", "bot[bot]"]),
    }),
  );
  expect([decision.haltLabel, stepsOf(decision)]).toEqual([wanted, [step]]);
  expect(decision.standing.halts).toHaveLength(1);
});

describe("what stands afterwards", () => {
  const override = (source: string) => ({ source, caseIds: [expired().id] });
  const halt = (source: string, byId: number) => ({ source, byId, beganAt: hours(-1) });
  const sourcesOf = ({ standing }: IssueDecision) => ({
    overrides: standing.overrides.map(({ source }) => source),
    halts: standing.halts.map(({ source }) => source),
  });

  test.each<
    readonly [claim: string, Partial<IssueQuestion>, overrides: readonly string[], halts: readonly string[]]
  >([
    [
      "what was put on",
      { events: happened(["+override", "admin"], ["+halt", "writer"]) },
      ["label-event:1"],
      ["label-event:2"],
    ],
    [
      "not what an admin ended: every override that the label stands for",
      {
        overrides: [override("label-event:7"), override("comment:8")],
        events: happened(["-override", "boss"]),
      },
      [],
      [],
    ],
    [
      "not what an admin ended: every halt that the label stands for",
      { halts: [halt("comment:1", 3), halt("comment:2", 77)], events: happened(["-halt", "admin"]) },
      [],
      [],
    ],
    [
      "of two halts the one that somebody else called",
      { halts: [halt("comment:1", 3), halt("comment:2", 77)], events: happened(["-halt", "writer"]) },
      [],
      ["comment:2"],
    ],
    [
      "an override, though the halt beside it was ended",
      {
        overrides: [override("comment:8")],
        halts: [halt("comment:1", 3)],
        events: happened(["-halt", "writer"]),
      },
      ["comment:8"],
      [],
    ],
    [
      "a halt, though the override beside it was ended",
      {
        overrides: [override("comment:8")],
        halts: [halt("comment:1", 3)],
        events: happened(["-override", "admin"]),
      },
      [],
      ["comment:1"],
    ],
    [
      "what was refused changes nothing",
      { overrides: [override("comment:8")], events: happened(["-override", "writer"], ["+halt", "triage"]) },
      ["comment:8"],
      [],
    ],
  ])("%s", (_, changes, overrides, halts) => {
    expect(sourcesOf(decideIssue(question(changes)))).toEqual({ overrides, halts });
  });

  test("whoever halted is remembered, for they may end it", () => {
    const at = hours(-0.5);
    const { standing } = decideIssue(question({ events: [event(5, "+halt", "writer", { at })] }));
    expect(standing.halts).toEqual([{ source: "label-event:5", byId: 3, beganAt: at }]);
  });

  test("an override that waits for its reason stands, although its time would be over", () => {
    const policy = { ...POLICY, override: { ...OVERRIDE, reason: "required" } } as const;
    const cases = [buildCase({ deadline: hours(-50) })];
    const events = [event(1, "+override", "admin", { at: hours(-25) })];
    const { standing, steps } = decideIssue(question({ policy, cases, events }));
    expect(steps).toMatchObject([{ what: "override-began", awaitsReason: true }]);
    expect(standing.overrides).toHaveLength(1);
  });

  test("at the moment of its end an override is over", () => {
    const cases = [buildCase({ deadline: hours(-50) })];
    const events = [event(1, "+override", "admin", { at: hours(-24) })];
    expect(decideIssue(question({ cases, events })).standing.overrides).toEqual([]);
  });

  test.each<readonly [claim: string, Partial<IssueQuestion>, override: boolean | null, halt: boolean | null]>(
    [
      ["are not there, and nothing stands", { cases: [] }, null, null],
      ["are there, and nothing stands", { cases: [], labels: [OVERRIDE_LABEL, HALT_LABEL] }, false, false],
      ["are not there, and something does", { overrides: [override("comment:8")] }, true, true],
      [
        "are there, whatever their case, and something does",
        { overrides: [override("comment:8")], labels: ["Halt-Override", "DEPLOY-HALT"] },
        null,
        null,
      ],
      ["are others", { cases: [], labels: ["halt", "till"] }, null, null],
      [
        "were taken off too often: left off",
        { overrides: [override("comment:8")], strippings: { overrideLabel: 4, haltLabel: 4 } },
        null,
        null,
      ],
      [
        "were taken off three times: put back",
        { overrides: [override("comment:8")], strippings: { overrideLabel: 3, haltLabel: 3 } },
        true,
        true,
      ],
      [
        "were taken off too often, are there and stand for nothing: taken off",
        { cases: [], labels: [OVERRIDE_LABEL, HALT_LABEL], strippings: { overrideLabel: 4, haltLabel: 4 } },
        false,
        false,
      ],
      ["belong to a case that is not due yet", { cases: [buildCase({ deadline: hours(1) })] }, null, null],
    ],
  )("the labels %s", (_, changes, overrideLabel, haltLabel) => {
    const decision = decideIssue(question(changes));
    expect([decision.overrideLabel, decision.haltLabel]).toEqual([overrideLabel, haltLabel]);
  });

  test.each([
    ["three times a day it is put back", 3, "refused: override-stays"],
    ["more often it is left off, and that is told", 4, "refused: override-label-left-off"],
  ])("the label of an override, taken off by others: %s", (_, overrideLabel, step) => {
    const strippings = { overrideLabel, haltLabel: 0 };
    const events = happened(["-override", "writer"]);
    const decision = decideIssue(question({ overrides: [override("comment:8")], strippings, events }));
    expect(stepsOf(decision)).toEqual([step]);
  });

  test("taken off by an admin it ends what it stands for, however often it was taken off", () => {
    const strippings = { overrideLabel: 9, haltLabel: 9 };
    const given = { overrides: [override("comment:8")], halts: [halt("comment:1", 3)], strippings };
    const events = happened(["-override", "admin"], ["-halt", "admin"]);
    expect(stepsOf(decideIssue(question({ ...given, events })))).toEqual(["override-ended", "halt-ended"]);
  });
});

describe("who counts", () => {
  test.each<readonly [claim: string, Partial<IssueEvent>, steps: readonly string[]]>([
    ["another label than the two says nothing", { label: "till" }, []],
    ["taken off, neither", { label: "till", what: "unlabelled" }, []],
    [
      "somebody whose rights nobody read counts for nothing",
      { by: { id: 9, login: "stranger", isBot: false } },
      ["refused: bot"],
    ],
    [
      "a login is the same whatever its case",
      { by: { id: 1, login: "ADMIN", isBot: false } },
      ["override-began"],
    ],
  ])("%s", (_, changes, steps) => {
    const events = [event(1, "+override", "admin", changes)];
    expect(stepsOf(decideIssue(question({ events })))).toEqual(steps);
  });

  test("of somebody who may be in a team that cannot be read, the team is named", () => {
    const people = new Map([
      ["writer", { login: "writer", mayWrite: true, mayLift: false, unreadTeam: "acme/ops" }],
    ]);
    const [step] = decideIssue(question({ people, events: happened(["+override", "writer"]) })).steps;
    expect(step).toMatchObject({ what: "refused", why: "team-unread", team: "acme/ops" });
  });

  test("a halt that stands is not called again by the label", () => {
    const halts = [{ source: "comment:1", byId: 3, beganAt: hours(-1) }];
    expect(stepsOf(decideIssue(question({ halts, events: happened(["+halt", "other"]) })))).toEqual([]);
  });

  test.each([
    [999, ["halt-ended"]],
    [1_000, ["refused: halt-stays"]],
  ])(
    "a halt that was called %i ms after the label went is ended by it only within GitHub's second",
    (after, steps) => {
      const beganAt = new Date(AT.getTime() + after);
      const halts = [{ source: "comment:1", byId: 3, beganAt }];
      expect(stepsOf(decideIssue(question({ halts, events: happened(["-halt", "writer"]) })))).toEqual(steps);
    },
  );
});

describe("closing", () => {
  test.each<readonly [claim: string, Partial<IssueQuestion>, readonly string[], reopen: boolean]>([
    ["while red is undone", { events: happened(["closed", "admin"]) }, ["reopened"], true],
    [
      "and opening again by hand needs nothing",
      { state: "open", events: happened(["closed", "admin"]) },
      [],
      false,
    ],
    [
      "three times a day is undone",
      { closings: 3, events: happened(["closed", "admin"]) },
      ["reopened"],
      true,
    ],
    [
      "of a halt's issue by whoever halted ends the halt, and it stays closed",
      {
        cases: null,
        halts: [{ source: "comment:1", byId: 3, beganAt: hours(-1) }],
        events: happened(["closed", "writer"]),
      },
      ["halt-ended"],
      false,
    ],
    [
      "of a halt's issue too often within a day is left, and that is told",
      {
        cases: null,
        closings: 4,
        halts: [{ source: "comment:1", byId: 77, beganAt: hours(-1) }],
        events: happened(["closed", "writer"]),
      },
      ["refused: halt-stays-closed", "refused: left-closed"],
      false,
    ],
    [
      "by a commit that says Fixes is undone, too",
      { events: [event(1, "closed", "admin", { byCommit: sha("fix") })] },
      ["reopened"],
      true,
    ],
    [
      "too often within a day is left",
      { closings: 4, events: happened(["closed", "admin"]) },
      ["refused: left-closed"],
      false,
    ],
    [
      "of what is nobody's business is left",
      { cases: null, events: happened(["closed", "admin"]) },
      [],
      false,
    ],
    ["once all is green is left", { cases: [], events: happened(["closed", "bot[bot]"]) }, [], false],
    [
      "of a pull request says nothing about its halt",
      {
        cases: null,
        onPullRequest: true,
        halts: [{ source: "comment:1", byId: 1, beganAt: hours(-1) }],
        events: happened(["closed", "admin"]),
      },
      [],
      false,
    ],
    [
      "of a halt's issue by others is undone",
      {
        cases: null,
        halts: [{ source: "comment:1", byId: 77, beganAt: hours(-1) }],
        events: happened(["closed", "writer"]),
      },
      ["refused: halt-stays-closed"],
      true,
    ],
    [
      "of a halt's issue by an admin, before the halt was called, ends nothing",
      {
        cases: null,
        halts: [{ source: "comment:1", byId: 77, beganAt: hours(1) }],
        events: happened(["closed", "admin"]),
      },
      ["refused: halt-stays-closed"],
      true,
    ],
  ])("%s", (_, changes, steps, reopen) => {
    const decision = decideIssue(question({ state: "closed", ...changes }));
    expect(stepsOf(decision)).toEqual(steps);
    expect(decision.reopen).toBe(reopen);
  });
});

describe("whatever happens", () => {
  const anything = array(
    record({
      done: constantFrom<Done>("+override", "-override", "+halt", "-halt", "closed", "reopened"),
      login: constantFrom<Login | null>(...LOGINS, null),
    }),
    { maxLength: 12 },
  );

  test("nobody but the authorised lifts, nobody without write access halts, and only whoever may ends", () => {
    assert(
      property(anything, (done) => {
        const events = done.map(({ done: what, login }, index) => event(index + 1, what, login));
        const { steps } = decideIssue(question({ events }));
        const wrong = steps.filter(({ what, event: { by } }) => {
          const may = by?.isBot === true ? undefined : PEOPLE.get(by?.login ?? "");
          if (what === "override-began" || what === "override-ended") return may?.mayLift !== true;
          return what === "halt-began" && may?.mayWrite !== true;
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  test("it does not matter when anybody looks: at once at all events, or after each of them", () => {
    assert(
      property(anything, (done) => {
        const events = done.map(({ done: what, login }, index) => event(index + 1, what, login));
        const together = decideIssue(question({ events }));
        let { overrides, halts } = question();
        const steps: string[] = [];
        for (const one of events) {
          const decision = decideIssue(question({ events: [one], overrides, halts }));
          ({ overrides, halts } = decision.standing);
          steps.push(...stepsOf(decision));
        }
        expect(steps).toEqual(stepsOf(together));
        expect([overrides.map(({ source }) => source), halts.map(({ source }) => source)]).toEqual([
          together.standing.overrides.map(({ source }) => source),
          together.standing.halts.map(({ source }) => source),
        ]);
      }),
    );
  });
});
