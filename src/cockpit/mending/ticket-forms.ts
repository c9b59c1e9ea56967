import type { ContentTicket } from "../../domain/contents/deploy-contents.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { VisibleRepository } from "../person.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { octicon } from "../view/octicon.ts";
import { mendingAddress } from "./mending-address.ts";

/**
 * The mending part of a ticket's row. What can be filled in and where the ticket can go is asked of Jira only when somebody opens
 * it, and put here: the page's own way of changing would put it in the page's place. Without scripts it is a link to a page of its
 * own. Who only reads is told once, on the page, and sees no dead buttons.
 */
export function ticketForms({
  repository,
  ticket,
  environment,
}: {
  readonly repository: VisibleRepository;
  readonly ticket: Pick<ContentTicket, "key" | "facts" | "outcome">;
  readonly environment: string;
}): Html {
  if (ticket.facts.state !== "known" || repository.right === "read") return NOTHING;
  const { key } = ticket;
  const lacks = ticket.outcome === "fail";
  const address = mendingAddress(repository.facts, key, { environment });
  return html`<details class="hp-mend" id="mend-${key}">
    <summary aria-label="${wording.openTicketLabel(key, lacks)}">
      ${octicon("pencil")} ${wording.openTicket(lacks)}
    </summary>
    <div
      class="hp-mend-lazy"
      data-lazy
      hx-get="${address}"
      hx-select="#mending-${key}"
      hx-target="this"
      hx-swap="innerHTML"
      hx-sync="this:drop"
      hx-trigger="toggle from:closest details once"
    >
      <a href="${address}">${wording.openMending()}</a>
    </div>
  </details>`;
}
