import { expect, test } from "vitest";
import type { Finding } from "../../../src/domain/finding.ts";
import type { Reading } from "../../../src/domain/model.ts";
import { ticketFound } from "../../../src/domain/rules/ticket-found.ts";
import type { Ticket, TicketFacts } from "../../../src/domain/ticket.ts";
import type { Carriage } from "../../../src/domain/tickets/carriage.ts";
import {
  answers,
  buildDeploySnapshot,
  buildTicket,
  carrying,
  key,
  missing,
  sha,
  unread,
} from "../build-snapshot.ts";

function ask(tickets: Record<string, Reading<Ticket> | Ticket>, carriage: Carriage): readonly Finding[] {
  const facts: TicketFacts = answers(tickets);
  return facts.state === "on" ? ticketFound.evaluate(buildDeploySnapshot(), carriage, facts.answers) : [];
}

test("tickets that Jira knows pass", () => {
  expect(ask({ "PLAY-1": buildTicket("PLAY-1") }, carrying("PLAY-1"))).toMatchObject([
    { outcome: "pass", code: "ok", message: "1 ticket found in Jira" },
  ]);
});

test("a change set without tickets passes", () => {
  expect(ask({}, carrying())).toMatchObject([{ outcome: "pass", message: "no tickets to look for" }]);
});

test("tickets that Jira does not show fail, and it is not claimed that there are none", () => {
  expect(
    ask(
      { "PLAY-1": missing(), "PLAY-2": buildTicket("PLAY-2"), "PLAY-3": missing() },
      carrying("PLAY-1", "PLAY-2", "PLAY-3"),
    ),
  ).toMatchObject([
    {
      outcome: "fail",
      code: "not-found",
      message: "2 tickets not found or not visible to Holdpoint: PLAY-1, PLAY-3",
      tickets: ["PLAY-1", "PLAY-3"],
    },
  ]);
});

test("REL-73: of ten keys every one has to be found", () => {
  const keys = Array.from({ length: 10 }, (_, index) => `PLAY-${index + 1}`);
  const found = Object.fromEntries(keys.map((one) => [one, buildTicket(one)]));
  const [first] = ask(found, carrying(...keys));
  expect(first).toMatchObject({ outcome: "pass", message: "10 tickets found in Jira" });
  for (const one of keys) {
    const without = { ...found, [one]: missing() };
    expect(ask(without, carrying(...keys))).toMatchObject([{ outcome: "fail", tickets: [one] }]);
  }
});

test("REL-72: what is Jira's fault is unknown, told apart by its cause, never a missing ticket", () => {
  const retryAt = new Date("2026-03-02T10:05:00Z");
  expect(
    ask(
      {
        "PLAY-1": { ...unread("jira-rate-limited", "HTTP 429"), retryAt },
        "PLAY-2": unread("jira-unauthorized"),
        "PLAY-3": { ...unread("jira-rate-limited", "HTTP 429"), retryAt },
      },
      carrying("PLAY-1", "PLAY-2", "PLAY-3"),
    ),
  ).toMatchObject([
    {
      outcome: "unknown",
      code: "jira-rate-limited",
      message: "Jira's rate limit is used up (HTTP 429); not checked: PLAY-1, PLAY-3",
      publicMessage: "Jira's rate limit is used up; not checked: PLAY-1, PLAY-3",
      tickets: ["PLAY-1", "PLAY-3"],
    },
    {
      outcome: "unknown",
      code: "jira-unauthorized",
      message: "Jira refused Holdpoint's credentials; not checked: PLAY-2",
      tickets: ["PLAY-2"],
    },
  ]);
});

test("a ticket that nobody answered for is unknown, not found", () => {
  expect(ask({}, carrying("PLAY-1"))).toMatchObject([
    {
      outcome: "unknown",
      code: "jira-unexpected",
      message: "Jira answered with something unexpected (no answer); not checked: PLAY-1",
    },
  ]);
});

test("a moved ticket passes with a warning; its new key stays out of public repositories", () => {
  expect(ask({ "PLAY-1": buildTicket("SHOP-9") }, carrying("PLAY-1"))).toMatchObject([
    {
      outcome: "pass",
      warning: true,
      code: "moved",
      message: "1 ticket moved in Jira: PLAY-1 is now SHOP-9",
      publicMessage: "1 ticket moved in Jira: PLAY-1",
      tickets: ["PLAY-1"],
    },
  ]);
});

test("a ticket whose work was all taken back is not asked for", () => {
  const carriage = {
    ...carrying(),
    tickets: [{ key: key("PLAY-1"), commits: [sha("a")], reverted: true }],
  };
  expect(ask({ "PLAY-1": missing() }, carriage)).toMatchObject([{ outcome: "pass" }]);
});
