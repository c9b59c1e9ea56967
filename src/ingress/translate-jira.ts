import { z } from "zod";
import { isTicketKey } from "../domain/tickets/key.ts";
import { eventNotUsed, noTicketKey } from "../domain/wording/ingress.ts";
import { events, ignored, translate, type Translation } from "./translation.ts";

/** https://developer.atlassian.com/cloud/jira/platform/webhooks */
const webhook = z.object({ webhookEvent: z.string() });

/** Only the keys are used, the ticket itself is read again. */
const ticketChange = z.object({
  issue: z.object({ key: z.string() }),
  changelog: z
    .object({ items: z.array(z.object({ field: z.string(), fromString: z.string().nullish() })) })
    .nullish(),
});

const CHANGES: ReadonlySet<string> = new Set([
  "jira:issue_created",
  "jira:issue_updated",
  "jira:issue_deleted",
]);

/** A changed ticket, under its key and, where it was moved, the one before. */
export function translateJira(payload: unknown): Translation {
  return translate(JIRA, webhook, payload, ({ webhookEvent }) => {
    if (!CHANGES.has(webhookEvent)) return ignored(eventNotUsed(webhookEvent.slice(0, 64), null));
    return translate(JIRA, ticketChange, payload, ({ issue, changelog }) => {
      const before = (changelog?.items ?? [])
        .filter(({ field }) => field === "Key")
        .map(({ fromString }) => fromString ?? "");
      const keys = new Set([issue.key, ...before].filter((key) => isTicketKey(key)));
      if (keys.size === 0) return ignored(noTicketKey());
      return events(...Array.from(keys, (key) => ({ kind: "ticket-changed", key }) as const));
    });
  });
}

const JIRA = "a Jira webhook";
