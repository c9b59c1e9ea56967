import { describe, expect, test } from "vitest";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import { gateStatusText } from "../../../src/domain/wording/gate.ts";
import { missing, unread } from "../build-snapshot.ts";
import {
  buildCase,
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildOverride,
  caseId,
  expired,
  finding,
  lifting,
  OVERRIDE,
  verdictOf,
} from "../gate/build-gate-facts.ts";

function text(changes: Parameters<typeof buildGateFacts>[0] = {}): string {
  const facts = buildGateFacts(changes);
  return gateStatusText(decideGate(facts), facts.policy?.override ?? null);
}

const observe = buildGatePolicy({ mode: "observe" });
const allow = buildGatePolicy({ onUnknown: "allow" });
const fails = { verdict: verdictOf(finding("no-ticket", "fail", { message: "2 commits without ticket" })) };
const unsure = {
  verdict: verdictOf(finding("jira-timeout", "unknown", { message: "Jira did not answer in time" })),
};
const long = "a".repeat(300);

describe("the description of the gate's status", () => {
  test.each([
    ["open", {}, "open: nothing holds it"],
    ["held by the verdict", { judged: fails }, "held: 2 commits without ticket; admins can override"],
    [
      "held by a case",
      { cases: [expired()] },
      "held: integration red on the trunk since 2026-11-18 06:49 UTC (#12); admins can override",
    ],
    [
      "held by a halt",
      { halts: [buildHalt()] },
      "held: halted by hubot since 2026-11-21 10:00 UTC (#4): the till is down; admins can override",
    ],
    [
      "held by more than there is room for",
      { cases: [expired()], halts: [buildHalt()], judged: fails },
      "held: integration red on the trunk since 2026-11-18 06:49 UTC (#12); and 2 more; admins can override",
    ],
    [
      "held, and something is unknown besides: that matters later",
      { judged: fails, cases: [buildCase()] },
      "held: 2 commits without ticket; admins can override",
    ],
    [
      "not confirmed yet",
      { cases: [buildCase()] },
      "could not verify: integration is past its deadline, and not yet confirmed at GitHub (#12)",
    ],
    [
      "unread",
      { judgement: unread("github-unreachable", "502") },
      "could not verify: the facts could not be read: 502",
    ],
    [
      "no such commit",
      { judgement: missing() },
      "held: there is no such commit in the repository; admins can override",
    ],
    [
      "observed",
      { policy: observe, judged: fails },
      "observing only, would be held: 2 commits without ticket",
    ],
    [
      "observed, unknown",
      { policy: observe, judged: unsure },
      "observing only, could not verify: Jira did not answer in time",
    ],
    [
      "let through",
      { policy: allow, judged: unsure },
      "open: not verified, let through by on_unknown: allow: Jira did not answer in time",
    ],
    [
      "overridden",
      { judged: fails, overrides: [buildOverride(lifting("no-ticket"))] },
      "open: “2 commits without ticket” lifted by octocat until 2026-11-21 15:00 UTC: the fix is in it",
    ],
    [
      "no policy",
      { policy: null, noPolicy: "none" } as const,
      "could not verify: the repository has no policy, `.github/holdpoint.yml`",
    ],
    [
      "nobody is known who may override",
      { policy: null, noPolicy: "none", halts: [buildHalt()] } as const,
      "held: halted by hubot since 2026-11-21 10:00 UTC (#4): the till is down",
    ],
  ])("%s", (_, changes, said) => {
    expect(text(changes)).toBe(said);
  });

  test("REL-47: never has more than 140 characters, whatever people write, and says the end of it", () => {
    const one = text({ halts: [buildHalt({ by: "x".repeat(39), because: long })] });
    expect(Array.from(one)).toHaveLength(140);
    expect(one).toMatch(
      /^held: halted by x{39} since 2026-11-21 10:00 UTC \(#4\): a+…; admins can override$/u,
    );
    const teams = { ...OVERRIDE, allow: { kind: "teams", teams: [`acme/${long}`, `acme/${long}`] } } as const;
    const wide = text({
      policy: buildGatePolicy({ override: teams }),
      cases: [expired({ name: "🚢".repeat(200) }), expired({ id: caseId(2), name: long })],
    });
    expect(Array.from(wide).length).toBeLessThanOrEqual(140);
  });

  test("REL-74: direction overrides and controls in what people write cannot be seen as anything else", () => {
    expect(text({ halts: [buildHalt({ because: "\u202Enepo\u0000\nagain" })] })).toBe(
      "held: halted by hubot since 2026-11-21 10:00 UTC (#4): �nepo� again; admins can override",
    );
  });
});
