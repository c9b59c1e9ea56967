import type { UnknownCode } from "../model.ts";
import type { ContentTicket, DeployContents } from "./deploy-contents.ts";

/**
 * Where GitHub or Jira did not answer this time, what was seen before is shown, and since when nobody has seen it. What rests on it
 * stays as unknown as the rules say it is: nothing that nobody could read is shown as fine.
 */
export function keepEarlierFacts(fresh: DeployContents, before: DeployContents | null): DeployContents {
  if (before === null) return fresh;
  const silent = fresh.unread.find(({ what, because }) => what !== "checks" && isOfGitHub(because));
  if (silent !== undefined && before.commits.length > 0) {
    const kept = outdate(before, silent.because);
    const { takenAt, head, verdict, checks } = fresh;
    return { ...kept, takenAt, head, verdict, checks };
  }
  const { jira } = fresh;
  return jira.state === "unknown" ? keepTickets(fresh, jira, before) : fresh;
}

/** What was seen before of an environment that could not be looked at. */
export function outdate(before: DeployContents, because: UnknownCode): DeployContents {
  return {
    ...before,
    tickets: before.tickets.map((ticket) =>
      ticket.outcome === "pass" && !ticket.reverted ? { ...ticket, outcome: "unknown" } : ticket,
    ),
    outdated: { because, since: before.outdated?.since ?? before.takenAt },
  };
}

function keepTickets(
  fresh: DeployContents,
  jira: Extract<DeployContents["jira"], { state: "unknown" }>,
  before: DeployContents,
): DeployContents {
  const earlier = new Map(before.tickets.map((ticket) => [ticket.key, ticket]));
  const tickets = fresh.tickets.map((ticket) => keepFacts(ticket, earlier.get(ticket.key), before.takenAt));
  const kept = tickets.flatMap(({ facts }) =>
    facts.state === "known" && facts.keptFrom !== null ? [facts.keptFrom] : [],
  );
  const since = kept.toSorted()[0] ?? null;
  return { ...fresh, tickets, jira: { ...jira, since } };
}

function keepFacts(ticket: ContentTicket, earlier: ContentTicket | undefined, seenAt: string): ContentTicket {
  if (ticket.facts.state !== "unknown" || earlier?.facts.state !== "known") return ticket;
  return { ...ticket, facts: { ...earlier.facts, keptFrom: earlier.facts.keptFrom ?? seenAt } };
}

/** Other reasons are the repository's own: a branch that is gone, histories without a common commit. */
function isOfGitHub(because: UnknownCode): boolean {
  return because.startsWith("github-") || because === "truncated";
}
