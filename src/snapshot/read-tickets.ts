import type { Reading } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { Carriage } from "../domain/tickets/carriage.ts";
import type { TicketFacts } from "../domain/ticket.ts";
import type { ReadsTickets } from "../ports/jira.ts";

/** Asks Jira about the tickets that really go out; what was reverted inside the range is not asked about. */
export async function readTicketFacts(
  jira: ReadsTickets | null,
  policy: Policy,
  carriage: Carriage | null,
): Promise<TicketFacts> {
  if (jira === null) return { state: "off", because: "no-settings" };
  const keys = (carriage?.tickets ?? []).filter(({ reverted }) => !reverted).map(({ key }) => key);
  if (keys.length === 0) return { state: "on", answers: new Map() };
  const fieldNames = policy.tickets.fields.map(({ name }) => name);
  return { state: "on", answers: await jira.readTickets(keys, fieldNames) };
}

/** Which Jira projects exist; not asked for where the policy names its own. */
export async function readProjects(
  jira: ReadsTickets | null,
  policy: Policy,
): Promise<Reading<readonly string[]>> {
  if (policy.tickets.projects.length > 0) return { state: "known", value: policy.tickets.projects };
  if (jira === null) return { state: "missing", detail: "" };
  return await jira.readProjects();
}

/** Jira's word on which prefixes are projects; null where nobody can tell. */
export function knownProjects(projects: Reading<readonly string[]>): readonly string[] | null {
  return projects.state === "known" ? projects.value : null;
}
