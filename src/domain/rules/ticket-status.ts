import type { StatusMatch } from "../policy.ts";
import { groupBy } from "../group-by.ts";
import type { DeploySnapshot } from "../snapshot.ts";
import type { Ticket } from "../ticket.ts";
import {
  nothingAsked,
  ticketsInAllowedStatus,
  ticketsInStatus,
  ticketsNotInAllowedStatus,
} from "../wording/rules.ts";
import { knownTickets } from "./known-tickets.ts";
import { type JiraRule, complaintsOr, failed, passed } from "./rule.ts";

const rule = "ticket-status";

/** Asked at the deploy only: while a pull request is open its ticket is rightly in progress. */
export const ticketStatus: JiraRule<DeploySnapshot> = {
  name: rule,
  question: "Is every ticket in a status that may go out?",
  dependsOn: ["pushes", "tickets", "deployments", "policy"],
  reads: "jira",
  evaluate: ({ policy }, carriage, answers) => {
    const allowed = policy.tickets.statuses;
    if (allowed.length === 0) return [passed({ rule, code: "off", message: nothingAsked() })];
    const known = knownTickets(carriage, answers);
    const wrong = known.filter(({ ticket }) => !allowed.some((match) => isInStatus(ticket, match)));
    const complaints = [...groupBy(wrong, ({ ticket }) => ticket.status.name)].map(([status, group]) => {
      const tickets = group.map(({ key }) => key);
      return failed({
        rule,
        code: "status-not-allowed",
        message: ticketsInStatus(status, tickets),
        publicMessage: ticketsNotInAllowedStatus(tickets),
        tickets,
      });
    });
    return complaintsOr(
      complaints,
      passed({ rule, code: "ok", message: ticketsInAllowedStatus(known.length) }),
    );
  },
};

export function isInStatus({ status }: Pick<Ticket, "status">, match: StatusMatch): boolean {
  if (match.kind === "category") return status.category === match.category;
  return status.name.trim().toLowerCase() === match.name.trim().toLowerCase();
}
