import type { Decision } from "../decision.ts";
import type { Effect } from "../effect.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Exemption } from "../tickets/carriage.ts";
import { counted, listed } from "./counted.ts";

/** Limits by GitHub: label and identifier 20 characters, description 40. */
export function checkAgainAction(): Extract<Effect, { kind: "check-run" }>["actions"][number] {
  return {
    label: "Check again",
    description: "Read everything again, decide again",
    identifier: "check-again",
  };
}

/** The first words that somebody on call reads, up to their full stop. */
export function headline(
  decision: Decision,
  door: Snapshot["kind"],
  { fails, unknowns }: { readonly fails: number; readonly unknowns: number },
): string {
  const problems = counted(fails, "problem");
  const unverified = `${counted(unknowns, "question")} without an answer`;
  if (decision.because === "observe") {
    return `Observing only: ${decision.wouldBe === "held" ? `would be held, ${problems}` : `could not verify, ${unverified}`}.`;
  }
  if (decision.because === "on-unknown") return `Not verified, let through: ${unverified}.`;
  if (decision.state === "held") return `Held: ${problems}${unknowns === 0 ? "" : `, ${unverified}`}.`;
  if (decision.state === "unknown") return `Could not verify: ${unverified}.`;
  return door === "deploy" ? "May go out." : "The tickets are in order.";
}

export function byAuthors(): string {
  return "By";
}
export function byAuthor(): string {
  return "by";
}
export function attachedBy(): string {
  return "attached by";
}
export function andMore(count: number): string {
  return `and ${count} more`;
}
export function cutHere(rows: number): string {
  return `And ${rows} more that would not fit here:`;
}
export function listedByCommand(command: string): string {
  return `${command} lists all.`;
}

export function deployIntroduction(commits: number, tickets: number): string {
  return commits === 0
    ? "has all of this already."
    : `would get ${counted(commits, "commit")} with ${counted(tickets, "ticket")}.`;
}
export function firstDeployIntroduction(): string {
  return "gets its first deployment; nothing is live there yet.";
}
export function unknownIntroduction(): string {
  return "would get what could not be read.";
}
export function changeIntroduction(commits: number, tickets: number): string {
  return `${counted(commits, "commit")} with ${counted(tickets, "ticket")}.`;
}
export function warningsHeading(): string {
  return "To know";
}

export function contentsHeading(isDeploy: boolean): string {
  return isDeploy ? "What goes out" : "Tickets";
}
export function withoutTicketHeading(): string {
  return "Without ticket";
}
export function lostHeading(): string {
  return "What would be taken away";
}
export function takenBackHeading(): string {
  return "Taken back";
}
export function goesOutAsNothing(): string {
  return "goes out as nothing";
}
export function takesBack(): string {
  return "takes back";
}
export function mentionedHeading(): string {
  return "Only mentioned";
}
export function exemptHeading(): string {
  return "Needs no ticket";
}
export function exemptBecause(because: Exemption["because"]): string {
  switch (because) {
    case "merge":
      return "merges without a change of their own";
    case "author":
      return "by exempt authors";
    case "subject":
      return "with an exempt subject";
    case "reverted":
      return "taken back again";
    case "revert":
      return "reverts";
    case "require-off":
      return "the policy asks for none";
    case "pull-request":
      return "their pull request has one";
  }
}

export function emptyField(): string {
  return "empty";
}
export function fieldNotThere(): string {
  return "not on this type";
}
export function fieldUnknownToJira(): string {
  return "Jira has no such field";
}
export function notReadTicket(): string {
  return "not read";
}
export function publicTicket(fails: boolean): string {
  return fails ? "fail" : "pass";
}

export function sourcesHeading(): string {
  return "Where this comes from";
}
export function factsReadAt(at: string): string {
  return `Facts read at ${at}`;
}
export function comparedWith(): string {
  return "compared with";
}
export function sameTree(): string {
  return "with the same files as";
}
export function policyAt(sha: string): string {
  return `policy at ${sha}`;
}
export function organisationPolicyAt(sha: string): string {
  return `organisation's defaults at ${sha}`;
}
export function policyStale(stale: "invalid" | "unreadable"): string {
  return stale === "invalid"
    ? "A newer policy has problems, so this older one stays in force:"
    : "The policy could not be read now, so the last good one stays in force.";
}
export function policySetting(mode: string, onUnknown: string): string {
  return `mode: ${mode}, on_unknown: ${onUnknown}`;
}
/** A deferred check, as code, that no job, check or status on the trunk is called. */
export function unmatchedCheck(check: string): string {
  return `The deferred check ${check} matches nothing on the trunk so far: compare its selector with the names that GitHub shows.`;
}
/** For whoever sets the repository up. */
export function pinMissing(contexts: string, branch: string): string {
  return `Everybody with write access can post ${contexts}, which ${branch} requires: choose Holdpoint as its source in the ruleset.`;
}
export function pinUnseen(branch: string): string {
  return `Whether ${branch} requires Holdpoint's status from Holdpoint alone cannot be seen: GitHub does not show its rules.`;
}
export function silentCheck(check: string, since: string): string {
  return `The deferred check ${check} has said nothing since ${since}. A case that waits for it ends with \`/holdpoint resolve because …\`.`;
}
export function jiraAnswered(answered: number, asked: number): string {
  return asked === 0
    ? "Jira was not needed."
    : `Jira answered for ${answered} of ${counted(asked, "ticket")}.`;
}
export function jiraOff(because: "no-settings" | "offline" | "fork"): string {
  switch (because) {
    case "no-settings":
      return "Jira was not asked: there are no settings for it.";
    case "offline":
      return "Jira was not asked: this check is offline.";
    case "fork":
      return "Jira was not asked: the pull request comes from a fork.";
  }
}
export function skippedRules(rules: readonly string[]): string {
  return `Not asked here: ${listed(rules, rules.length)}.`;
}
export function passedRules(rules: readonly string[]): string {
  return `Passed: ${listed(rules, rules.length)}.`;
}
export function localClone(): string {
  return "A local clone knows no pull requests: every commit counts by its own message.";
}
