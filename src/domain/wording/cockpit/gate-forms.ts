import type { CockpitCommand } from "../../requests/request.ts";
import { listed } from "../counted.ts";

/** The forms that lift, halt and go back; `whom` is who may: `admins`, `members of acme/release`. */

export function formsLabel(): string {
  return "What can be done here";
}

/** On the buttons that open a form. */
export function openForm(kind: CockpitCommand["kind"]): string {
  switch (kind) {
    case "override":
      return "Override";
    case "halt":
      return "Halt deploys";
    case "resume":
      return "End the halt";
    case "rollback":
      return "Roll back";
    case "accept-policy":
      return "Accept the looser policy";
    case "extend":
      return "More time";
    case "resolve":
      return "Close by hand";
  }
}
/** On the buttons that send one. */
export function sendForm(kind: CockpitCommand["kind"]): string {
  switch (kind) {
    case "override":
      return "Lift it for that time";
    case "halt":
      return "Halt deploys now";
    case "resume":
      return "End this halt";
    case "rollback":
      return "Let it out for one hour";
    case "accept-policy":
      return "Accept";
    case "extend":
      return "Move the deadline";
    case "resolve":
      return "Close it";
  }
}

export function overrideWhat(sha: string, environment: string): string {
  return `Lets ${sha} go out to ${environment} in spite of what is listed here. It ends by itself; another commit, or another reason, is judged anew.`;
}
export function overrideLifts(): string {
  return "It lifts:";
}
export function overrideLeaves(): string {
  return "It cannot lift:";
}
export function overrideCaseWhat(name: string): string {
  return `Deploys go on although ${name} is red. It ends by itself, and the halt returns unless it is green by then.`;
}
export function haltWhat(): string {
  return "Stops deploys at once: every door answers held until somebody ends the halt. Whoever halts may end it again.";
}
export function resumeWhat(by: string, environment: string | null): string {
  return `${by} halted deploys${environment === null ? " to all environments" : ` to ${environment}`}.`;
}
export function rollbackWhat(environment: string): string {
  return `A commit that ran in ${environment} before may go out again for one hour, in spite of tickets and of checks past their deadline. A halt still stops it.`;
}
export function acceptWhat(): string {
  return "The policy asks for less than before. What is open stands on the stricter one until this is accepted:";
}
export function extendWhat(names: readonly string[]): string {
  return `Moves the deadline of ${listed(names)}. At most as long as the policy's longest override at a time.`;
}
export function resolveWhat(): string {
  return "Ends a case whose check says nothing any more: without any result for 7 days. Others end with a green run.";
}

export function durationLabel(): string {
  return "For how long";
}
export function extendLabel(): string {
  return "How much more time";
}
export function otherDuration(): string {
  return "Or exactly";
}
export function otherDurationHint(most: string): string {
  return `Such as 90m, 36h or 2d; at most ${most}.`;
}
export function reasonLabel(): string {
  return "Because";
}
export function reasonHint(): string {
  return "Everybody reads it, and the audit keeps it.";
}
export function reasonNow(reason: string): string {
  return `because: ${reason}`;
}
export function whereLabel(): string {
  return "Where";
}
export function allEnvironments(): string {
  return "All environments";
}
export function onlyHere(environment: string): string {
  return `Only ${environment}`;
}
export function commitLabel(): string {
  return "Commit to go back to";
}
export function commitHint(): string {
  return "At least 7 of its hex digits.";
}
export function fourEyesHint(): string {
  return "The policy wants four eyes: whoever wrote part of it cannot lift it.";
}
export function teamHint(teams: readonly string[]): string {
  return `For members of ${listed(teams)}: GitHub is asked when you send it.`;
}

export function whoMay(kind: CockpitCommand["kind"], whom: string): string {
  switch (kind) {
    case "override":
      return `Only ${whom} can override what holds.`;
    case "extend":
      return `Only ${whom} can move the deadline or lift the halt.`;
    case "resolve":
      return `Only ${whom} can close a case by hand.`;
    case "resume":
      return `Only whoever halted, or ${whom}, can end a halt.`;
    case "accept-policy":
      return `Only ${whom} can accept a looser policy.`;
    case "halt":
    case "rollback":
      return "Halting and rolling back need write access to this repository.";
  }
}

export function noReason(): string {
  return "Please say why: everybody who is held, or not held, will ask.";
}
export function longReason(length: number, most: number): string {
  return `At most ${most} characters, please; these are ${length}.`;
}
export function noDuration(): string {
  return "This is no duration. Write it as 30m, 24h or 3d.";
}
export function noSha(): string {
  return "This is no commit. Write at least 7 of its hex digits.";
}
export function stalePage(): string {
  return "This form came from a page that is too old, or was changed. Nothing was sent: look at the page as it is now, and fill it in again.";
}
export function notSentTitle(): string {
  return "Not sent yet";
}
export function notSentWhy(): string {
  return "Something is missing or not understood; it is marked below. Nothing was done so far.";
}
export function backToPage(): string {
  return "Back, without sending";
}
