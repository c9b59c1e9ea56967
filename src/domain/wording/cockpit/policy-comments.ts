import { counted } from "../counted.ts";

/** Comments of a policy that was written for somebody: each fits a line, and says what to change. */
export function policyHead(): readonly string[] {
  return [
    "Holdpoint's policy for this repository, written from what it has.",
    "Change what is wrong, and commit it; every key: the README, “The policy file”.",
  ];
}

export function observeComment(): string {
  return "says what it would hold, and holds nothing; change it to: enforce";
}

export function environmentsComment(): string {
  return "what is live; a deploy is compared with it";
}

export function noEnvironmentComment(): readonly string[] {
  return [
    "Nothing was found that says what is live. Until it is said, only halts hold a deploy:",
    "deploy:",
    "  environments:",
    "    production: { base: { branch: production } }",
  ];
}

export function projectsComment(): string {
  return "seen in commits of the trunk";
}

export function noTicketsComment(): string {
  return "commits name no tickets here; else: commit, or pull-request";
}

export function statusesComment(): string {
  return "a ticket may go out in these";
}

export function fieldsComment(): string {
  return "must be filled in on every ticket that goes out";
}

export function requiredComment(): string {
  return "quick: a deploy waits until they are green on its commit";
}

export function deferredComment(): string {
  return "slow: must be green on the trunk again within the grace, or deploys are halted";
}

export function tookComment(minutes: number): string {
  return `took ${counted(minutes, "minute")}`;
}
