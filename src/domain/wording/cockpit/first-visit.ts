import type { Reading } from "../../model.ts";
import { visibleText } from "../../escape/visible-text.ts";
import { counted, listed } from "../counted.ts";
import { lasting } from "./moments.ts";

export function setUpTitle(repository: string): string {
  return `Set up ${repository}`;
}

export function setUpLead(): string {
  return "There is no policy here yet, so Holdpoint says nothing and holds nothing. This one was written for what the repository has.";
}

export function readingTitle(): string {
  return "Reading the repository";
}

export function readingWhy(): string {
  return "Its branches, environments, checks and commits are being read, to write a policy about them. This page goes on by itself.";
}

export function policyPanelTitle(): string {
  return "A policy to begin with";
}

export function policyPath(): string {
  return ".github/holdpoint.yml";
}

export function policyLabel(): string {
  return "The proposed policy";
}

export function createAtGitHub(): string {
  return "Create it at GitHub";
}

export function createHint(): string {
  return "GitHub opens the new file with this text in it. You commit it, and this page shows the gate by itself.";
}

export function tooLongForLink(): string {
  return "The text is too long to be sent along: copy it, open the new file, and paste it there.";
}

export function openNewFile(): string {
  return "Open the new file at GitHub";
}

export function observeFirst(): string {
  return "It only observes: every status is green and says what would have been held. When what it says is right, change mode to enforce; what is red on that day gets its full grace.";
}

export function readersHint(): string {
  return "You may read this repository: GitHub makes a pull request of the file, for somebody who may merge it.";
}

export function previewTitle(): string {
  return "What it would have held";
}

export function lastDays(): string {
  return "the last 30 days";
}

export function previewUnread(): string {
  return "The trunk could not be read, so nothing was computed.";
}

export function previewScope(commits: number, whole: boolean): string {
  return whole
    ? `Computed from ${counted(commits, "commit")} of the trunk and what their checks said.`
    : `Computed from the newest ${counted(commits, "commit")} of the trunk and what their checks said; older ones were not read.`;
}

export function haltedTimes(times: number, milliseconds: number): string {
  return times === 0
    ? "No deploy would have been halted by a slow check"
    : `Deploys would have been halted ${times === 1 ? "once" : `${times} times`}, for ${lasting(milliseconds)}`;
}

export function noDeferredChecks(): string {
  return "No slow check was seen, so none is deferred";
}

export function mendedInTime(times: number): string {
  return times === 0
    ? "No slow check was red for less than its grace."
    : `${times === 1 ? "Once" : `${times} times`} a slow check was red and green again within its grace.`;
}

export function haltRow(check: string): string {
  return visibleText(check, 120);
}

export function haltedFrom(): string {
  return "from";
}

export function haltedUntil(): string {
  return "until";
}

export function haltedStill(): string {
  return "and still";
}

export function firstRedAt(): string {
  return "first red";
}

export function redHeads(red: number, commits: number): string {
  return red === 0
    ? `Required checks were green on every one of ${counted(commits, "commit")}`
    : `A required check ended red on ${red} of ${counted(commits, "commit")}`;
}

export function redHeadsWhy(): string {
  return "A deploy of such a commit would have been held until it was green.";
}

export function noRequiredChecks(): string {
  return "No quick check was seen on most commits, so none is required";
}

export function unticketed(without: number, commits: number): string {
  return without === 0
    ? `Every one of ${counted(commits, "commit")} carries a ticket, or needs none`
    : `${without} of ${counted(commits, "commit")} ${without === 1 ? "carries" : "carry"} no ticket`;
}

export function unticketedWhy(): string {
  return "A deploy that contains one would have been held until a ticket was attached to it.";
}

export function noTicketsAsked(): string {
  return "Commits name no tickets here, so none are asked for";
}

export function notComputed(): string {
  return "Not computed: whether each ticket was in the right state on that day. Jira keeps what is, not what was.";
}

export function andMore(count: number): string {
  return `and ${counted(count, "more", "more")}`;
}

export function foundTitle(): string {
  return "What was found";
}

export type FoundKind = "environments" | "branches" | "workflows" | "checks" | "projects" | "jira";

export function foundName(kind: FoundKind): string {
  switch (kind) {
    case "environments":
      return "Environments";
    case "branches":
      return "Branches of deploys";
    case "workflows":
      return "Workflows";
    case "checks":
      return "Checks on the trunk";
    case "projects":
      return "Projects in commits";
    case "jira":
      return "Jira";
  }
}

const NAMES_SHOWN = 6;

/** The names, or why there are none. */
export function foundNames(reading: Reading<readonly string[]>): string {
  if (reading.state === "unknown") return `could not be read: ${visibleText(reading.detail, 200)}`;
  const names = reading.state === "known" ? reading.value : [];
  return names.length === 0
    ? "none"
    : listed(
        names.map((name) => visibleText(name, 80)),
        NAMES_SHOWN,
      );
}

export function jiraOff(): string {
  return "not set up: tickets are asked for by their keys alone";
}

export function jiraKnown(fields: number, statuses: number): string {
  return `${counted(fields, "field")} and ${counted(statuses, "status", "statuses")} read`;
}

export function nextTitle(): string {
  return "What happens next";
}

export function nextSteps(): readonly string[] {
  return [
    "You read the policy, change what is wrong, and commit it to the default branch.",
    "Within seconds Holdpoint judges the next deploy, and this page shows it.",
    "Statuses appear on pull requests and on the trunk. While the policy observes, nothing is held.",
  ];
}

export function lookedAt(): string {
  return "Read";
}

export function notInstalledTitle(): string {
  return "No repository yet";
}

export function notInstalledLead(login: string): string {
  return `You are signed in as ${login}, and the App is installed on nothing that GitHub shows you.`;
}

export function installButton(): string {
  return "Install Holdpoint at GitHub";
}

export function installHint(): string {
  return "Choose an account and its repositories. Where you may not install Apps, GitHub asks an owner for you.";
}

export function installAway(): string {
  return "GitHub does not say at the moment where the App is installed from. Look at it under “GitHub Apps” in the settings of your organisation, or try again in a minute.";
}

export function mayDoTitle(): string {
  return "What it may read and write, and why";
}

export function installSteps(): readonly string[] {
  return [
    "You install the App on the repositories that you deploy from.",
    "Here, each gets a policy written for it, with what that would have held in the last 30 days.",
    "You commit the policy. Without one, Holdpoint says nothing in a repository.",
  ];
}

export function alreadyInstalled(): string {
  return "It is installed already? What GitHub shows you is asked again every few minutes; signing out and in again asks at once.";
}
