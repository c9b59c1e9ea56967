import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as wording from "../../domain/wording/cockpit/layout.ts";
import * as liveWording from "../../domain/wording/cockpit/live.ts";
import { MODULES } from "../assets/asset-files.ts";
import { assetUrl } from "../assets/assets-app.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { formToken } from "../session/form-token.ts";
import { type Appearance, readAppearance } from "./appearance.ts";
import { pageFooter } from "./footer.ts";
import { pageHeader } from "./header.ts";
import { type Html, html, NOTHING } from "./html.ts";

/** Where in the cockpit a page stands: what its header shows. */
export type PagePlace =
  | { readonly kind: "overview" }
  | { readonly kind: "operations" }
  | {
      readonly kind: "repository";
      readonly repository: VisibleRepository;
      readonly tab: "deploy" | "cases" | "why" | "history";
    }
  /** Nobody is signed in, or there is nothing of that name. */
  | { readonly kind: "nowhere" };

export interface PageContent {
  readonly title: string;
  readonly place: PagePlace;
  /** null: nobody is signed in. */
  readonly person: Person | null;
  readonly body: Html;
  /** The part `main` is asked for again, and changed in place, when something of these changes. */
  readonly live?: "all" | { readonly repositoryId: number };
  readonly status?: ContentfulStatusCode;
}

/** What htmx may do: nothing that would need a looser policy for scripts, and nothing elsewhere. */
const HTMX_CONFIG = JSON.stringify({
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
});

/** A whole page. It is never kept by anybody: what a person may see changes. */
export async function renderPage(context: Context, page: PageContent): Promise<Response> {
  const { pathname, search } = new URL(context.req.url);
  // What answers a form stands at an address that only takes forms: it is not asked for again.
  const { live, ...still } = page;
  const shown = live !== undefined && context.req.method === "GET" ? page : still;
  const document = wholePage(shown, { address: `${pathname}${search}`, appearance: readAppearance(context) });
  return context.html(await document, page.status ?? 200);
}

function wholePage(
  page: PageContent,
  { address, appearance }: { readonly address: string; readonly appearance: Appearance },
): Html {
  const { title, person, body, live } = page;
  return html`<!doctype html>
    <html lang="en" data-color-mode="${appearance}" data-light-theme="light" data-dark-theme="dark">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="${appearance === "auto" ? "light dark" : appearance}" />
        <meta name="htmx-config" content="${HTMX_CONFIG}" />
        <title>${wording.pageTitle(title)}</title>
        <link rel="icon" type="image/svg+xml" href="${assetUrl("mark.svg")}" />
        <link rel="stylesheet" href="${assetUrl("primer.css")}" />
        <link rel="stylesheet" href="${assetUrl("cockpit.css")}" />
        ${MODULES.map((name) => html`<link rel="modulepreload" href="${assetUrl(name)}" />`)}
        <script defer src="${assetUrl("htmx.js")}"></script>
        <script defer src="${assetUrl("idiomorph.js")}"></script>
        <script type="module" src="${assetUrl("cockpit.js")}"></script>
      </head>
      <body>
        <a class="hp-skip" href="#main">${wording.skipToContent()}</a>
        ${pageHeader(page, { address, appearance })}
        <div id="connection" class="hp-connection" role="status" aria-live="polite" hidden></div>
        <main
          id="main"
          class="hp-main"
          tabindex="-1"
          ${live === undefined ? NOTHING : liveParts(live, { address, person })}
        >
          ${body}
        </main>
        ${pageFooter(person !== null)}
      </body>
    </html>`;
}

/** The browser's own script watches `data-live`, and asks for `main` again by the event `refresh`. */
function liveParts(
  live: NonNullable<PageContent["live"]>,
  { address, person }: { readonly address: string; readonly person: Person | null },
): Html {
  const events = live === "all" ? "/-/live" : `/-/live?repository=${live.repositoryId}`;
  return html`data-live="${events}" data-lost="${liveWording.connectionLost()}"
  data-signed-out="${liveWording.signedOut()}" data-sign-in-again="${liveWording.signInAgain()}"
  ${person === null ? NOTHING : html`data-token="${formToken(person)}"`} hx-get="${address}"
  hx-trigger="refresh" hx-select="#main" hx-target="this" hx-swap="morph:outerHTML" hx-ext="morph"
  hx-sync="this:queue last"`;
}
