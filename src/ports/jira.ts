import type { Reading, TicketKey } from "../domain/model.ts";
import type { Ticket } from "../domain/ticket.ts";

/** Jira, read-only for the rules. Never throws for what Jira does: each key gets its own answer. */
export interface ReadsTickets {
  /** All keys in `ceil(n/100)` calls, plus one each for those that did not come back; parents of sub-tasks included. */
  readonly readTickets: (
    keys: readonly TicketKey[],
    fieldNames: readonly string[],
  ) => Promise<ReadonlyMap<TicketKey, Reading<Ticket>>>;
  /** Keys of all projects that Holdpoint may see, upper case; cached. */
  readonly readProjects: () => Promise<Reading<readonly string[]>>;
}
