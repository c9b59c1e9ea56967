import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "../../../src/domain/decision.ts";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import type { GateFacts, Judgement } from "../../../src/domain/gate/gate.ts";
import { known, missing, sha, unread } from "../build-snapshot.ts";
import {
  AT,
  buildCase,
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildJudgement,
  buildOverride,
  buildPermit,
  caseId,
  finding,
  hours,
  lifting,
  verdictOf,
} from "./build-gate-facts.ts";

const hour = fc.integer({ min: -4, max: 4 }).map(hours);
const environment = fc.constantFrom("production", "staging");
const code = fc.constantFrom(
  "expired",
  "expiry-unverified",
  "halt",
  "no-ticket",
  "jira-timeout",
  "running",
  "stale",
);

const gateCase = fc
  .record({
    id: fc.integer({ min: 1, max: 4 }).map(caseId),
    deadline: fc.option(hour),
    verifyUntil: fc.option(hour),
    expiredAt: fc.option(hour),
    environments: fc.option(fc.uniqueArray(environment)),
  })
  .map(buildCase);
const halt = fc
  .record({ id: fc.nat(9), environment: fc.option(environment), beganAt: hour, endedAt: fc.option(hour) })
  .map(buildHalt);
const scope = fc.oneof(
  fc.record({
    kind: fc.constant("cases" as const),
    caseIds: fc.uniqueArray(fc.integer({ min: 1, max: 4 }).map(caseId)),
    environment: fc.option(environment),
  }),
  fc.array(code).map((codes) => lifting(...codes)),
);
const override = fc
  .tuple(scope, fc.record({ id: fc.nat(9), beganAt: hour, endsAt: hour, endedAt: fc.option(hour) }))
  .map(([of, changes]) => buildOverride(of, changes));
const permit = fc.record({ environment, beganAt: hour, endsAt: hour }).map(buildPermit);
const someFinding = fc
  .tuple(
    code,
    fc.constantFrom("pass", "fail", "unknown" as const),
    fc.constantFrom("ticket-found", "required-checks" as const),
  )
  .map(([of, outcome, rule]) => finding(of, outcome, { rule }));
const judgement: fc.Arbitrary<Judgement> = fc
  .record({
    place: fc.constantFrom("deploy-branch", "pull-request", "merge-group", "elsewhere" as const),
    wasLive: fc.boolean(),
    verdict: fc.option(fc.array(someFinding, { maxLength: 3 }).map((all) => verdictOf(...all))),
    readAt: fc.integer({ min: -90, max: 0 }).map((seconds) => new Date(AT.getTime() + seconds * 1_000)),
  })
  .map(buildJudgement);

const facts: fc.Arbitrary<GateFacts> = fc
  .record({
    policy: fc
      .record({
        mode: fc.constantFrom("enforce", "enforce", "observe" as const),
        onUnknown: fc.constantFrom("hold", "allow" as const),
      })
      .map(buildGatePolicy),
    intent: fc.constantFrom("deploy", "rollback" as const),
    judgement: fc.oneof(
      { weight: 6, arbitrary: judgement.map((one) => known(one)) },
      { weight: 1, arbitrary: fc.constant(missing("gone")) },
      { weight: 1, arbitrary: fc.constant(unread("github-unreachable", "502")) },
    ),
    cases: fc.uniqueArray(gateCase, { maxLength: 3, selector: ({ id }) => id }),
    halts: fc.uniqueArray(halt, { maxLength: 2, selector: ({ id }) => id }),
    overrides: fc.uniqueArray(override, { maxLength: 3, selector: ({ id }) => id }),
    rollbacks: fc.array(permit, { maxLength: 2 }),
  })
  .map(buildGateFacts);

const SHUT: Readonly<Record<Answer, number>> = { open: 0, unknown: 1, held: 2 };
const runs = { numRuns: 500 };

test("I8: what could not be read never opens: it leaves the gate shut where it was open, and shut where it was shut", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const unreadable = decideGate({ ...given, judgement: unread("github-unreachable") });
      expect(unreadable.wouldBe).not.toBe("open");
      expect([unreadable.decision, given.policy?.mode]).not.toEqual(["open", "enforce"]);
    }),
    runs,
  );
});

