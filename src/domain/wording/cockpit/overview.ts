import { counted } from "../counted.ts";

export function overviewTitle(): string {
  return "Repositories";
}

export type GateFilter = "all" | "held" | "unknown" | "open" | "none";

export function filterName(filter: GateFilter): string {
  switch (filter) {
    case "all":
      return "All";
    case "held":
      return "Held";
    case "unknown":
      return "Unknown";
    case "open":
      return "Open";
    case "none":
      return "Not set up";
  }
}

export function filterBy(): string {
  return "Show by state of the gate";
}

export function searchLabel(): string {
  return "Search repositories";
}

export function searchHint(): string {
  return "Owner or name";
}

export function searchButton(): string {
  return "Search";
}

/** Read out while somebody types. */
export function found(shown: number, all: number): string {
  return shown === all
    ? counted(all, "repository", "repositories")
    : `${shown} of ${counted(all, "repository", "repositories")}`;
}

export function nothingFound(): string {
  return "No repository fits";
}

export function nothingFoundWhy(): string {
  return "Nothing of what you may see has that name and that state.";
}

export function showAll(): string {
  return "Show all";
}

export function changesWait(commits: number): string {
  return commits === 0
    ? "nothing waits"
    : `${counted(commits, "change")} ${commits === 1 ? "waits" : "wait"}`;
}

export function checksRun(checks: number): string {
  return `${counted(checks, "check")} ${checks === 1 ? "runs" : "run"}`;
}

export function deploysWait(jobs: number): string {
  return `${counted(jobs, "deploy")} ${jobs === 1 ? "waits" : "wait"} for the gate`;
}

/** Before a time: `checked 8 s ago`. */
export function checkedAt(): string {
  return "checked";
}

export function neverChecked(): string {
  return "not checked yet";
}

/** Before a time: `halts in 5 h 12 min`. */
export function haltsAt(): string {
  return "halts";
}

/** Before a time that has come: the look that says so is under way. */
export function deadlinePassed(): string {
  return "deadline was";
}

/** Before a time: `not confirmed since 10:04 UTC`. */
export function notConfirmedSince(): string {
  return "not confirmed since";
}

export function neverConfirmed(): string {
  return "nothing was looked at here yet";
}

/** What stands in the way, where there is more than one thing. */
export function andMore(more: number): string {
  return `and ${counted(more, "more reason")}`;
}

export function observes(): string {
  return "Observes only";
}

export function letThrough(): string {
  return "Not all verified";
}

export function archived(): string {
  return "Archived";
}

export function notSetUp(): string {
  return "Not set up";
}

export function notSetUpWhy(): string {
  return "No policy yet: Holdpoint posts nothing there.";
}

export function setUp(): string {
  return "Set up";
}

export function setUpLabel(repository: string): string {
  return `Set up ${repository}`;
}

export function repositoriesPaged(page: number, pages: number): string {
  return `Page ${page} of ${pages}`;
}

export function pageBefore(): string {
  return "Previous";
}

export function pageAfter(): string {
  return "Next";
}
