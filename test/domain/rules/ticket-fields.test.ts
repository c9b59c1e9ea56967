import { expect, test } from "vitest";
import type { Finding } from "../../../src/domain/finding.ts";
import type { Reading } from "../../../src/domain/model.ts";
import type { FieldPolicy } from "../../../src/domain/policy.ts";
import { ticketFields } from "../../../src/domain/rules/ticket-fields.ts";
import type { FieldValue, Ticket } from "../../../src/domain/ticket.ts";
import {
  answers,
  buildDeploySnapshot,
  buildPolicy,
  buildTicket,
  buildTicketPolicy,
  carrying,
  key,
  missing,
  unread,
} from "../build-snapshot.ts";

const RISK: FieldPolicy = { name: "Risk assessment", types: [] };
const filled: FieldValue = { state: "filled", text: "low" };
const empty: FieldValue = { state: "empty" };
const notApplicable: FieldValue = { state: "not-applicable" };
const noSuchField: FieldValue = { state: "no-such-field" };

function risky(value: FieldValue, changes: Partial<Ticket> = {}): Ticket {
  return buildTicket("PLAY-1", { values: { "Risk assessment": value }, ...changes });
}
const subtask = { isSubtask: true, type: "Sub-task", parent: key("PLAY-100") } as const;

function ask(
  fields: readonly FieldPolicy[],
  tickets: Record<string, Reading<Ticket> | Ticket>,
  carried: readonly string[] = ["PLAY-1"],
): readonly Finding[] {
  const policy = buildPolicy({ tickets: buildTicketPolicy({ fields }) });
  const facts = answers(tickets);
  if (facts.state !== "on") return [];
  return ticketFields.evaluate(buildDeploySnapshot({ policy }), carrying(...carried), facts.answers);
}

test.each<[string, FieldPolicy, Ticket, string]>([
  ["filled in", RISK, risky(filled), "pass ok"],
  ["empty", RISK, risky(empty), "fail field-empty"],
  ["not on this type", RISK, risky(notApplicable), "pass ok"],
  ["unknown to Jira: the policy's mistake", RISK, risky(noSuchField), "unknown no-such-field"],
  ["not among the answer", { name: "Other", types: [] }, risky(filled), "unknown no-such-field"],
  ["empty, of a type that needs it", { ...RISK, types: ["story"] }, risky(empty), "fail field-empty"],
  ["empty, of another type", { ...RISK, types: ["Bug"] }, risky(empty), "pass ok"],
])("%s", (_, field, ticket, answer) => {
  const [finding] = ask([field], { "PLAY-1": ticket });
  expect(`${finding?.outcome} ${finding?.code}`).toBe(answer);
});

test.each<[string, FieldPolicy, Ticket, Reading<Ticket> | Ticket, string]>([
  ["has its parent's value", RISK, risky(empty, subtask), risky(filled), "pass ok"],
  [
    "has its parent's value where its type has none",
    RISK,
    risky(notApplicable, subtask),
    risky(filled),
    "pass ok",
  ],
  ["lacks what its parent lacks", RISK, risky(notApplicable, subtask), risky(empty), "fail field-empty"],
  ["has its own value first", RISK, risky(filled, subtask), risky(empty), "pass ok"],
  [
    "counts as its parent's type",
    { ...RISK, types: ["Story"] },
    risky(empty, subtask),
    risky(empty),
    "fail field-empty",
  ],
  [
    "is free where its parent's type is",
    { ...RISK, types: ["Bug"] },
    risky(empty, subtask),
    risky(empty),
    "pass ok",
  ],
  [
    "is asked itself where its parent's type is not",
    { ...RISK, types: ["Sub-task"] },
    risky(empty, subtask),
    risky(filled),
    "fail field-empty",
  ],
  ["and its parent without the field", RISK, risky(notApplicable, subtask), risky(notApplicable), "pass ok"],
  [
    "whose parent has no such field",
    RISK,
    risky(notApplicable, subtask),
    risky(noSuchField),
    "unknown no-such-field",
  ],
  ["whose parent is not visible", RISK, risky(empty, subtask), missing(), "unknown parent-not-found"],
  [
    "whose parent could not be read",
    RISK,
    risky(empty, subtask),
    unread("jira-timeout"),
    "unknown jira-timeout",
  ],
  [
    "without a parent, empty",
    RISK,
    risky(empty, { ...subtask, parent: null }),
    risky(filled),
    "fail field-empty",
  ],
])("a sub-task %s", (_, field, ticket, parent, answer) => {
  const [finding] = ask([field], { "PLAY-1": ticket, "PLAY-100": parent });
  expect(`${finding?.outcome} ${finding?.code}`).toBe(answer);
});

test("a parent that nobody answered for is unknown", () => {
  expect(ask([RISK], { "PLAY-1": risky(empty, subtask) })).toMatchObject([
    {
      outcome: "unknown",
      code: "parent-not-found",
      message: "“Risk assessment” of the parent unknown, not found or not visible to Holdpoint: PLAY-1",
    },
  ]);
});

test("what Jira said of a parent stays out of public repositories", () => {
  const tickets = {
    "PLAY-1": risky(empty, subtask),
    "PLAY-100": unread("jira-timeout", "HTTP 504, bulkfetch"),
  };
  expect(ask([RISK], tickets)).toMatchObject([
    {
      message:
        "“Risk assessment” of the parent unknown, Jira did not answer in time (HTTP 504, bulkfetch): PLAY-1",
      publicMessage: "“Risk assessment” of the parent unknown, Jira did not answer in time: PLAY-1",
    },
  ]);
});

test("each field has its own finding, with every ticket that lacks it", () => {
  const checks: FieldPolicy = { name: "Post-deploy checks", types: [] };
  const lacking = (name: string, risk: FieldValue): Ticket =>
    buildTicket(name, { values: { "Risk assessment": risk, "Post-deploy checks": empty } });
  expect(
    ask([RISK, checks], { "PLAY-1": lacking("PLAY-1", filled), "PLAY-2": lacking("PLAY-2", empty) }, [
      "PLAY-1",
      "PLAY-2",
    ]).map(({ message }) => message),
  ).toEqual([
    "1 ticket lacks “Risk assessment”: PLAY-2",
    "2 tickets lack “Post-deploy checks”: PLAY-1, PLAY-2",
  ]);
});

test("a field that Jira does not have is named once, whatever the number of tickets", () => {
  const odd = risky(noSuchField);
  expect(ask([RISK], { "PLAY-1": odd, "PLAY-2": odd }, ["PLAY-1", "PLAY-2"])).toMatchObject([
    { message: "the policy names a field “Risk assessment” that Jira does not have", tickets: [] },
  ]);
});

test("all filled in: the fields are named", () => {
  expect(ask([RISK], { "PLAY-1": risky(filled) })[0]?.message).toBe(
    "“Risk assessment” filled in wherever needed",
  );
});

test("a policy without fields asks nothing", () => {
  expect(ask([], { "PLAY-1": risky(empty) })).toMatchObject([{ outcome: "pass", code: "off" }]);
});
