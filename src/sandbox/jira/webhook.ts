import { createHmac } from "node:crypto";
import type { IssueChange, IssueEvent, SandboxIssue } from "./model.ts";
import { renderIssue, type Dialect } from "./render.ts";
import type { World } from "./world.ts";

/** A webhook as it goes over the wire; the signature is over exactly these bytes. */
export interface JiraWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const EVENTS: Readonly<Record<IssueEvent, readonly [event: string, type: string | null]>> = {
  created: ["jira:issue_created", "issue_created"],
  updated: ["jira:issue_updated", "issue_generic"],
  moved: ["jira:issue_updated", "issue_moved"],
  deleted: ["jira:issue_deleted", "issue_deleted"],
  commented: ["comment_created", null],
};

/**
 * Signed as an administrator's webhook with a secret is: `X-Hub-Signature: sha256=<hex>` over the body.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks
 */
export function makeWebhook(
  world: World,
  dialect: Dialect,
  to: { readonly url: string; readonly secret: string | null },
  change: {
    readonly identifier: string;
    readonly event: IssueEvent;
    readonly issue: SandboxIssue;
    readonly changes: readonly IssueChange[];
    readonly at: Date;
  },
): JiraWebhook {
  const [webhookEvent, typeName] = EVENTS[change.event];
  const body = JSON.stringify({
    timestamp: change.at.getTime(),
    webhookEvent,
    ...(typeName === null ? {} : { issue_event_type_name: typeName }),
    user: { accountId: "sandbox:1", displayName: "Sandbox" },
    issue: renderIssue(world, change.issue, { ...dialect, version: "2" }, null),
    ...(change.event === "commented" ? { comment: { ...change.issue.comments.at(-1) } } : {}),
    ...(change.changes.length === 0
      ? {}
      : { changelog: { id: change.identifier, items: renderChanges(change.changes) } }),
  });
  const signature = to.secret === null ? null : createHmac("sha256", to.secret).update(body).digest("hex");
  return {
    url: to.url,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Atlassian Webhook HTTP Client",
      "x-atlassian-webhook-identifier": change.identifier,
      "x-atlassian-webhook-flow": "Primary",
      ...(signature === null ? {} : { "x-hub-signature": `sha256=${signature}` }),
    },
    body,
  };
}

function renderChanges(changes: readonly IssueChange[]): unknown[] {
  return changes.map(({ field, fieldId, from, to }) => ({
    field,
    fieldId,
    fieldtype: fieldId.startsWith("customfield_") ? "custom" : "jira",
    from,
    fromString: from,
    to,
    toString: to,
  }));
}
