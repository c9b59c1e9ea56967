import { markdownCode } from "../escape/markdown-code.ts";
import { markdownLink } from "../escape/markdown-link.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import type { FieldValue, Ticket } from "../ticket.ts";
import type { CarriedTicket } from "../tickets/carriage.ts";
import {
  emptyField,
  fieldNotThere,
  fieldUnknownToJira,
  notReadTicket,
  publicTicket,
} from "../wording/report.ts";
import { notFoundOrNotVisible } from "../wording/rules.ts";
import type { ReportFacts } from "./report-facts.ts";

const FIELD_LENGTH = 300;

/** A ticket's line, with a line for each field that the policy names; in public repositories key and answer alone. */
export function ticketRows(facts: ReportFacts, { key }: CarriedTicket): readonly string[] {
  const { snapshot } = facts.judged;
  const name = markdownCode(key);
  if (snapshot.tickets.state === "off") return [`- ${name}`];
  const reading = snapshot.tickets.answers.get(key);
  if (reading === undefined || reading.state === "unknown") return [`- ${name} ${notReadTicket()}`];
  if (!facts.showsTickets) return [`- ${name} ${publicTicket(facts.failing.has(key))}`];
  if (reading.state === "missing") return [`- ${name} ${notFoundOrNotVisible()}`];
  const ticket = reading.value;
  const type = markdownCode(ticket.type, 40);
  const status = markdownCode(ticket.status.name, 40);
  const first = `- ${markdownLink(name, ticket.url)} ${markdownCode(ticket.summary)} – ${type}, ${status}`;
  return [first, ...snapshot.policy.tickets.fields.map((field) => fieldRow(field.name, ticket))];
}

function fieldRow(name: string, ticket: Ticket): string {
  const value = ticket.fields.get(name) ?? { state: "no-such-field" };
  return `  - ${markdownProse(name)}: ${fieldText(value)}`;
}

function fieldText(value: FieldValue): string {
  switch (value.state) {
    case "filled":
      return markdownCode(value.text, FIELD_LENGTH);
    case "empty":
      return `**${emptyField()}**`;
    case "not-applicable":
      return fieldNotThere();
    case "no-such-field":
      return fieldUnknownToJira();
  }
}
