import {
  commitsBySha,
  type ContentRow,
  contentRows,
  countContents,
  searchRows,
} from "../../domain/contents/content-rows.ts";
import * as wording from "../../domain/wording/cockpit/contents.ts";
import { needsWriteAccess } from "../../domain/wording/cockpit/mending.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { panel } from "../view/panel.ts";
import { asideLists } from "./aside-lists.ts";
import { commitRow } from "./commit-row.ts";
import { nothingToShow } from "./nothing-to-show.ts";
import { pageAddress } from "./page-address.ts";
import { namedEnvironment, type RepositoryView, showsTicketTexts } from "./repository-view.ts";
import { ticketRow } from "./ticket-row.ts";

export const ROWS_AT_ONCE = 100;
/** From so many rows on there is something to search. */
const WORTH_SEARCHING = 8;

/** Everything that would go out, discrepancies first. */
export function contentsPanel(view: RepositoryView): Html {
  const { contents } = view;
  if (contents === null || (contents.commits.length === 0 && contents.tickets.length === 0)) {
    return panel({ id: "contents", title: wording.contentsTitle(), body: nothingToShow(view) });
  }
  const commits = commitsBySha(contents);
  const all = contentRows(contents, commits);
  const found = searchRows(all, view.slice.query, { showsTexts: showsTicketTexts(view.repository) });
  const searched = view.slice.query !== "";
  return panel({
    id: "contents",
    title: wording.contentsTitle(),
    aside: searched ? wording.found(found.length) : wording.contentsCounts(countContents(contents)),
    body: html`${all.length < WORTH_SEARCHING && !searched ? NOTHING : searchForm(view)}
    ${searched && found.length === 0 ? nothingFound(view) : rowList(view, found)}
    ${searched ? NOTHING : asideLists(view, contents, commits)} ${readersNote(view)}`,
  });
}

/** Said once, not in each row. */
function readersNote({ repository }: RepositoryView): Html {
  if (repository.right !== "read") return NOTHING;
  const texts = showsTicketTexts(repository) ? NOTHING : html` ${wording.publicTexts()}`;
  return html`<p class="hp-panel-note hp-small">${needsWriteAccess()}${texts}</p>`;
}

function searchForm(view: RepositoryView): Html {
  const { repository, gate, slice } = view;
  const environment = namedEnvironment(view) === null ? "" : gate.environment;
  return html`<form
    class="hp-search"
    role="search"
    method="get"
    action="${pageAddress(repository.facts)}"
    data-search-form
    hx-get="${pageAddress(repository.facts)}"
    hx-trigger="input changed delay:250ms from:#search-contents, submit"
    hx-select="#main"
    hx-target="#main"
    hx-swap="morph:outerHTML"
    hx-push-url="true"
  >
    ${environment === "" ? NOTHING : html`<input type="hidden" name="environment" value="${environment}" />`}
    <label class="sr-only" for="search-contents">${wording.searchLabel()}</label>
    <input
      class="form-control hp-input"
      type="search"
      id="search-contents"
      name="q"
      value="${slice.query}"
      maxlength="100"
      placeholder="${wording.searchPlaceholder()}"
      autocomplete="off"
      data-search
    />
    <button class="btn" type="submit">${wording.search()}</button>
  </form>`;
}

function nothingFound(view: RepositoryView): Html {
  const environment = namedEnvironment(view);
  return blank({
    title: wording.nothingFoundTitle(),
    body: wording.nothingFound(view.slice.query),
    icon: "search",
    action: linkButton(wording.showAll(), pageAddress(view.repository.facts, { environment })),
  });
}

/** At most so many rows at a time: a page of a thousand would be nobody's to read. */
function rowList(view: RepositoryView, rows: readonly ContentRow[]): Html {
  const { from, until } = view.slice;
  const shown = rows.slice(from, until);
  return html`<ul class="hp-rows" id="contents-rows">
      ${shown.map((row) => (row.kind === "ticket" ? ticketRow(view, row) : commitRow(view, row.commit)))}
    </ul>
    ${paging(view, rows.length)}`;
}

/** As a link it shows the next rows in their place; where scripts run, they come below those that are there. */
function paging(view: RepositoryView, all: number): Html {
  const { slice, repository } = view;
  const { from, query: q } = slice;
  const until = Math.min(slice.until, all);
  if (from === 0 && until >= all) return NOTHING;
  const environment = namedEnvironment(view);
  const next = Math.min(ROWS_AT_ONCE, all - until);
  const more =
    next <= 0
      ? NOTHING
      : html`<a
          class="btn"
          href="${pageAddress(repository.facts, { environment, q, from: until })}"
          hx-get="${pageAddress(repository.facts, { environment, q, from, until: until + ROWS_AT_ONCE })}"
          hx-select="#main"
          hx-target="#main"
          hx-swap="morph:outerHTML"
          hx-push-url="true"
          >${wording.showNext(next)}</a
        >`;
  const first =
    from === 0
      ? NOTHING
      : html`<a href="${pageAddress(repository.facts, { environment, q, hash: "contents" })}"
          >${wording.showFirst()}</a
        >`;
  return html`<div class="hp-paging">
    <span class="hp-muted">${wording.shownOf(Math.min(from, until), until, all)}</span> ${first} ${more}
  </div>`;
}
