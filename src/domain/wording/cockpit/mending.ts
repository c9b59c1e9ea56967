/** The words of mending a ticket: filling in, moving on. */
import { grouped, listed } from "../counted.ts";

/** What opens a ticket's form: where nothing is to be mended it can be changed nonetheless. */
export function openTicket(lacks: boolean): string {
  return lacks ? "Mend" : "Edit";
}
export function openTicketLabel(key: string, lacks: boolean): string {
  return `${openTicket(lacks)} ${key}`;
}
export function openMending(): string {
  return "Open the form";
}
export function mendingTitle(key: string): string {
  return `Mend ${key}`;
}
export function backToRepository(): string {
  return "Back to what goes out";
}
export function openInJiraShort(): string {
  return "Open it in Jira";
}

export function fieldsHeading(): string {
  return "Fill in";
}
export function movesHeading(): string {
  return "Move on";
}
/** Before the status that the ticket is in. */
export function statusLabel(): string {
  return "It is in";
}
export function moveTo(status: string): string {
  return `Move to ${status}`;
}
/** Where a transition's own name says more than the status. */
export function byTransition(name: string): string {
  return `by “${name}”`;
}
export function moveNeedsScreen(way: string, to: string, fields: readonly string[]): string {
  const named = way === to ? `The way to “${to}”` : `The way “${way}” to “${to}”`;
  return `${named} asks for ${listed(fields, 3)}, on a screen that only Jira has.`;
}
export function noMoves(): string {
  return "Its workflow has no way on from here that Holdpoint's account may take.";
}
export function saveToJira(): string {
  return "Save to Jira";
}
export function saveOver(): string {
  return "Save over what is there now";
}
export function onBehalf(login: string): string {
  return `as Holdpoint, on behalf of ${login}`;
}
export function seenInJira(name: string): string {
  return `${name}: what stands in Jira now`;
}
export function emptyInJira(): string {
  return "Nothing stands there.";
}
export function becomesPlain(): string {
  return "Jira shows it with formatting, which is lost when you save it here.";
}
export function nothingChosen(): string {
  return "Choose …";
}
export function numberHint(): string {
  return "A number, such as 3 or 0.5.";
}
export function filledInJiraItself(name: string): string {
  return `“${name}” is chosen in Jira itself.`;
}
export function noFieldsHere(): string {
  return "Jira shows none of the fields that the policy asks for on this ticket's edit screen.";
}
export function mendParent(key: string): string {
  return `It is part of ${key}, which is asked instead: mend ${key}`;
}
export function policyAsksForNone(): string {
  return "The policy asks for no fields.";
}
export function youTyped(name: string): string {
  return `${name}, as you typed it`;
}

export function needsWriteAccess(): string {
  return "Mending takes write access to this repository.";
}
export function needsWriteAccessWhy(): string {
  return "You may read it. Ask somebody who works on it, or the ticket's author.";
}
export function jiraSilent(): string {
  return "Jira is not answering";
}
export function jiraSilentWhy(): string {
  return "What can be filled in, and where the ticket can go, is asked of Jira. What you typed is kept here; try it again in a moment.";
}
export function tryAgain(): string {
  return "Try again";
}
export function ticketGone(key: string): string {
  return `Jira shows no ticket ${key}`;
}
export function ticketGoneWhy(): string {
  return "It is not there, or Holdpoint's account may not see it.";
}
export function ticketMovedTitle(): string {
  return "It was moved in Jira";
}
export function ticketMoved(key: string): string {
  return `${key} is called something else by now: it was moved in Jira. Mend it there.`;
}

export function mendingNeedsWrite(): string {
  return "Changing a ticket takes write access to this repository: nothing was changed. Ask somebody who has it.";
}
export function mendingNeedsPolicy(): string {
  return "No usable policy is in force here, so nobody knows which tickets and fields are this repository's: nothing was changed.";
}
export function noJiraTitle(): string {
  return "There is no Jira";
}
export function noJira(): string {
  return "Holdpoint has no settings for Jira: nothing was changed.";
}
export function notMendedHere(key: string): string {
  return `Nothing of this repository that is still open carries ${key}, or the policy does not list its project: nothing was changed.`;
}
export function projectsNotListedTitle(): string {
  return "The policy lists no projects";
}
export function projectsNotListed(): string {
  return "Nothing says which tickets are this repository's, so none is changed from here. List their projects under tickets.projects in .github/holdpoint.yml, or mend the ticket in Jira.";
}
export function nothingTyped(): string {
  return "You changed nothing, so nothing was saved.";
}
export function formMalformedTitle(): string {
  return "This form could not be read";
}
export function formMalformed(): string {
  return "The form arrived in a shape that no page of ours sends: nothing was changed. Open the page again.";
}
export function fieldNotInPolicy(name: string): string {
  return `The policy does not ask for “${name}” any more: nothing was saved.`;
}
export function emptiedInJira(name: string): string {
  return `“${name}” would be empty: nothing was saved. To empty a field, go to Jira.`;
}
export function tooLong(name: string, length: number, limit: number): string {
  return `“${name}” is ${grouped(length)} characters long, and Jira takes ${grouped(limit)}: nothing was saved. What you typed is below.`;
}
export function onItsWay(): string {
  return "It is on its way to Jira. What became of it appears here by itself.";
}
export function jiraAway(): string {
  return "Jira is not answering. What you typed is kept, and Holdpoint tries again by itself for a day.";
}

export function filledIn(key: string, fields: readonly string[]): string {
  return `${listed(fields, 5)}: saved on ${key}. The check is running again.`;
}
export function moved(key: string, status: string): string {
  return `${key} is in “${status}” now. The check is running again.`;
}
export function thereAlready(key: string): string {
  return `${key} was like that already: nothing had to be changed. The check is running again.`;
}
export function notCommented(words: string): string {
  return `Jira took no comment that says so: ${words}`;
}
export function changedMeanwhile(key: string): string {
  return `Somebody changed ${key} after you opened the form, so nothing was saved. Below is what is there now, and what you typed.`;
}
export function movedMeanwhile(key: string, status: string): string {
  return `Somebody moved ${key} after you opened the form: it is in “${status}” now. Nothing was changed.`;
}
export function jiraRefused(words: string): string {
  return `Jira did not take it: ${words}`;
}
export function fieldGone(name: string): string {
  return `Jira does not show “${name}” for editing on this ticket any more: nothing was saved.`;
}
export function moveGone(name: string): string {
  return `The workflow has no “${name}” from here any more: nothing was changed.`;
}
export function moveNeedsJira(name: string, fields: readonly string[]): string {
  return `“${name}” asks for ${listed(fields, 3)} on a screen that only Jira has: nothing was changed. Go there.`;
}
export function gaveUp(): string {
  return "Jira did not answer for a day, so this was given up: nothing more is written. Look at the ticket, and ask once more.";
}

/** On the ticket, for whoever reads it in Jira. */
export function filledInComment(login: string, fields: readonly string[]): string {
  return `${login} on GitHub filled in ${listed(fields, 5)} through Holdpoint.`;
}
export function movedComment(login: string, from: string, to: string): string {
  return `${login} on GitHub moved this from “${from}” to “${to}” through Holdpoint.`;
}
/** Ends the comment: by it one that is there already is found again. */
export function commentMark(repository: string, request: number): string {
  return `${repository}, request ${request}.`;
}
