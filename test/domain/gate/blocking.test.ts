import { describe, expect, test } from "vitest";
import { blocking, tryOverride } from "../../../src/domain/gate/blocking.ts";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import type { GateFacts } from "../../../src/domain/gate/gate.ts";
import { missing } from "../build-snapshot.ts";
import {
  AT,
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildOverride,
  expired,
  finding,
  lifting,
  verdictOf,
} from "./build-gate-facts.ts";

const RED = verdictOf(finding("no-ticket", "fail"));

function codesOf(facts: GateFacts): readonly string[] {
  return blocking(decideGate(facts)).map(({ code }) => code);
}

describe("what keeps the gate shut", () => {
  test.each<readonly [claim: string, facts: GateFacts, codes: readonly string[]]>([
    ["nothing", buildGateFacts(), []],
    ["a verdict", buildGateFacts({ judged: { verdict: RED } }), ["no-ticket"]],
    [
      "a verdict and a halt",
      buildGateFacts({ judged: { verdict: RED }, halts: [buildHalt()] }),
      ["halt", "no-ticket"],
    ],
    [
      "not what was lifted beside it",
      buildGateFacts({
        judged: { verdict: RED },
        halts: [buildHalt()],
        overrides: [buildOverride(lifting("no-ticket"))],
      }),
      ["halt"],
    ],
    [
      "nothing, where all of it was lifted",
      buildGateFacts({ judged: { verdict: RED }, overrides: [buildOverride(lifting("no-ticket"))] }),
      [],
    ],
    [
      "nothing, where what could not be read is let through",
      buildGateFacts({
        policy: buildGatePolicy({ onUnknown: "allow" }),
        judged: { verdict: verdictOf(finding("jira-timeout", "unknown")) },
      }),
      [],
    ],
    [
      "not that a rollback was never live",
      buildGateFacts({ intent: "rollback", judged: { verdict: RED } }),
      ["no-ticket"],
    ],
  ])("%s", (_, facts, codes) => {
    expect(codesOf(facts)).toEqual(codes);
  });
});

describe("what an override would lift", () => {
  const facts = buildGateFacts({ judged: { verdict: RED }, halts: [buildHalt()], cases: [expired()] });
  const scope = lifting("no-ticket", "halt", "expired");

  test("all that holds, when nothing is left", () => {
    expect(tryOverride(facts, { ...buildOverride(scope, { beganAt: AT }), scope })).toEqual({
      codes: ["no-ticket", "halt", "expired"],
      left: [],
    });
  });

  test("what nobody can lift is left, though it was meant for that", () => {
    const one = lifting("no-such-commit", "halt");
    const tried = { ...buildOverride(one, { beganAt: AT }), scope: one };
    const { codes, left } = tryOverride({ ...facts, judgement: missing() }, tried);
    expect({ codes, left: left.map(({ code }) => code) }).toEqual({
      codes: ["halt"],
      left: ["expired", "no-such-commit"],
    });
  });

  test("what it is not meant for is left", () => {
    const one = lifting("no-ticket");
    const { codes, left } = tryOverride(facts, { ...buildOverride(one, { beganAt: AT }), scope: one });
    expect({ codes, left: left.map(({ code }) => code) }).toEqual({
      codes: ["no-ticket"],
      left: ["expired", "halt"],
    });
  });

  test("it is tried at the moment at which it begins", () => {
    const later = { ...buildOverride(scope, { beganAt: new Date(AT.getTime() + 30_000) }), scope };
    expect(tryOverride(facts, later).left).toEqual([]);
  });

  test("what was lifted before stays lifted", () => {
    const one = lifting("no-ticket");
    const before = [buildOverride(lifting("halt", "expired"), { id: 2 })];
    expect(
      tryOverride({ ...facts, overrides: before }, { ...buildOverride(one, { beganAt: AT }), scope: one })
        .left,
    ).toEqual([]);
  });
});
