import { expect, test } from "vitest";
import type { Judged } from "../../src/domain/judged.ts";
import { ticketsBehind } from "../../src/domain/tickets-behind.ts";
import type { Carriage } from "../../src/domain/tickets/carriage.ts";
import type { TicketFacts } from "../../src/domain/ticket.ts";
import { answers, buildDeploySnapshot, buildTicket, carrying, key, unread } from "./build-snapshot.ts";

function behind(carriage: Carriage | null, tickets: TicketFacts): readonly string[] {
  const verdict = { outcome: "pass", findings: [], skipped: [] } as const;
  const snapshot = buildDeploySnapshot({ tickets });
  return ticketsBehind({ carriage, snapshot, verdict, publicUrl: "" } satisfies Judged);
}

test.each<readonly [claim: string, carriage: Carriage | null, tickets: TicketFacts, keys: readonly string[]]>(
  [
    ["what is carried, once", carrying("PLAY-1"), answers({ "PLAY-1": buildTicket("PLAY-1") }), ["PLAY-1"]],
    [
      "and what else was asked for: a parent",
      carrying("PLAY-1"),
      answers({ "PLAY-1": buildTicket("PLAY-1"), "PLAY-9": buildTicket("PLAY-9") }),
      ["PLAY-1", "PLAY-9"],
    ],
    [
      "and what a ticket that was moved is called now",
      carrying("PLAY-1"),
      answers({ "PLAY-1": buildTicket("PLAY-1", { key: key("SHOP-3") }) }),
      ["PLAY-1", "SHOP-3"],
    ],
    [
      "and what could not be read",
      carrying("PLAY-1"),
      answers({ "PLAY-2": unread("jira-unreachable") }),
      ["PLAY-1", "PLAY-2"],
    ],
    [
      "without Jira what is carried alone",
      carrying("PLAY-1", "PLAY-2"),
      { state: "off", because: "no-settings" },
      ["PLAY-1", "PLAY-2"],
    ],
    ["of changes that nobody knows: nothing", null, { state: "off", because: "no-settings" }, []],
    [
      "of changes that nobody knows: what was asked for",
      null,
      answers({ "PLAY-1": buildTicket("PLAY-1") }),
      ["PLAY-1"],
    ],
  ],
)("%s", (_, carriage, tickets, keys) => {
  expect(behind(carriage, tickets)).toEqual(keys);
});
