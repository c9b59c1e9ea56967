import type { Judged } from "./judged.ts";
import type { TicketKey } from "./model.ts";

/**
 * Every ticket whose change may change the verdict: those that are carried, the parents that sub-tasks are judged by,
 * and what moved tickets are called now, for that is the name under which Jira tells of them.
 */
export function ticketsBehind({ carriage, snapshot }: Judged): readonly TicketKey[] {
  const carried = (carriage?.tickets ?? []).map(({ key }) => key);
  if (snapshot.tickets.state === "off") return carried;
  const asked = [...snapshot.tickets.answers].flatMap(([key, reading]) =>
    reading.state === "known" ? [key, reading.value.key] : [key],
  );
  return [...new Set([...carried, ...asked])];
}
