import type { Effect, IssueReference } from "../../effect.ts";
import { visibleText } from "../../escape/visible-text.ts";
import { counted, quoted, shortSha } from "../counted.ts";

export function effectsTitle(): string {
  return "Effects that are not true yet";
}

export function effectsEmpty(): string {
  return "Everything came through";
}

export function effectsEmptyWhy(): string {
  return "Every status, report, issue and message that Holdpoint wanted is where it should be.";
}

/** What should be there, in words. */
export function effectName(effect: Effect): string {
  switch (effect.kind) {
    case "status":
      return `Status ${named(effect.context)} on ${shortSha(effect.sha)}`;
    case "check-run":
      return `Report ${quoted(named(effect.name))} on ${shortSha(effect.sha)}`;
    case "comment":
      return `Answer on #${effect.issueNumber}`;
    case "issue":
      return `Compliance issue for ${shortSha(effect.firstRed)}`;
    case "note":
      return `Comment on ${issueName(effect.on)}`;
    case "label":
      return `Label ${quoted(named(effect.label))} ${effect.present ? "on" : "off"} ${issueName(effect.on)}`;
    case "issue-state":
      return `Issue #${effect.issueNumber} ${effect.state}`;
    case "slack":
      return effect.to.kind === "channel"
        ? `Slack message to ${named(effect.to.channel)}`
        : `Slack message to ${named(effect.to.login)}`;
    case "deployment-answer":
      return `Answer to the job that waits for ${named(effect.environment)}: ${effect.answer}`;
    case "ticket":
      return `Change of ${effect.ticket} in Jira`;
  }
}

function issueName(on: IssueReference): string {
  return on.kind === "number" ? `#${on.number}` : `the compliance issue for ${shortSha(on.firstRed)}`;
}

function named(name: string): string {
  return visibleText(name, 100);
}

export function effectRefused(): string {
  return "Refused";
}

export function effectWaiting(): string {
  return "Tried again by itself";
}

export function effectTries(tries: number): string {
  return tries === 0 ? "not tried yet" : `tried ${counted(tries, "time")}`;
}

export function noAnswerYet(): string {
  return "No answer yet.";
}

export function wantedSince(): string {
  return "wanted since";
}

export function tryAgain(): string {
  return "Try again";
}

export function tryAgainLabel(what: string): string {
  return `${tryAgain()}: ${what}`;
}

export function needsWrite(): string {
  return "Somebody with write access can try it again.";
}

export function parkedTitle(): string {
  return "Parked jobs";
}

export function parkedEmpty(): string {
  return "No job was given up";
}

export function parkedEmptyWhy(): string {
  return "A job that fails is tried again by itself, with growing pauses; what fails in the end is parked here.";
}

/** What a parked job was about, from its key: `deploy:12`, `pull-request:12:5`, `status:12:…`. */
export function jobName(kind: "look" | "effect", key: string): string {
  const [what = "", , number = ""] = key.split(":");
  if (kind === "effect") return `Effect: ${visibleText(what, 40)}`;
  const plain = /^\d{1,15}$/.test(number) ? number : "";
  switch (what) {
    case "deploy":
      return "Look at the deploy";
    case "repository":
      return "Comparison with GitHub";
    case "compliance":
      return "Look at the deferred checks";
    case "gate":
      return "Look at the gate";
    case "pull-request":
      return `Look at pull request #${plain}`;
    case "issue":
      return `Look at issue #${plain}`;
    case "merge-group":
      return "Look at a merge group";
    case "comment":
      return "Look at a comment";
    case "request":
      return "Something asked for in the cockpit";
    default:
      return `Look: ${visibleText(what, 40)}`;
  }
}

export function jobTries(retries: number): string {
  return `tried ${counted(retries + 1, "time")}, parked`;
}

export function putBack(): string {
  return "The job is back in the queue.";
}

export function putBackWhy(): string {
  return "This page shows by itself what becomes of it.";
}

export function notParked(): string {
  return "That job is not parked any more.";
}

export function notParkedWhy(): string {
  return "Somebody else has put it back, or it has come through meanwhile.";
}

export function mayNotRetry(): string {
  return "Trying again needs write access to the repository.";
}
