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

/** What a Jira has that a policy may name. */
export interface JiraNames {
  /** Of fields that somebody made. */
  readonly fields: readonly string[];
  readonly statuses: readonly { readonly name: string; readonly done: boolean }[];
}

export interface SurveysJira {
  readonly readNames: () => Promise<Reading<JiraNames>>;
}

/** One way on of a ticket, by its own workflow. */
export interface Transition {
  readonly id: string;
  readonly name: string;
  /** The name of the status it leads to. */
  readonly to: string;
  /** Fields that its screen insists on and that have no value to fall back on; such a move is made in Jira. */
  readonly needs: readonly string[];
}

/** How a field is filled in by a person. `elsewhere`: it takes something that a text box cannot give (a user, a cascade). */
export type FieldForm =
  | { readonly kind: "text"; readonly lines: "one" | "many" }
  | { readonly kind: "number" }
  | { readonly kind: "date" }
  | { readonly kind: "choice"; readonly options: readonly string[]; readonly several: boolean }
  | { readonly kind: "elsewhere"; readonly type: string };

/** A field as it stands on a ticket, to be filled in. */
export interface FillableField {
  readonly form: FieldForm;
  /** The whole of what stands there; of a choice of several, one a line. null: empty. */
  readonly value: string | null;
  /** It holds more than plain text: what is written from here takes the rest away. */
  readonly formatted: boolean;
}

/** What came of a write. `refused`: Jira said no for good, in its own words. */
export type TicketWritten =
  | { readonly state: "done" }
  | { readonly state: "refused"; readonly detail: string };

/** What the cockpit's forms need, and what makes them so. Faults of the network and of Jira are `Fault`s. */
export interface MendsTickets {
  /** missing: not found or not visible. Only moves that the service account may make. */
  readonly readTransitions: (key: TicketKey) => Promise<Reading<readonly Transition[]>>;
  /** How each of the named fields is filled in on this ticket, and what stands there now; one that its screen does not have is left out. */
  readonly readFieldForms: (
    key: TicketKey,
    fieldNames: readonly string[],
  ) => Promise<Reading<ReadonlyMap<string, FillableField>>>;
  /** Texts by the policy's field names, written in the form that the field takes; all of them or none. */
  readonly writeFields: (
    key: TicketKey,
    fields: readonly { readonly name: string; readonly text: string }[],
  ) => Promise<TicketWritten>;
  readonly moveTicket: (key: TicketKey, transitionId: string) => Promise<TicketWritten>;
  /** Says it once: a comment of ours that ends with the mark is looked for first. */
  readonly commentOnTicket: (
    key: TicketKey,
    comment: { readonly text: string; readonly mark: string },
  ) => Promise<TicketWritten>;
}
