import { expect, test } from "vitest";
import { gateDocument } from "../../../src/domain/gate/gate-document.ts";
import { AT, buildGateFacts, hours } from "./build-gate-facts.ts";

test("the gate's answer for programs: every field, times in ISO 8601", () => {
  const facts = buildGateFacts();
  const reasons = [
    {
      kind: "halt",
      code: "halt",
      message: "halted by hubot",
      since: hours(-2),
      until: null,
      who: "hubot can end it",
      url: "https://github.com/acme/storefront/issues/4",
    },
    {
      kind: "override",
      code: "expired",
      message: "lifted",
      since: null,
      until: hours(3),
      who: "",
      url: null,
    },
  ] as const;
  expect(
    gateDocument(facts, { decision: "open", wouldBe: "held", mode: "observe", reasons, changesAt: AT }),
  ).toEqual({
    schema: "holdpoint.gate/1",
    repository: "acme/storefront",
    environment: "production",
    sha: facts.sha,
    decision: "open",
    would_be: "held",
    mode: "observe",
    evaluated_at: "2026-11-21T12:00:00.000Z",
    reasons: [
      { ...reasons[0], since: "2026-11-21T10:00:00.000Z" },
      { ...reasons[1], until: "2026-11-21T15:00:00.000Z" },
    ],
  });
});
