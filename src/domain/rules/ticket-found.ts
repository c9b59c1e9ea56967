import type { Finding } from "../finding.ts";
import { groupBy } from "../group-by.ts";
import type { Reading, TicketKey } from "../model.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Ticket } from "../ticket.ts";
import {
  ticketsMoved,
  ticketsFound,
  ticketsMovedUnnamed,
  ticketsNotFound,
  ticketsNotRead,
} from "../wording/rules.ts";
import { reasonInFull, reasonOfUnknown } from "../wording/unread.ts";
import {
  type JiraRule,
  type TicketAnswers,
  complaintsOr,
  failed,
  keysGoingOut,
  passed,
  unknown,
  warned,
} from "./rule.ts";

const rule = "ticket-found";
type Unread = Extract<Reading<Ticket>, { state: "unknown" }>;

/** Jira does not tell "there is none" from "you may not see it"; neither do we. Its own faults are unknown. */
export const ticketFound: JiraRule<Snapshot> = {
  name: rule,
  question: "Does Jira know every ticket?",
  dependsOn: ["pushes", "pull-requests", "tickets", "policy"],
  reads: "jira",
  evaluate: (_, carriage, answers) => {
    const keys = keysGoingOut(carriage);
    const complaints = [...notFound(keys, answers), ...notRead(keys, answers), ...moved(keys, answers)];
    return complaintsOr(complaints, passed({ rule, code: "ok", message: ticketsFound(keys.length) }));
  },
};

function notFound(keys: readonly TicketKey[], answers: TicketAnswers): readonly Finding[] {
  const tickets = keys.filter((key) => answers.get(key)?.state === "missing");
  if (tickets.length === 0) return [];
  return [failed({ rule, code: "not-found", message: ticketsNotFound(tickets), tickets })];
}

function notRead(keys: readonly TicketKey[], answers: TicketAnswers): readonly Finding[] {
  const unread = keys.flatMap((key) => {
    const reading = answers.get(key) ?? NOT_ASKED;
    return reading.state === "unknown" ? [{ key, reading }] : [];
  });
  return [...groupBy(unread, ({ reading }) => reading.because)].map(([because, group]) => {
    const tickets = group.map(({ key }) => key);
    return unknown({
      rule,
      code: because,
      message: ticketsNotRead(tickets, reasonInFull(group[0].reading)),
      publicMessage: ticketsNotRead(tickets, reasonOfUnknown(because)),
      tickets,
    });
  });
}

/** A key that Jira gave no answer for at all: never taken for a found one. */
const NOT_ASKED: Unread = {
  state: "unknown",
  because: "jira-unexpected",
  detail: "no answer",
  retryAt: null,
};

function moved(keys: readonly TicketKey[], answers: TicketAnswers): readonly Finding[] {
  const moves = keys.flatMap((key) => {
    const reading = answers.get(key);
    return reading?.state === "known" && reading.value.key !== key ? [{ key, now: reading.value.key }] : [];
  });
  if (moves.length === 0) return [];
  const tickets = moves.map(({ key }) => key);
  const publicMessage = ticketsMovedUnnamed(tickets);
  return [warned({ rule, code: "moved", message: ticketsMoved(moves), publicMessage, tickets })];
}
