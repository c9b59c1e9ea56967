import type { Reading, TicketKey } from "./model.ts";

/** Jira's status categories by key; names are localised and renamed, keys are not. */
export type StatusCategory = "new" | "indeterminate" | "done" | "undefined";

/** A wanted field of a ticket, under the name that the policy uses. */
export type FieldValue =
  | { readonly state: "filled"; readonly text: string }
  /** There, but null, blank, or rich text without a word in it. */
  | { readonly state: "empty" }
  /** This issue type does not have the field. */
  | { readonly state: "not-applicable" }
  /** No field of that name exists in this Jira. */
  | { readonly state: "no-such-field" };

export interface Ticket {
  /** As Jira spells it now; differs from the key asked for when the ticket was moved. */
  readonly key: TicketKey;
  readonly summary: string;
  readonly type: string;
  readonly isSubtask: boolean;
  readonly parent: TicketKey | null;
  readonly status: { readonly name: string; readonly category: StatusCategory };
  /** By the policy's field name. A sub-task's own values; the rule looks at its parent where it must. */
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly url: string;
}

/**
 * What Jira said of the tickets of one check. `off`: there are no Jira settings, or the check is offline.
 * In `answers` a key that is `missing` was "not found or not visible"; `unknown` is Jira's fault.
 * Parents of sub-tasks are among the answers.
 */
export type TicketFacts =
  | { readonly state: "off"; readonly because: "no-settings" | "offline" | "fork" }
  | { readonly state: "on"; readonly answers: ReadonlyMap<TicketKey, Reading<Ticket>> };
