import type { Judged } from "../judged.ts";
import { keysGoingOut } from "../rules/rule.ts";
import { deployContents, firstDeployContents, jiraNotAsked, pullRequestContents } from "../wording/status.ts";

/** In a few words what it is about, for when there is nothing to complain of. */
export function contentsOf({ snapshot, carriage }: Judged): string {
  const tickets = carriage === null ? [] : keysGoingOut(carriage);
  if (snapshot.kind === "deploy" && snapshot.base.state === "missing") {
    return firstDeployContents(snapshot.environment);
  }
  const commits = snapshot.changeSet.state === "known" ? snapshot.changeSet.value.commits.length : 0;
  const line =
    snapshot.kind === "deploy"
      ? deployContents(snapshot.environment, commits, tickets.length)
      : pullRequestContents(tickets);
  return snapshot.tickets.state === "off" && tickets.length > 0 ? jiraNotAsked(line) : line;
}
