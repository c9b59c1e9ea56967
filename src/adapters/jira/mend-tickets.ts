import { Fault } from "../../errors.ts";
import type { MendsTickets } from "../../ports/jira.ts";

/** What the cockpit's forms need of Jira, and what makes them so. */
export function createMendTickets(): MendsTickets {
  const notBuilt = async (): Promise<never> => {
    throw new Fault({ kind: "never-retry", code: "not-built", doing: "writing to Jira" });
  };
  return {
    readTransitions: notBuilt,
    readFieldForms: notBuilt,
    writeFields: notBuilt,
    moveTicket: notBuilt,
    commentOnTicket: notBuilt,
  };
}
