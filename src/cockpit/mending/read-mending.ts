import { isMendable, listsProjects } from "../../domain/requests/judge-ticket-wish.ts";
import type { TicketKey } from "../../domain/model.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Ticket } from "../../domain/ticket.ts";
import type { FillableField, Transition } from "../../ports/jira.ts";
import { readStoredPolicy } from "../../snapshot/stored-policies.ts";
import { isTicketCarried } from "../../store/carried-ticket.ts";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { VisibleRepository } from "../person.ts";

/** What is known of a ticket that somebody wants to mend. */
export type Mending =
  | { readonly state: "reader" }
  | { readonly state: "no-jira" }
  | { readonly state: "no-projects" }
  | { readonly state: "silent" }
  | { readonly state: "gone" }
  | { readonly state: "moved" }
  | {
      readonly state: "ready";
      readonly ticket: Ticket;
      /** Those that the policy asks for, in its order, as far as the ticket's edit screen shows them. */
      readonly fields: readonly (FillableField & { readonly name: string })[];
      readonly asksForFields: boolean;
      readonly transitions: readonly Transition[];
    };

type Parts = Pick<CockpitDependencies, "database" | "jira" | "hour">;

/** Asks Jira how the ticket is filled in and where it can go. null: it is not this repository's to mend, and answers like nothing. */
export async function readMending(
  { database, jira, hour }: Parts,
  { facts, right }: VisibleRepository,
  key: TicketKey,
): Promise<Mending | null> {
  if (right === "read") return { state: "reader" };
  const { policy } = (await readStoredPolicy(database, facts.id, { hour })).policy;
  if (policy !== null && !listsProjects(policy)) return { state: "no-projects" };
  const isCarried = await isTicketCarried(database, facts.id, key);
  if (policy === null || !isMendable(policy, key, { isCarried })) return null;
  if (jira === null) return { state: "no-jira" };
  return await askJira(jira, policy, key);
}

async function askJira(
  jira: NonNullable<Parts["jira"]>,
  { tickets }: Policy,
  key: TicketKey,
): Promise<Mending> {
  const names = tickets.fields.map(({ name }) => name);
  const [answers, forms, transitions] = await Promise.all([
    jira.readTickets([key], names),
    jira.readFieldForms(key, names),
    jira.readTransitions(key),
  ]);
  const ticket = answers.get(key);
  if (ticket?.state === "missing") return { state: "gone" };
  if (ticket?.state === "known" && ticket.value.key !== key) return { state: "moved" };
  if (ticket?.state !== "known" || forms.state !== "known" || transitions.state !== "known") {
    return { state: "silent" };
  }
  const fields = names.flatMap((name) => {
    const field = forms.value.get(name);
    return field === undefined ? [] : [{ ...field, name }];
  });
  return {
    state: "ready",
    ticket: ticket.value,
    fields,
    asksForFields: names.length > 0,
    transitions: transitions.value,
  };
}
