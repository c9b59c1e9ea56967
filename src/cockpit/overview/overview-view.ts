import * as wording from "../../domain/wording/cockpit/overview.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { type Html, html, NOTHING } from "../view/html.ts";
import { octicon } from "../view/octicon.ts";
import { gateMark } from "../view/gate-sign.ts";
import {
  GATE_FILTERS,
  isIn,
  isSearched,
  type OverviewFilter,
  overviewAddress,
  type OverviewPage,
  pageOf,
} from "./overview-filter.ts";
import type { OverviewRow } from "./overview-row.ts";
import { overviewRowView } from "./row-view.ts";

/** The whole list, in its order; what is shown of it is said by the filter. */
export function overviewView(rows: readonly OverviewRow[], filter: OverviewFilter, now: Date): Html {
  const searched = rows.filter((row) => isSearched(row, filter.search));
  const fitting = searched.filter((row) => isIn(row, filter.gate));
  const page = pageOf(fitting, filter.page);
  return html`<div class="hp-stack">
    <div class="hp-page-head">
      <h1>${wording.overviewTitle()}</h1>
      <p class="hp-muted" role="status">${wording.found(fitting.length, rows.length)}</p>
    </div>
    <section class="hp-panel" aria-label="${wording.overviewTitle()}">
      <div class="hp-overview-bar">${filterLinks(searched, filter)} ${searchForm(filter)}</div>
      ${
        fitting.length === 0
          ? nothingFound()
          : html`<ul class="hp-overview-rows">
              ${page.rows.map((row) => overviewRowView(row, now))}
            </ul>`
      }
    </section>
    ${pageLinks(page, filter)}
  </div>`;
}

function filterLinks(searched: readonly OverviewRow[], filter: OverviewFilter): Html {
  const links = GATE_FILTERS.map((gate) => {
    const count = searched.filter((row) => isIn(row, gate)).length;
    if (gate === "none" && count === 0 && filter.gate !== gate) return NOTHING;
    const current = gate === filter.gate ? html`aria-current="true"` : NOTHING;
    const sign = gate === "all" || gate === "none" ? NOTHING : gateMark(gate);
    return html`<li>
      <a class="hp-overview-filter" href="${overviewAddress({ ...filter, gate, page: 1 })}" ${current}
        >${sign} ${wording.filterName(gate)} <span class="Counter">${count}</span></a
      >
    </li>`;
  });
  return html`<nav aria-label="${wording.filterBy()}">
    <ul class="hp-overview-filters">
      ${links}
    </ul>
  </nav>`;
}

/** Sends what is typed by itself; without JavaScript by the button. */
function searchForm({ search, gate }: OverviewFilter): Html {
  return html`<form
    class="hp-overview-search"
    role="search"
    method="get"
    action="/"
    data-search-form
    hx-get="/"
    hx-trigger="input changed delay:200ms from:find input, submit"
    hx-target="#main"
    hx-push-url="true"
  >
    <label class="sr-only" for="q">${wording.searchLabel()}</label>
    <input
      class="form-control hp-overview-input"
      id="q"
      type="search"
      name="q"
      value="${search}"
      maxlength="100"
      placeholder="${wording.searchHint()}"
      autocomplete="off"
      data-search
    />
    ${gate === "all" ? NOTHING : html`<input type="hidden" name="gate" value="${gate}" />`}
    <button class="btn" type="submit" aria-label="${wording.searchButton()}">${octicon("search")}</button>
  </form>`;
}

function nothingFound(): Html {
  return blank({
    level: 2,
    icon: "search",
    title: wording.nothingFound(),
    body: wording.nothingFoundWhy(),
    action: linkButton(wording.showAll(), "/"),
  });
}

function pageLinks({ page, pages }: OverviewPage, filter: OverviewFilter): Html {
  if (pages === 1) return NOTHING;
  const before = page === 1 ? NOTHING : linkTo(page - 1, wording.pageBefore());
  const after = page === pages ? NOTHING : linkTo(page + 1, wording.pageAfter());
  return html`<nav class="hp-pages" aria-label="${wording.repositoriesPaged(page, pages)}">
    ${before} <span class="hp-muted">${wording.repositoriesPaged(page, pages)}</span> ${after}
  </nav>`;

  function linkTo(wanted: number, text: string): Html {
    return linkButton(text, overviewAddress({ ...filter, page: wanted }));
  }
}
