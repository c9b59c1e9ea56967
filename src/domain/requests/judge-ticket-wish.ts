import type { TicketKey } from "../model.ts";
import type { Policy } from "../policy.ts";
import { isTicketKey, projectOf } from "../tickets/key.ts";
import * as wording from "../wording/cockpit/mending.ts";
import type { RequestAnswer, Wish } from "./request.ts";
import { typedText } from "./typed-text.ts";

type TicketWish = Extract<Wish, { readonly kind: "fill-fields" | "move-ticket" }>;

/** What decides whether a ticket may be changed for somebody, read when it counts. */
export interface MendingGround {
  /** null: none is in force. */
  readonly policy: Pick<Policy, "tickets"> | null;
  readonly hasJira: boolean;
  readonly mayWrite: boolean;
  /** Something of the repository that is still open carries it: what goes out next, or a pull request. */
  readonly isCarried: boolean;
}

/** Jira's own limit for texts of several lines. */
export const LONGEST_TEXT = 32_767;
const MOST_FIELDS = 20;

/**
 * Whether a ticket is this repository's to mend: something of it carries the ticket, and its project is one that the policy lists.
 * Naming a key in a commit must not be a way to every ticket that Holdpoint's account may edit.
 */
export function isMendable(
  policy: Pick<Policy, "tickets">,
  ticket: TicketKey,
  { isCarried }: Pick<MendingGround, "isCarried">,
): boolean {
  const { projects } = policy.tickets;
  const listed = projects.map((project) => project.toUpperCase());
  return isTicketKey(ticket) && isCarried && listed.includes(projectOf(ticket));
}

/** Where the policy lists none, nothing says which tickets are this repository's. */
export function listsProjects({ tickets }: Pick<Policy, "tickets">): boolean {
  return tickets.projects.length > 0;
}

/** null: it may be tried. Else why not, in words for the person. Everybody with write access may fill in and move. */
export function refuseTicketWish(wish: TicketWish, ground: MendingGround): RequestAnswer | null {
  const { policy } = ground;
  if (!ground.mayWrite) return refusal("needs-write", wording.mendingNeedsWrite());
  if (policy === null) return refusal("no-policy", wording.mendingNeedsPolicy());
  if (!ground.hasJira) return refusal("no-jira", wording.noJira());
  if (!listsProjects(policy)) return refusal("no-projects", wording.projectsNotListed());
  if (!isMendable(policy, wish.ticket, ground)) {
    return refusal("not-of-this-repository", wording.notMendedHere(wish.ticket));
  }
  return wish.kind === "fill-fields" ? refuseFields(wish, policy) : null;
}

function refuseFields(
  { fields }: Extract<TicketWish, { readonly kind: "fill-fields" }>,
  { tickets }: Pick<Policy, "tickets">,
): RequestAnswer | null {
  const known = new Set(tickets.fields.map(({ name }) => name));
  const names = new Set(fields.map(({ name }) => name));
  if (fields.length === 0) return refusal("nothing-changed", wording.nothingTyped());
  if (fields.length > MOST_FIELDS || names.size < fields.length) {
    return refusal("malformed", wording.formMalformed());
  }
  for (const { name, wanted } of fields) {
    if (!known.has(name)) return refusal("unknown-field", wording.fieldNotInPolicy(name));
    if (typedText(wanted) === "") return refusal("empty", wording.emptiedInJira(name));
    if (wanted.length > LONGEST_TEXT) {
      return refusal("too-long", wording.tooLong(name, wanted.length, LONGEST_TEXT));
    }
  }
  return null;
}

function refusal(code: string, message: string): RequestAnswer {
  return { code, message };
}
