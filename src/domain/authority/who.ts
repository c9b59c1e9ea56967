import type { Authority } from "./authority.ts";
import type { IssueEvent, Person } from "./issue-event.ts";
import type { IssueQuestion, RefusalReason, Step } from "./issue-question.ts";

/** Somebody who counts, with what they may do. */
export interface Who extends Authority {
  readonly by: Person;
}

/** null: bots never count, and deleted accounts neither. */
export function whoDid({ by }: IssueEvent, { people }: Pick<IssueQuestion, "people">): Who | null {
  if (by === null || by.isBot) return null;
  const read = people.get(by.login.toLowerCase());
  return read === undefined ? null : { ...read, by };
}

export function refusal(
  event: IssueEvent,
  why: RefusalReason,
  team: string | null = null,
): Extract<Step, { what: "refused" }> {
  return { what: "refused", event, by: event.by, why, team };
}

/** Of somebody who may not lift: whether that is so, or whether nobody could tell. */
export function mayNotLift(event: IssueEvent, { unreadTeam }: Authority): Extract<Step, { what: "refused" }> {
  return unreadTeam === null ? refusal(event, "not-authorised") : refusal(event, "team-unread", unreadTeam);
}
