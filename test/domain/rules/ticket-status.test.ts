import { expect, test } from "vitest";
import type { Finding } from "../../../src/domain/finding.ts";
import type { StatusMatch } from "../../../src/domain/policy.ts";
import { ticketStatus } from "../../../src/domain/rules/ticket-status.ts";
import type { Ticket } from "../../../src/domain/ticket.ts";
import {
  answers,
  buildDeploySnapshot,
  buildPolicy,
  buildTicket,
  buildTicketPolicy,
  carrying,
  missing,
  unread,
} from "../build-snapshot.ts";

const ready: StatusMatch = { kind: "name", name: "Ready to deploy" };
const done: StatusMatch = { kind: "category", category: "done" };

function inStatus(key: string, name: string, category: Ticket["status"]["category"]): Ticket {
  return buildTicket(key, { status: { name, category } });
}

function ask(statuses: readonly StatusMatch[], ...tickets: readonly Ticket[]): readonly Finding[] {
  const policy = buildPolicy({ tickets: buildTicketPolicy({ statuses }) });
  const facts = answers(Object.fromEntries(tickets.map((ticket) => [ticket.key, ticket])));
  if (facts.state !== "on") return [];
  const carriage = carrying(...tickets.map(({ key }) => key));
  return ticketStatus.evaluate(buildDeploySnapshot({ policy }), carriage, facts.answers);
}

test.each<[string, readonly StatusMatch[], Ticket, string]>([
  ["the name", [ready], inStatus("PLAY-1", "Ready to deploy", "indeterminate"), "ok"],
  ["the name in other letters", [ready], inStatus("PLAY-1", " READY to Deploy", "new"), "ok"],
  ["the category, whatever the name", [done], inStatus("PLAY-1", "Erledigt", "done"), "ok"],
  ["one of several", [done, ready], inStatus("PLAY-1", "Ready to deploy", "new"), "ok"],
  ["another name", [ready], inStatus("PLAY-1", "Ready", "done"), "status-not-allowed"],
  [
    "another category, though it is called so",
    [done],
    inStatus("PLAY-1", "Done", "new"),
    "status-not-allowed",
  ],
  [
    "a category that Jira does not say",
    [done],
    inStatus("PLAY-1", "Done", "undefined"),
    "status-not-allowed",
  ],
  ["no status asked for", [], inStatus("PLAY-1", "New", "new"), "off"],
])("%s", (_, statuses, ticket, code) => {
  expect(ask(statuses, ticket)).toMatchObject([
    { code, outcome: code === "status-not-allowed" ? "fail" : "pass" },
  ]);
});

test("wrong statuses are told apart by what was seen, which public repositories do not show", () => {
  expect(
    ask(
      [ready],
      inStatus("PLAY-1", "In progress", "indeterminate"),
      inStatus("PLAY-2", "New", "new"),
      inStatus("PLAY-3", "In progress", "indeterminate"),
      inStatus("PLAY-4", "Ready to deploy", "indeterminate"),
    ).map(({ message, publicMessage, tickets }) => ({ message, publicMessage, tickets })),
  ).toEqual([
    {
      message: "2 tickets in status “In progress”: PLAY-1, PLAY-3",
      publicMessage: "2 tickets not in a status that may go out: PLAY-1, PLAY-3",
      tickets: ["PLAY-1", "PLAY-3"],
    },
    {
      message: "1 ticket in status “New”: PLAY-2",
      publicMessage: "1 ticket not in a status that may go out: PLAY-2",
      tickets: ["PLAY-2"],
    },
  ]);
});

test("a status's name cannot close the quotation around it", () => {
  expect(ask([ready], inStatus("PLAY-1", "x” in status “Done", "new"))[0]?.message).toBe(
    "1 ticket in status “x' in status 'Done”: PLAY-1",
  );
});

test("tickets that were not found or not read are complained of once, elsewhere", () => {
  const facts = answers({ "PLAY-1": missing(), "PLAY-2": unread("jira-timeout") });
  const given = facts.state === "on" ? facts.answers : new Map();
  expect(ticketStatus.evaluate(buildDeploySnapshot(), carrying("PLAY-1", "PLAY-2"), given)).toMatchObject([
    { outcome: "pass", message: "no tickets whose status counts" },
  ]);
});
