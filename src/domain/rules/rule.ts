import type { Finding, RuleName } from "../finding.ts";
import type { Reading, TicketKey } from "../model.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Ticket } from "../ticket.ts";
import type { Carriage } from "../tickets/carriage.ts";

/** What can change a rule's answer: a look is worth taking when one of these happened. */
export type Dependency = "pushes" | "pull-requests" | "tickets" | "checks" | "deployments" | "policy";

interface Named {
  readonly name: RuleName;
  /** What it asks, as a sentence. */
  readonly question: string;
  readonly dependsOn: readonly Dependency[];
}

/** A rule about the head itself: it runs even where the change set is not known. */
export interface HeadRule<Facts extends Snapshot> extends Named {
  readonly reads: "head";
  readonly evaluate: (snapshot: Facts) => readonly Finding[];
}

/** A rule about what goes out. It runs only where the change set is known. */
export interface ChangesRule<Facts extends Snapshot> extends Named {
  readonly reads: "changes";
  readonly evaluate: (snapshot: Facts, carriage: Carriage) => readonly Finding[];
}

export type TicketAnswers = ReadonlyMap<TicketKey, Reading<Ticket>>;

/** A rule about what Jira says. It runs only where there is a Jira to ask. */
export interface JiraRule<Facts extends Snapshot> extends Named {
  readonly reads: "jira";
  readonly evaluate: (snapshot: Facts, carriage: Carriage, answers: TicketAnswers) => readonly Finding[];
}

/** One named question. A rule that has nothing to complain of gives one passing finding. */
export type Rule<Facts extends Snapshot> = HeadRule<Facts> | ChangesRule<Facts> | JiraRule<Facts>;

type Said = Pick<Finding, "rule" | "code" | "message"> &
  Partial<Pick<Finding, "publicMessage" | "commits" | "tickets">>;

function complete(said: Said, outcome: Finding["outcome"], warning: boolean): Finding {
  return {
    rule: said.rule,
    outcome,
    warning,
    code: said.code,
    message: said.message,
    publicMessage: said.publicMessage ?? said.message,
    commits: said.commits ?? [],
    tickets: said.tickets ?? [],
  };
}

export function passed(said: Said): Finding {
  return complete(said, "pass", false);
}
/** A pass that people should know about. */
export function warned(said: Said): Finding {
  return complete(said, "pass", true);
}
export function failed(said: Said): Finding {
  return complete(said, "fail", false);
}
export function unknown(said: Said): Finding {
  return complete(said, "unknown", false);
}

/** The complaints, or the one pass where there are none. */
export function complaintsOr(complaints: readonly Finding[], pass: Finding): readonly Finding[] {
  return complaints.length === 0 ? [pass] : complaints;
}

/** Carried tickets of which something goes out. A ticket whose work was all taken back goes out as nothing. */
export function keysGoingOut(carriage: Carriage): readonly TicketKey[] {
  return carriage.tickets.flatMap(({ key, reverted }) => (reverted ? [] : [key]));
}
