import * as wording from "../../domain/wording/cockpit/layout.ts";
import type { Person } from "../person.ts";
import { type Appearance, APPEARANCES } from "./appearance.ts";
import { form, hidden } from "./form.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { octicon } from "./octicon.ts";
import type { PageContent, PagePlace } from "./page.ts";

type RepositoryPlace = Extract<PagePlace, { readonly kind: "repository" }>;
const TABS = ["deploy", "cases", "history"] as const;

/** The same on every page; it asks the database nothing. */
export function pageHeader(
  { place, person }: Pick<PageContent, "place" | "person">,
  given: { readonly address: string; readonly appearance: Appearance },
): Html {
  return html`<header class="hp-header">
    <a class="hp-brand" href="/">${brandMark()}<span>${wording.productName()}</span></a>
    ${place.kind === "repository" ? repositoryParts(place) : NOTHING}
    ${person === null ? NOTHING : personMenu(person, place, given)}
  </header>`;
}

function brandMark(): Html {
  return html`<svg class="hp-brand-mark" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
    <path
      fill="currentColor"
      fill-rule="evenodd"
      d="M10.2 2h11.6L30 10.2v11.6L21.8 30H10.2L2 21.8V10.2zM10 9.5v13h4v-13zM18 9.5v13h4v-13z"
    />
  </svg>`;
}

function repositoryParts({ repository, tab }: RepositoryPlace): Html {
  const { openCases } = repository;
  const { owner, name } = repository.facts;
  const here = `/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  return html`<nav class="hp-crumbs" aria-label="${wording.whereYouAre()}">
      <a href="/?q=${encodeURIComponent(`${owner}/`)}">${owner}</a>
      <span class="hp-slash" aria-hidden="true">/</span>
      <a class="hp-crumb-here" href="${here}">${name}</a>
    </nav>
    <nav class="hp-tabs" aria-label="${wording.repositoryPages()}">
      ${TABS.map((one) => tabLink(one, { here, tab, openCases }))}
    </nav>`;
}

function tabLink(
  name: (typeof TABS)[number],
  { here, tab, openCases }: { readonly here: string; readonly tab: string; readonly openCases: number },
): Html {
  const href = name === "deploy" ? here : `${here}/${name}`;
  const counter =
    name === "cases" && openCases > 0
      ? html`<span class="Counter" aria-label="${wording.openCases(openCases)}">${openCases}</span>`
      : NOTHING;
  const current = name === tab ? html`aria-current="page"` : NOTHING;
  return html`<a class="hp-tab" href="${href}" ${current}>${wording.tabName(name)} ${counter}</a>`;
}

function personMenu(
  person: Person,
  place: PagePlace,
  { address, appearance }: { readonly address: string; readonly appearance: Appearance },
): Html {
  const right = place.kind === "repository" ? place.repository.right : null;
  const modes = APPEARANCES.map(
    (mode) =>
      html`<button
        class="hp-menu-item"
        type="submit"
        name="mode"
        value="${mode}"
        aria-pressed="${mode === appearance ? "true" : "false"}"
      >
        ${octicon(APPEARANCE_ICONS[mode])} ${wording.appearanceName(mode)}
      </button>`,
  );
  return html`<details class="hp-menu" data-menu>
    <summary aria-label="${wording.personMenu()}: ${wording.personAndRight(person.login, right)}">
      <span class="hp-menu-name">${wording.personAndRight(person.login, right)}</span>
      ${octicon("chevron-down")}
    </summary>
    <div class="hp-menu-list">
      <a class="hp-menu-item" href="/operations">${octicon("pulse")} ${wording.operations()}</a>
      <button class="hp-menu-item" type="button" data-show-keys hidden>
        ${octicon("command-palette")} ${wording.keyboard()}
      </button>
      <div class="hp-menu-part" data-appearance>
        <p class="hp-menu-title" id="appearance-title">${wording.appearance()}</p>
        ${form({
          action: "/-/appearance",
          person,
          // What does not exist and what is not theirs look the same, to the letter.
          body: html`${hidden("return_to", place.kind === "nowhere" ? "/" : address)}
            <div role="group" aria-labelledby="appearance-title">${modes}</div>`,
        })}
      </div>
      <div class="hp-menu-part">
        ${form({
          action: "/-/sign-out",
          person,
          body: html`<button class="hp-menu-item" type="submit">
            ${octicon("sign-out")} ${wording.signOut()}
          </button>`,
        })}
      </div>
    </div>
  </details>`;
}

const APPEARANCE_ICONS = {
  auto: "device-desktop",
  light: "sun",
  dark: "moon",
} as const satisfies Readonly<Record<Appearance, string>>;
