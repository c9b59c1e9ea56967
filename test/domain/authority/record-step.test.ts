import { expect, test } from "vitest";
import type { Step } from "../../../src/domain/authority/issue-question.ts";
import { recordStep } from "../../../src/domain/authority/record-step.ts";
import { buildRepository, HEAD } from "../build-snapshot.ts";
import { AT, caseId } from "../gate/build-gate-facts.ts";

const by = { id: 5, login: "octocat", isBot: false };
const event = {
  id: 77,
  what: "labelled",
  label: "halt-override",
  by,
  byUs: false,
  at: AT,
  byCommit: null,
} as const;
const source = "label-event:77";
const began = {
  what: "override-began",
  event,
  by,
  source,
  caseIds: [caseId(1), caseId(2)],
  endsAt: AT,
} as const;
const closing = { ...event, what: "closed", label: null, byCommit: HEAD } as const;
const shared = {
  repository: 7,
  issue: 4,
  by: "octocat",
  by_id: 5,
  event: 77,
  at: "2026-11-21T12:00:00.000Z",
};
const labelled = { ...shared, done: "labelled", label: "halt-override" };

test.each<readonly [claim: string, step: Step, record: Readonly<Record<string, unknown>>]>([
  [
    "an override, without a reason",
    { ...began, awaitsReason: false },
    { ...labelled, source, cases: [1, 2], until: shared.at, because: null, reason: "none given" },
  ],
  [
    "an override that waits for its reason",
    { ...began, awaitsReason: true },
    { ...labelled, source, cases: [1, 2], until: shared.at, because: null, reason: "awaited" },
  ],
  ["its end", { what: "override-ended", event, by, source }, { ...labelled, source }],
  ["a halt", { what: "halt-began", event, by, source }, { ...labelled, source }],
  ["the end of a halt", { what: "halt-ended", event, by, source }, { ...labelled, source }],
  [
    "a refusal",
    { what: "refused", event, by, why: "team-unread", team: "acme/ops" },
    { ...labelled, because: "team-unread", team: "acme/ops" },
  ],
  [
    "a refusal of nobody who is known",
    { what: "refused", event: { ...event, by: null }, by: null, why: "bot", team: null },
    { ...labelled, by: null, by_id: null, because: "bot", team: null },
  ],
  [
    "an issue that a commit closed",
    { what: "reopened", event: closing },
    { ...shared, done: "closed", label: null, waiting_for: HEAD },
  ],
])("the audit keeps %s", (_, step, record) => {
  expect(recordStep(step, buildRepository().id, 4)).toEqual({ what: step.what, ...record });
});
