import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as wording from "../../domain/wording/cockpit/layout.ts";
import type { Person, VisibleRepository } from "../person.ts";
import { assetUrl } from "../assets/assets-app.ts";
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

/** A whole page. */
export async function renderPage(context: Context, page: PageContent): Promise<Response> {
  return context.html(await wholePage(page), page.status ?? 200);
}

function wholePage({ title, person, body }: PageContent): Html {
  return html`<!doctype html>
    <html lang="en" data-color-mode="auto" data-light-theme="light" data-dark-theme="dark">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${wording.pageTitle(title)}</title>
        <link rel="stylesheet" href="${assetUrl("cockpit.css")}" />
      </head>
      <body>
        <header>${wording.productName()} ${person === null ? NOTHING : person.login}</header>
        <main id="main">${body}</main>
      </body>
    </html>`;
}
