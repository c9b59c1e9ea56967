import type { ContentTicket } from "../../domain/contents/deploy-contents.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { VisibleRepository } from "../person.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { mendingAddress } from "./mending-address.ts";

/**
 * The mending part of a ticket's row. What can be filled in and where the ticket can go is asked of Jira only when somebody opens
 * it; without scripts it is a link to a page of its own.
 */
export function ticketForms({
  repository,
  ticket,
  environment,
}: {
  readonly repository: VisibleRepository;
  readonly ticket: Pick<ContentTicket, "key" | "facts">;
  readonly environment: string;
}): Html {
  if (ticket.facts.state !== "known") return NOTHING;
  if (repository.right === "read") return html`<p class="color-fg-muted">${wording.needsWriteAccess()}</p>`;
  const address = mendingAddress(repository.facts, ticket.key, environment);
  return html`<details class="mend" id="mend-${ticket.key}">
    <summary>${wording.mendTicket(ticket.key)}</summary>
    <div hx-get="${address}" hx-select="#mending" hx-trigger="toggle from:closest details once">
      <a href="${address}">${wording.openMending()}</a>
    </div>
  </details>`;
}
