import type { CommitSha, TicketKey } from "../model.ts";
import type { Policy } from "../policy.ts";
import { projectOf } from "../tickets/key.ts";
import { shortSha } from "../wording/counted.ts";
import * as wording from "../wording/cockpit/attaching.ts";
import * as mending from "../wording/cockpit/mending.ts";
import type { RequestAnswer, Wish } from "./request.ts";

type AttachmentWish = Extract<Wish, { readonly kind: "attach-ticket" | "detach-ticket" }>;

export interface AttachmentGround {
  readonly policy: Pick<Policy, "tickets"> | null;
  readonly mayWrite: boolean;
  /** Where the policy lists none, those that Jira knows; null: nobody can tell. */
  readonly knownProjects: readonly string[] | null;
  /** Commits that go out somewhere and need a ticket that their messages do not carry. */
  readonly open: ReadonlySet<CommitSha>;
  /** What Jira says of the ticket; unknown where it was not asked or does not answer. */
  readonly ticket: "known" | "missing" | "unknown";
}

export const LONGEST_REASON = 500;

/** null: it may be done. Else why not, in words for the person. */
export function refuseAttachment(wish: AttachmentWish, ground: AttachmentGround): RequestAnswer | null {
  const { policy } = ground;
  if (!ground.mayWrite) return { code: "needs-write", message: wording.attachingNeedsWrite() };
  // Whatever the policy says now: what was attached can be taken off.
  if (wish.kind === "detach-ticket") return null;
  if (policy === null) return { code: "no-policy", message: mending.mendingNeedsPolicy() };
  if (!isOfProjects(wish.ticket, policy, ground)) {
    return { code: "other-project", message: wording.otherProject(wish.ticket, policy.tickets.projects) };
  }
  if (wish.because.trim() === "") return { code: "no-reason", message: wording.reasonMissing() };
  if (wish.because.length > LONGEST_REASON) {
    return { code: "reason-too-long", message: wording.reasonTooLong(wish.because.length, LONGEST_REASON) };
  }
  if (!ground.open.has(wish.sha)) {
    return { code: "not-open", message: wording.commitNotOpen(shortSha(wish.sha)) };
  }
  if (ground.ticket === "missing") return { code: "not-found", message: wording.ticketNotFound(wish.ticket) };
  return null;
}

function isOfProjects(
  ticket: TicketKey,
  { tickets }: Pick<Policy, "tickets">,
  { knownProjects }: Pick<AttachmentGround, "knownProjects">,
): boolean {
  const listed = tickets.projects.length > 0 ? tickets.projects : knownProjects;
  return listed === null || listed.some((project) => project.toUpperCase() === projectOf(ticket));
}
