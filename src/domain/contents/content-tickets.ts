import { visibleText } from "../escape/visible-text.ts";
import type { Finding, Verdict } from "../finding.ts";
import { outcomeOf } from "../evaluate.ts";
import type { TicketKey } from "../model.ts";
import type { FieldPolicy, TicketPolicy } from "../policy.ts";
import { isAskedOf, lacksField } from "../rules/ticket-fields.ts";
import type { TicketAnswers } from "../rules/rule.ts";
import { isInStatus } from "../rules/ticket-status.ts";
import type { DeploySnapshot } from "../snapshot.ts";
import type { Ticket } from "../ticket.ts";
import type { CarriedTicket, Carriage } from "../tickets/carriage.ts";
import { projectOf } from "../tickets/key.ts";
import type { ContentTicket } from "./deploy-contents.ts";

const SUMMARY_LENGTH = 200;

/** Every carried ticket with what Jira and the rules say of it: discrepancies first, what goes out as nothing last. */
export function contentTickets(
  { tickets, policy }: Pick<DeploySnapshot, "tickets" | "policy">,
  carriage: Carriage,
  verdict: Verdict,
): readonly ContentTicket[] {
  const complaints = complaintsByTicket(verdict);
  return carriage.tickets
    .map((carried): ContentTicket => {
      const findings = carried.reverted ? [] : (complaints.get(carried.key) ?? []);
      return {
        ...carried,
        outcome: outcomeOf(findings),
        findings: findings.map(({ rule, outcome, warning, code, message }) => ({
          rule,
          outcome,
          warning,
          code,
          message,
        })),
        facts: factsOf(tickets, policy.tickets, carried),
      };
    })
    .toSorted((one, other) => urgency(one) - urgency(other) || compareKeys(one.key, other.key));
}

function complaintsByTicket(verdict: Verdict): ReadonlyMap<TicketKey, readonly Finding[]> {
  const found = new Map<TicketKey, Finding[]>();
  for (const finding of verdict.findings) {
    if (finding.outcome === "pass" && !finding.warning) continue;
    for (const key of finding.tickets) found.set(key, [...(found.get(key) ?? []), finding]);
  }
  return found;
}

function factsOf(
  tickets: DeploySnapshot["tickets"],
  policy: TicketPolicy,
  { key }: CarriedTicket,
): ContentTicket["facts"] {
  if (tickets.state === "off") return { state: "off" };
  const reading = tickets.answers.get(key);
  // What was taken back was not asked about.
  if (reading === undefined) return { state: "off" };
  switch (reading.state) {
    case "missing":
      return { state: "missing" };
    case "unknown":
      return { state: "unknown", because: reading.because };
    case "known":
      return isOfPolicy(reading.value.key, policy)
        ? knownFacts(reading.value, policy, tickets.answers)
        : { state: "withheld", now: reading.value.key };
  }
}

/** Texts of other projects are not this repository's readers' to see, be it that a ticket was moved there. */
function isOfPolicy(key: TicketKey, { projects }: TicketPolicy): boolean {
  return projects.length === 0 || projects.includes(projectOf(key));
}

function knownFacts(ticket: Ticket, policy: TicketPolicy, answers: TicketAnswers): ContentTicket["facts"] {
  const { status } = ticket;
  return {
    state: "known",
    summary: visibleText(ticket.summary, SUMMARY_LENGTH),
    type: ticket.type,
    status: {
      name: status.name,
      category: status.category,
      allowed: policy.statuses.length === 0 || policy.statuses.some((match) => isInStatus(ticket, match)),
    },
    parent: ticket.parent,
    fields: policy.fields.map((field) => fieldOf(field, ticket, answers)),
    url: ticket.url,
    keptFrom: null,
  };
}

/** The text is as Jira gives it: it is what a person changes. */
function fieldOf(
  field: FieldPolicy,
  ticket: Ticket,
  answers: TicketAnswers,
): Extract<ContentTicket["facts"], { state: "known" }>["fields"][number] {
  const value = ticket.fields.get(field.name) ?? { state: "no-such-field" };
  const lacking = lacksField(field, ticket, answers);
  return { name: field.name, asked: isAskedOf(field, ticket), lacking, value };
}

function urgency({ outcome, findings, reverted }: ContentTicket): number {
  if (reverted) return 4;
  if (outcome === "fail") return 0;
  if (outcome === "unknown") return 1;
  return findings.length > 0 ? 2 : 3;
}

/** `PLAY-9` before `PLAY-10`. */
function compareKeys(one: TicketKey, other: TicketKey): number {
  const [project, otherProject] = [projectOf(one), projectOf(other)];
  if (project !== otherProject) return project < otherProject ? -1 : 1;
  return Number(one.slice(project.length + 1)) - Number(other.slice(project.length + 1));
}
