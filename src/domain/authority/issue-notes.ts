import { markdownCode } from "../escape/markdown-code.ts";
import { markdownProse } from "../escape/markdown-prose.ts";
import type { OverridePolicy, Policy } from "../policy.ts";
import * as wording from "../wording/authority.ts";
import { whoMayOverride } from "../wording/gate.ts";
import type { Step } from "./issue-question.ts";

const NAME_LENGTH = 80;

export interface NoteContext {
  readonly policy: Policy;
  /** Of those whose halts stand on the issue. */
  readonly halters: readonly string[];
}

/** A note and what makes it one; said again only under another key. */
export interface Note {
  readonly key: string;
  readonly body: string;
}

/**
 * What the issue is told about a step, in Markdown; null: nothing. A refusal is said once to each person, however often they try. Bots
 * are told nothing: they do not read, and Holdpoint itself is one. Only of a label that is left off everybody is told.
 */
export function noteOf(step: Step, issueNumber: number, context: NoteContext): Note | null {
  switch (step.what) {
    case "refused":
      return refusalNote(step, issueNumber, context);
    case "halt-began": {
      const person = nameOf(step.by.login);
      const body = `${wording.haltBegan(person, null, null)} ${wording.haltBeganNext(person, whom(context.policy.override))}`;
      return { key: `halt-began-${step.source}`, body };
    }
    case "halt-ended":
      return { key: `halt-ended-${step.source}`, body: wording.haltEnded(nameOf(step.by.login), null) };
    case "override-began":
      return step.awaitsReason
        ? { key: `reason-wanted-${step.source}`, body: wording.reasonWanted(nameOf(step.by.login)) }
        : null;
    case "override-ended":
    case "reopened":
      // The issue's own announcements say it.
      return null;
  }
}

function refusalNote(
  { why, by, team, event }: Extract<Step, { what: "refused" }>,
  issueNumber: number,
  { policy, halters }: NoteContext,
): Note | null {
  const label = markdownCode(policy.override.label, NAME_LENGTH);
  const haltLabel = markdownCode(policy.deferred.haltLabel, NAME_LENGTH);
  // For whoever reads the issue, and misses the label.
  if (why === "override-label-left-off" || why === "halt-label-left-off") {
    const body =
      why === "halt-label-left-off"
        ? wording.haltLabelLeftOff(haltLabel)
        : wording.overrideLabelLeftOff(label);
    return { key: `${why}-${issueNumber}`, body };
  }
  if (by === null || by.isBot) return null;
  const key = `${why}-${issueNumber}-${by.id}`;
  const [person, allowed] = [nameOf(by.login), whom(policy.override)];
  switch (why) {
    case "bot":
      return null;
    case "not-authorised":
      return { key, body: wording.labelRefusedNotAuthorised(person, label, allowed) };
    case "team-unread":
      return { key, body: wording.labelRefusedTeamUnread(person, label, nameOf(team ?? "")) };
    case "four-eyes":
      return { key, body: wording.labelRefusedFourEyes(person, label) };
    case "authors-unread":
      return { key: `${key}-${event.id}`, body: wording.labelRefusedAuthorsUnread(label) };
    case "not-expired":
      return { key: `${key}-${event.id}`, body: wording.labelRefusedNotExpired(label) };
    case "nothing-here":
      return { key, body: wording.labelRefusedNothingHere(label) };
    case "override-stays":
      return { key, body: wording.overrideStays(label, allowed) };
    case "halt-needs-write":
      return { key, body: wording.haltRefusedNeedsWrite(person, haltLabel) };
    case "halt-stays":
      return {
        key,
        body:
          halters.length === 0
            ? wording.caseHaltStays(haltLabel, label, allowed)
            : wording.haltStays(haltLabel, listNames(halters), allowed),
      };
    case "halt-stays-closed":
      return { key, body: wording.haltStaysClosed(listNames(halters), allowed) };
    case "left-closed":
      return { key: `${why}-${issueNumber}`, body: wording.leftClosed() };
  }
}

/** `admins`, `members of` and the teams, as Markdown. */
export function whom(override: Pick<OverridePolicy, "allow">): string {
  return markdownProse(whoMayOverride(override));
}

export function nameOf(login: string): string {
  return markdownCode(login, NAME_LENGTH);
}

function listNames(logins: readonly string[]): string {
  return [...new Set(logins)].map(nameOf).join(", ");
}
