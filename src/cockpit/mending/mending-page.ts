import type { Context } from "hono";
import { visibleText } from "../../domain/escape/visible-text.ts";
import type { TicketKey } from "../../domain/model.ts";
import { isFinished, type StoredRequest } from "../../domain/requests/request.ts";
import * as wording from "../../domain/wording/cockpit/mending.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { ticketLink } from "../view/links.ts";
import { notice } from "../view/notice.ts";
import { octicon } from "../view/octicon.ts";
import { renderPage } from "../view/page.ts";
import { requestNotice } from "../view/request-notice.ts";
import { linesOf } from "./field-control.ts";
import { fieldsForm, typedBefore } from "./fields-form.ts";
import { mendingAddress, repositoryAddress } from "./mending-address.ts";
import { moves } from "./moves.ts";
import type { Mending } from "./read-mending.ts";

export interface MendingShown {
  readonly repository: VisibleRepository;
  readonly person: Person;
  readonly key: TicketKey;
  readonly mending: Mending;
  readonly environment: string | null;
  readonly request: StoredRequest | null;
}

/** The forms of one ticket: a page of its own, whose middle a row of the repository's page takes in. */
export async function mendingPage(context: Context, shown: MendingShown): Promise<Response> {
  const { repository, person, key, mending, request } = shown;
  const isWaiting = request !== null && !isFinished(request);
  const back = repositoryAddress(repository.facts, { environment: shown.environment, hash: `ticket-${key}` });
  return await renderPage(context, {
    title: wording.mendingTitle(key),
    place: { kind: "repository", repository, tab: "deploy" },
    person,
    // Jira is asked for every look at this page: it changes by itself only while something is on its way.
    ...(isWaiting ? { live: { repositoryId: repository.facts.id } } : {}),
    body: html`<div class="hp-mend-page">
      <p><a class="hp-back" href="${back}">${octicon("arrow-left")} ${wording.backToRepository()}</a></p>
      <h1>${wording.mendingTitle(key)}</h1>
      ${requestNotice(request, person)}
      <div class="hp-mend" id="mending-${key}">${bodyOf(shown, mending)}</div>
    </div>`,
  });
}

function bodyOf(shown: MendingShown, mending: Mending): Html {
  const { key, request } = shown;
  switch (mending.state) {
    case "reader":
      return blank({
        title: wording.needsWriteAccess(),
        body: wording.needsWriteAccessWhy(),
        icon: "lock",
        level: 2,
      });
    case "no-jira":
      return blank({ title: wording.noJiraTitle(), body: wording.noJira(), icon: "unlink", level: 2 });
    case "no-projects":
      return html`${blank({ title: wording.projectsNotListedTitle(), body: wording.projectsNotListed(), icon: "lock", level: 2 })}
      ${keptTexts(request)}`;
    case "gone":
      return html`${blank({ title: wording.ticketGone(key), body: wording.ticketGoneWhy(), icon: "question", level: 2 })}
      ${keptTexts(request)}`;
    case "moved":
      return html`${blank({ title: wording.ticketMovedTitle(), body: wording.ticketMoved(key), icon: "question", level: 2 })}
      ${keptTexts(request)}`;
    case "silent":
      return html`${notice({ tone: "attention", title: wording.jiraSilent(), body: wording.jiraSilentWhy() })}
        <p class="hp-mend-again">${linkButton(wording.tryAgain(), addressOf(shown))}</p>
        ${keptTexts(request)}`;
    case "ready": {
      const given = { ...shown, mending };
      const { ticket } = mending;
      return html`<p class="hp-mend-summary">
          ${ticketLink(key, ticket.url)} ${visibleText(ticket.summary, 255)}
        </p>
        <div class="hp-mend-parts">
          <section>${fieldsForm(given)}</section>
          <section>${moves(given)}</section>
        </div>`;
    }
  }
}

/** Nothing that was typed is lost where there is no form to show it in. */
function keptTexts(request: StoredRequest | null): Html {
  const typed = [...typedBefore(request)];
  if (typed.length === 0) return NOTHING;
  return html`<dl class="hp-mend-kept">
    ${typed.map(
      ([name, { text }]) =>
        html`<dt class="hp-label">${wording.youTyped(name)}</dt>
          <dd class="hp-mend-text">${linesOf(text)}</dd>`,
    )}
  </dl>`;
}

function addressOf({ repository, key, environment, request }: MendingShown): string {
  return mendingAddress(repository.facts, key, { environment, request: request?.id ?? null });
}
