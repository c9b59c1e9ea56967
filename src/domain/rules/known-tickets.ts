import type { TicketKey } from "../model.ts";
import type { Ticket } from "../ticket.ts";
import type { Carriage } from "../tickets/carriage.ts";
import { type TicketAnswers, keysGoingOut } from "./rule.ts";

/** A ticket under the key that the commits carry, which is not Jira's own where it was moved. */
export interface KnownTicket {
  readonly key: TicketKey;
  readonly ticket: Ticket;
}

/** Tickets that go out and that Jira answered. The others are `ticket-found`'s to complain of, once. */
export function knownTickets(carriage: Carriage, answers: TicketAnswers): readonly KnownTicket[] {
  return keysGoingOut(carriage).flatMap((key) => {
    const reading = answers.get(key);
    return reading?.state === "known" ? [{ key, ticket: reading.value }] : [];
  });
}
