/** The words of attaching a ticket to a commit that carries none. */
import { grouped, listed } from "../counted.ts";

export function attachTicket(): string {
  return "Attach a ticket";
}
export function attachLabel(sha: string): string {
  return `Attach a ticket to ${sha}`;
}
export function ticketField(): string {
  return "Ticket";
}
export function ticketHint(projects: readonly string[]): string {
  return projects.length === 0 ? "Its key, such as PLAY-12." : `Its key, of ${listed(projects, 5)}.`;
}
export function ticketExample(projects: readonly string[]): string {
  return `${projects[0] ?? "PLAY"}-12`;
}
export function reasonField(): string {
  return "Why it belongs to this commit";
}
export function reasonHint(): string {
  return "Kept with the check and on record, with your name.";
}
export function attachNow(): string {
  return "Attach";
}
export function detach(): string {
  return "Take it off";
}
export function detachLabel(key: string, sha: string): string {
  return `Take it off: ${key} from ${sha}`;
}
export function attachingNeedsWrite(): string {
  return "Attaching a ticket takes write access to this repository: nothing was changed. Ask somebody who has it.";
}
export function notAKey(): string {
  return "That is no ticket's key. One looks like PLAY-12.";
}
export function otherProject(key: string, projects: readonly string[]): string {
  const own =
    projects.length === 0 ? "Jira knows no such project" : `this repository's are ${listed(projects, 5)}`;
  return `${key} is of another project; ${own}. Nothing was attached.`;
}
export function reasonMissing(): string {
  return "Say why the ticket belongs to this commit: nothing was attached.";
}
export function reasonTooLong(length: number, limit: number): string {
  return `The reason is ${grouped(length)} characters long, ${grouped(limit)} are kept: nothing was attached.`;
}
export function commitNotOpen(sha: string): string {
  return `${sha} does not go out without a ticket, as far as Holdpoint has looked: it is live, was written anew, or carries one. Nothing was attached.`;
}
export function ticketNotFound(key: string): string {
  return `Jira shows no ticket ${key}: nothing was attached.`;
}
export function attached(key: string, sha: string): string {
  return `${key} is attached to ${sha}. The check is running again.`;
}
export function attachedAlready(key: string, sha: string): string {
  return `${key} was attached to ${sha} already.`;
}
export function detached(key: string, sha: string): string {
  return `${key} is not attached to ${sha} any more. The check is running again.`;
}
export function notAttached(key: string, sha: string): string {
  return `${key} was not attached to ${sha}: nothing was changed.`;
}
