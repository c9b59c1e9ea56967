import type { Finding } from "../finding.ts";
import { groupBy } from "../group-by.ts";
import type { FieldPolicy } from "../policy.ts";
import type { Snapshot } from "../snapshot.ts";
import type { FieldValue, Ticket } from "../ticket.ts";
import {
  fieldsFilled,
  noSuchField,
  notFoundOrNotVisible,
  nothingAsked,
  parentsNotRead,
  ticketsLackField,
} from "../wording/rules.ts";
import { reasonInFull, reasonOfUnknown } from "../wording/unread.ts";
import { type KnownTicket, knownTickets } from "./known-tickets.ts";
import { type JiraRule, type TicketAnswers, complaintsOr, failed, passed, unknown } from "./rule.ts";

const rule = "ticket-fields";
/** An object where the parent's value could not be read. */
type Judgement =
  | "filled"
  | "lacking"
  | "no-such-field"
  | { readonly code: string; readonly reason: string; readonly publicReason: string };

/**
 * A sub-task that says nothing itself is judged as its parent, the parent's type included: the story holds
 * the risk assessment that all its parts share. A field that Jira does not have at all is the policy's
 * mistake, not the ticket's: nobody could fill it in, so it is unknown, and named.
 */
export const ticketFields: JiraRule<Snapshot> = {
  name: rule,
  question: "Are the fields that people must fill in filled in?",
  dependsOn: ["pushes", "pull-requests", "tickets", "policy"],
  reads: "jira",
  evaluate: ({ policy }, carriage, answers) => {
    const { fields } = policy.tickets;
    if (fields.length === 0) return [passed({ rule, code: "off", message: nothingAsked() })];
    const known = knownTickets(carriage, answers);
    return complaintsOr(
      fields.flatMap((field) => complaintsAbout(field, known, answers)),
      passed({ rule, code: "ok", message: fieldsFilled(fields.map(({ name }) => name)) }),
    );
  },
};

function complaintsAbout(
  field: FieldPolicy,
  known: readonly KnownTicket[],
  answers: TicketAnswers,
): readonly Finding[] {
  const judged = known.map(({ key, ticket }) => ({ key, judgement: judge(field, ticket, answers) }));
  const complaints: Finding[] = [];
  const lacking = judged.filter(({ judgement }) => judgement === "lacking").map(({ key }) => key);
  if (lacking.length > 0) {
    const message = ticketsLackField(field.name, lacking);
    complaints.push(failed({ rule, code: "field-empty", message, tickets: lacking }));
  }
  if (judged.some(({ judgement }) => judgement === "no-such-field")) {
    complaints.push(unknown({ rule, code: "no-such-field", message: noSuchField(field.name) }));
  }
  const unread = judged.flatMap(({ key, judgement }) =>
    typeof judgement === "object" ? [{ key, ...judgement }] : [],
  );
  for (const [code, group] of groupBy(unread, (one) => one.code)) {
    const tickets = group.map(({ key }) => key);
    complaints.push(
      unknown({
        rule,
        code,
        message: parentsNotRead(field.name, tickets, group[0].reason),
        publicMessage: parentsNotRead(field.name, tickets, group[0].publicReason),
        tickets,
      }),
    );
  }
  return complaints;
}

function judge(field: FieldPolicy, ticket: Ticket, answers: TicketAnswers): Judgement {
  const own = valueOf(field, ticket);
  if (own.state === "filled" || own.state === "no-such-field") return own.state;
  const ownAnswer = isAskedOf(field, ticket) && own.state === "empty" ? "lacking" : "filled";
  if (!ticket.isSubtask || ticket.parent === null) return ownAnswer;
  const parent = answers.get(ticket.parent);
  if (parent === undefined || parent.state === "missing") {
    return { code: "parent-not-found", reason: notFoundOrNotVisible(), publicReason: notFoundOrNotVisible() };
  }
  if (parent.state === "unknown") {
    const { because } = parent;
    return { code: because, reason: reasonInFull(parent), publicReason: reasonOfUnknown(because) };
  }
  if (!isAskedOf(field, parent.value)) return ownAnswer;
  const inherited = valueOf(field, parent.value).state;
  if (inherited === "empty") return "lacking";
  return inherited === "not-applicable" ? ownAnswer : inherited;
}

function valueOf(field: FieldPolicy, ticket: Ticket): FieldValue {
  return ticket.fields.get(field.name) ?? { state: "no-such-field" };
}

/** Whether that field of that ticket, or of its parent, has to be filled in and is not. */
export function lacksField(field: FieldPolicy, ticket: Ticket, answers: TicketAnswers): boolean {
  return judge(field, ticket, answers) === "lacking";
}

export function isAskedOf(field: FieldPolicy, ticket: Ticket): boolean {
  const type = ticket.type.trim().toLowerCase();
  return field.types.length === 0 || field.types.some((one) => one.trim().toLowerCase() === type);
}