test("I8: an unknown finding more never opens, unless the policy says so", () => {
  fc.assert(
    fc.property(facts, judgement, (given, one) => {
      const findings = one.verdict?.findings ?? [];
      const [without, more] = [findings, [...findings, finding("unheard-of", "unknown")]].map((all) =>
        decideGate({ ...given, judgement: known({ ...one, verdict: verdictOf(...all) }) }),
      );
      expect(SHUT[more?.wouldBe ?? "open"]).toBeGreaterThanOrEqual(SHUT[without?.wouldBe ?? "held"]);
    }),
    runs,
  );
});

test("an expiry that nobody confirmed opens only by an override or a rollback", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const due = buildCase({ id: caseId(9), deadline: hours(-1) });
      const plain = {
        ...given,
        cases: [...given.cases, due],
        overrides: [],
        rollbacks: [],
        intent: "deploy",
      } as const;
      expect(decideGate(plain).wouldBe).not.toBe("open");
    }),
    runs,
  );
});

test("one hold more never opens, in any mode", () => {
  fc.assert(
    fc.property(facts, halt, gateCase, (given, another, other) => {
      const before = decideGate(given);
      const cases = [...given.cases.filter(({ id }) => id !== other.id), other];
      const more = { ...given, halts: [...given.halts, { ...another, id: 99 }] };
      expect(SHUT[decideGate(more).decision]).toBeGreaterThanOrEqual(SHUT[before.decision]);
      const fewer = { ...given, cases: given.cases.filter(({ id }) => id !== other.id) };
      expect(SHUT[decideGate({ ...given, cases }).decision]).toBeGreaterThanOrEqual(
        SHUT[decideGate(fewer).decision],
      );
    }),
    runs,
  );
});

test("an override less never opens", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const without = decideGate({ ...given, overrides: given.overrides.slice(1) });
      expect(SHUT[without.decision]).toBeGreaterThanOrEqual(SHUT[decideGate(given).decision]);
    }),
    runs,
  );
});

test("no override opens what a manual halt holds against a rollback", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const always = buildHalt({ beganAt: hours(-9), endedAt: null });
      const asked = { ...given, intent: "rollback", overrides: [], halts: [always] } as const;
      expect(decideGate(asked).wouldBe).toBe("held");
    }),
    runs,
  );
});

test("the order of cases, halts, overrides and permits does not matter", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const turned = {
        ...given,
        cases: given.cases.toReversed(),
        halts: given.halts.toReversed(),
        overrides: given.overrides.toReversed(),
        rollbacks: given.rollbacks.toReversed(),
      };
      expect(decideGate(turned)).toEqual(decideGate(given));
    }),
    runs,
  );
});

test("between two moments nothing changes before `changesAt`", () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 1, max: 4 * 3_600_000 }), (given, later) => {
      const { changesAt } = decideGate(given);
      const at = new Date(AT.getTime() + later);
      if (changesAt !== null && at >= changesAt) return;
      const aged =
        given.judgement.state === "known"
          ? known({
              ...given.judgement.value,
              readAt: new Date(given.judgement.value.readAt.getTime() + later),
            })
          : given.judgement;
      // A halt's end and begin are events, not moments that were known before.
      const halts = given.halts.map((one) => ({ ...one, beganAt: hours(-9), endedAt: null }));
      expect(decideGate({ ...given, at, judgement: aged, halts }).decision).toBe(
        decideGate({ ...given, halts }).decision,
      );
    }),
    runs,
  );
});

test("shut gates always say why, and an override that lifts nothing is not told", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const { wouldBe, reasons } = decideGate(given);
      expect(wouldBe === "open" || reasons.length > 0).toBe(true);
      expect(reasons.filter(({ message, who }) => message === "" || who === "")).toEqual([]);
    }),
    runs,
  );
});

test("another commit's override never counts", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const bound = given.overrides.filter(({ scope: { kind } }) => kind === "cases");
      const elsewhere = given.overrides.map((one) =>
        one.scope.kind === "reasons" ? { ...one, scope: { ...one.scope, sha: sha("other") } } : one,
      );
      expect(decideGate({ ...given, overrides: elsewhere })).toEqual(
        decideGate({ ...given, overrides: bound }),
      );
    }),
    runs,
  );
});
