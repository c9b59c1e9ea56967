import { expect, test } from "vitest";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import { rolledPast } from "../../../src/domain/gate/rolled-past.ts";
import {
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildOverride,
  buildPermit,
  caseId,
  expired,
  finding,
  lifting,
  verdictOf,
} from "./build-gate-facts.ts";

type Changes = Parameters<typeof buildGateFacts>[0];

const wasLive = { wasLive: true };
const noTicket = { wasLive: true, verdict: verdictOf(finding("no-ticket", "fail")) };
const unsure = {
  wasLive: true,
  verdict: verdictOf(
    finding("no-ticket", "fail"),
    finding("checks-unread", "unknown", { rule: "required-checks" }),
  ),
};

test.each<readonly [string, Changes, readonly string[] | null]>([
  ["nothing holds", { judged: wasLive }, null],
  ["an expired case", { judged: wasLive, cases: [expired()] }, ["expired"]],
  ["a case and a ticket", { judged: noTicket, cases: [expired()] }, ["expired", "no-ticket"]],
  ["asked as a deploy", { intent: "deploy", judged: wasLive, cases: [expired()] }, null],
  ["halted, so that it is not open", { judged: wasLive, cases: [expired()], halts: [buildHalt()] }, null],
  ["never live, so that it is not open", { cases: [expired()] }, null],
  [
    "a policy that observes",
    { judged: wasLive, cases: [expired()], policy: buildGatePolicy({ mode: "observe" }) },
    null,
  ],
  [
    "a policy that observes and is not accepted yet",
    {
      judged: wasLive,
      cases: [expired()],
      policy: buildGatePolicy({ mode: "observe" }),
      heldTo: buildGatePolicy(),
    },
    ["expired"],
  ],
  ["permitted to somebody", { judged: noTicket, rollbacks: [buildPermit()] }, null],
  ["lifted by somebody", { judged: noTicket, overrides: [buildOverride(lifting("no-ticket"))] }, null],
  [
    "lifted by somebody in part",
    {
      judged: noTicket,
      cases: [expired()],
      overrides: [buildOverride({ kind: "cases", caseIds: [caseId(1)], environment: null })],
    },
    ["no-ticket"],
  ],
  [
    "on_unknown: allow lets the rest through",
    { judged: unsure, policy: buildGatePolicy({ onUnknown: "allow" }) },
    ["no-ticket", "checks-unread"],
  ],
])("what a rollback alone goes past: %s", (_, changes, codes) => {
  const facts = buildGateFacts({ intent: "rollback", ...changes });
  const past = rolledPast(facts, decideGate(facts));
  expect(past?.map(({ code }) => code) ?? null).toEqual(codes);
});
