import type { AskedPermission } from "../../permissions/asked.ts";
import type { Missing, MissingPermission } from "../../permissions/find-missing.ts";
import { counted } from "../counted.ts";

/** GitHub's own names, as its settings page shows them. */
const NAMES: Readonly<Record<AskedPermission, string>> = {
  actions: "Actions",
  checks: "Checks",
  contents: "Contents",
  deployments: "Deployments",
  issues: "Issues",
  merge_queues: "Merge queues",
  members: "Members",
  metadata: "Metadata",
  pull_requests: "Pull requests",
  statuses: "Commit statuses",
};

/** What does not work where it may not even be read. */
const UNREAD: Readonly<Record<AskedPermission, string>> = {
  actions: "Which workflow a check belongs to is not seen: deferred checks of GitHub Actions stay unknown.",
  checks: "Results of checks are not read, and the report is not written: no deferred check is ever seen.",
  contents: "Neither the policy nor commits can be read: nothing is judged, and the gate stays unknown.",
  deployments:
    "What is live is not seen where a deployment says it, and jobs that wait for the gate are not answered.",
  issues: "Compliance issues are not opened, and what is said on issues is not heard.",
  merge_queues: "Merge groups are not heard of: a queue that waits for holdpoint/tickets goes on waiting.",
  members: "Teams are not read: nobody may lift a hold because of a team.",
  metadata: "The repositories themselves are not seen.",
  pull_requests: "Pull requests are not judged, and what is said on them is not answered.",
  statuses: "No commit status is posted: what waits for one of Holdpoint's goes on waiting.",
};

/** What does not work where it may be read and not written. */
const UNWRITTEN: Partial<Readonly<Record<AskedPermission, string>>> = {
  checks: "The report on each commit, with its buttons, is not written.",
  deployments: "Jobs that wait for the gate are not answered.",
  issues: "Compliance issues are not opened, and commands on issues are not answered.",
  pull_requests: "Commands on pull requests are not answered.",
  statuses: "No commit status is posted: what waits for one of Holdpoint's goes on waiting.",
};

/** `Commit statuses: read and write`. */
export function permissionWanted({ name, wanted }: MissingPermission): string {
  return `${NAMES[name]}: ${wanted === "write" ? "read and write" : "read"}`;
}

export function permissionHas({ has }: MissingPermission): string {
  return has === null ? "not given" : "given for reading only";
}

/** What people will miss. */
export function whatStops({ name, has }: MissingPermission): string {
  return (has === null ? null : UNWRITTEN[name]) ?? UNREAD[name];
}

export function missingTitle(account: string, { permissions, events }: Missing): string {
  const parts = [
    ...(permissions.length === 0 ? [] : [counted(permissions.length, "permission")]),
    ...(events.length === 0 ? [] : [counted(events.length, "event")]),
  ];
  return `${parts.join(" and ")} ${permissions.length + events.length === 1 ? "is" : "are"} missing for ${account}`;
}

export function missingEvents(events: readonly string[]): string {
  return `GitHub does not tell of ${events.join(", ")}: such changes are found by comparing, minutes later.`;
}

export function whoAccepts(account: string): string {
  return `An owner of ${account} accepts them at GitHub; nothing else has to be done.`;
}

export function acceptAtGitHub(): string {
  return "Review at GitHub";
}

/** What the App asks for, and what for: said before it is installed. */
export function permissionReasons(): readonly {
  readonly what: string;
  readonly level: "reads" | "reads and writes";
  readonly why: string;
}[] {
  return [
    { what: "Contents", level: "reads", why: "commits, comparisons and the policy file; never writes code" },
    { what: "Pull requests", level: "reads and writes", why: "titles and branches; answers to commands" },
    { what: "Issues", level: "reads and writes", why: "compliance issues; answers to commands" },
    { what: "Checks", level: "reads and writes", why: "results on the trunk; the report “Holdpoint”" },
    { what: "Commit statuses", level: "reads and writes", why: "holdpoint/pre-deploy, tickets and gate" },
    {
      what: "Deployments",
      level: "reads and writes",
      why: "what is live; answers to jobs that wait for the gate",
    },
    { what: "Actions", level: "reads", why: "which workflow file a check belongs to" },
    { what: "Merge queues", level: "reads", why: "groups that wait to be merged" },
    { what: "Members", level: "reads", why: "teams that may lift a hold" },
    { what: "Metadata", level: "reads", why: "names of repositories" },
  ];
}
