import { visibleText } from "../../escape/visible-text.ts";
import { counted, grouped } from "../counted.ts";

export function operationsTitle(): string {
  return "Operations";
}

export function operationsLead(repositories: number): string {
  return `How Holdpoint's own work goes, for ${repositories === 1 ? "the one repository" : `the ${repositories} repositories`} that you see.`;
}

export function allWell(): string {
  return "Nothing waits, nothing failed";
}

export function allWellWhy(): string {
  return "Everything that came in was worked on, everything that had to be said was said, and GitHub lets Holdpoint do all of its work.";
}

export function needsSomebody(count: number): string {
  return `${counted(count, "thing")} ${count === 1 ? "needs" : "need"} somebody`;
}

/** What a trouble is called in the list at the top, which leads to its place on the page. */
export function troubleName(
  kind: "permissions" | "refused" | "waiting" | "parked" | "deliveries" | "policies" | "stale" | "paused",
  count: number,
): string {
  switch (kind) {
    case "permissions":
      return `${counted(count, "account")} without all permissions`;
    case "refused":
      return `${counted(count, "effect")} refused`;
    case "waiting":
      return `${counted(count, "effect")} not through yet`;
    case "parked":
      return `${counted(count, "job")} parked`;
    case "deliveries":
      return `${counted(count, "delivery", "deliveries")} failed`;
    case "policies":
      return `${counted(count, "policy", "policies")} with problems`;
    case "stale":
      return `${counted(count, "repository", "repositories")} not compared lately`;
    case "paused":
      return `GitHub is left alone for ${counted(count, "account")}`;
  }
}

export function permissionsTitle(): string {
  return "Missing permissions";
}

export function deliveriesTitle(): string {
  return "Deliveries";
}

export function lastDay(): string {
  return "the last 24 hours";
}

export function deliveryState(state: "received" | "processed" | "ignored" | "failed" | "parked"): string {
  switch (state) {
    case "received":
      return "waiting";
    case "processed":
      return "worked on";
    case "ignored":
      return "of no use here";
    case "failed":
      return "failed";
    case "parked":
      return "parked";
  }
}

/** The counts are of the whole instance; whose they are is said to those alone who may see it. */
export function deliveriesScope(): string {
  return "Counts are of everything that Holdpoint is sent; what failed is listed for your repositories alone.";
}

export function deliveryName(source: "github" | "jira", event: string): string {
  return `${source === "github" ? "GitHub" : "Jira"}: ${visibleText(event, 60)}`;
}

export function deliveryWithoutReason(): string {
  return "No reason was kept.";
}

export function jobsTitle(): string {
  return "Jobs";
}

export function jobsScope(): string {
  return "of the whole instance";
}

export function jobKind(kind: "delivery" | "look" | "effect"): string {
  switch (kind) {
    case "delivery":
      return "Deliveries";
    case "look":
      return "Looks";
    case "effect":
      return "Effects";
  }
}

export function jobsHead(): readonly [string, string, string, string] {
  return ["Kind", "Waiting", "Running", "Parked"];
}

export function limitsTitle(): string {
  return "GitHub's limits";
}

export function limitName(resource: string): string {
  if (resource === "core") return "REST";
  return resource === "graphql" ? "GraphQL" : visibleText(resource, 40);
}

export function limitLeft(remaining: number, limit: number): string {
  return `${grouped(remaining)} of ${grouped(limit)} calls left`;
}

export function newOnes(): string {
  return "new ones";
}

export function limitUnknown(): string {
  return "GitHub has told this process nothing yet.";
}

export function pausedUntil(): string {
  return "GitHub asks to be left alone; it is asked again";
}

export function repositoriesTitle(): string {
  return "Repositories";
}

export function comparedTitle(): string {
  return "Compared with GitHub";
}

export function neverCompared(): string {
  return "Never compared with GitHub";
}

export function comparedLate(): string {
  return "Every repository is compared with GitHub every few minutes; this one was not.";
}

export function policyState(state: "none" | "no" | "invalid" | "unreadable"): string {
  switch (state) {
    case "none":
      return "No policy";
    case "no":
      return "Policy in force";
    case "invalid":
      return "Policy has problems";
    case "unreadable":
      return "Policy cannot be read";
  }
}

export function problemPlace(line: number, column: number, path: string): string {
  const place = `Line ${line}, column ${column}`;
  return path === "" ? place : `${place}, ${visibleText(path, 120)}`;
}

export function inOrganisation(): string {
  return "in the organisation's defaults";
}

/** The organisation's file may be private. */
export function problemNotShown(): string {
  return "What stands there is not shown in a public repository.";
}

export function editAtGitHub(): string {
  return "Edit at GitHub";
}

export function editLabel(repository: string): string {
  return `${editAtGitHub()}: the policy of ${repository}`;
}

export function setUpLink(): string {
  return "Set up";
}

export function otherRepositories(count: number): string {
  return `${counted(count, "repository", "repositories")} without trouble`;
}

export function moreNotShown(count: number): string {
  return `${counted(count, "more is", "more are")} not shown.`;
}
