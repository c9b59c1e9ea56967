/** What the App asks for when it is registered; the same as in `app.yml`, which a test compares it with. */
export const ASKED_PERMISSIONS = {
  actions: "read",
  checks: "write",
  contents: "read",
  deployments: "write",
  issues: "write",
  merge_queues: "read",
  members: "read",
  metadata: "read",
  pull_requests: "write",
  statuses: "write",
} as const satisfies Readonly<Record<string, Level>>;

export const ASKED_EVENTS = [
  "check_run",
  "check_suite",
  "deployment_protection_rule",
  "deployment_status",
  "issue_comment",
  "issues",
  "merge_group",
  "pull_request",
  "push",
  "repository",
  "status",
  "workflow_run",
] as const;

export type Level = "read" | "write";
export type AskedPermission = keyof typeof ASKED_PERMISSIONS;
export type AskedEvent = (typeof ASKED_EVENTS)[number];
