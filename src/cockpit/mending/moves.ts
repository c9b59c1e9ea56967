import { visibleText } from "../../domain/escape/visible-text.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { Transition } from "../../ports/jira.ts";
import { form, hidden, submitButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { outsideLink } from "../view/links.ts";
import { pill } from "../view/pill.ts";
import type { FormsGiven } from "./fields-form.ts";
import { mendingAddress } from "./mending-address.ts";

/** The ways on that the ticket's own workflow has, a button each; where a way asks for more, Jira is the place. */
export function moves(given: FormsGiven): Html {
  const { ticket, transitions } = given.mending;
  const ways = transitions.map((transition) => html`<li>${moveOf(given, transition)}</li>`);
  return html`<h2 class="hp-mend-heading">${wording.movesHeading()}</h2>
    <p class="hp-mend-status">
      ${wording.statusLabel()} ${pill(visibleText(ticket.status.name, 60), "muted")}
    </p>
    ${
      ways.length === 0
        ? html`<p class="hp-muted">${wording.noMoves()}</p>`
        : html`<ul class="hp-mend-moves">
            ${ways}
          </ul>`
    }`;
}

function moveOf({ repository, person, mending, environment }: FormsGiven, transition: Transition): Html {
  const { ticket } = mending;
  const { id, name, to, needs } = transition;
  const [status, way] = [visibleText(to, 60), visibleText(name, 60)];
  if (needs.length > 0) {
    const fields = needs.map((field) => visibleText(field, 60));
    return html`<span class="hp-muted">${wording.moveNeedsScreen(way, status, fields)}</span>
      ${outsideLink(wording.openInJiraShort(), ticket.url)}`;
  }
  const button = wording.moveTo(status);
  const body = html`${hidden("ticket", ticket.key)} ${hidden("environment", environment ?? "")}
    ${hidden("transition", id)} ${hidden("name", name)} ${hidden("to", to)}
    ${hidden("seen", ticket.status.name)}
    <div class="hp-actions">
      ${submitButton(button, { label: `${button}: ${ticket.key}` })}
      ${way === status ? NOTHING : html`<span class="hp-hint">${wording.byTransition(way)}</span>`}
    </div>`;
  const action = mendingAddress(repository.facts, "move");
  return form({ action, person, body, id: `move-${ticket.key}-${id}` });
}
