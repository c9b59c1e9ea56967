import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Person } from "../person.ts";
import { html } from "../view/html.ts";
import { renderPage } from "../view/page.ts";

/** A page that says why something was not done. */
export async function refuse(
  context: Context,
  person: Person | null,
  status: ContentfulStatusCode,
  title: string,
  why: string,
): Promise<Response> {
  return await renderPage(context, {
    title,
    place: { kind: "nowhere" },
    person,
    status,
    body: html`<div class="blankslate">
      <h1 class="blankslate-heading">${title}</h1>
      <p>${why}</p>
    </div>`,
  });
}
