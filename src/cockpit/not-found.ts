import type { Context } from "hono";
import * as wording from "../domain/wording/cockpit/layout.ts";
import type { Person } from "./person.ts";
import { html } from "./view/html.ts";
import { renderPage } from "./view/page.ts";

/** The one answer to what does not exist and to what is not theirs to see. */
export async function notFound(context: Context, person: Person | null): Promise<Response> {
  return await renderPage(context, {
    title: wording.nothingHere(),
    place: { kind: "nowhere" },
    person,
    status: 404,
    body: html`<div class="blankslate">
      <h1 class="blankslate-heading">${wording.nothingHere()}</h1>
      <p>${wording.nothingHereWhy()}</p>
    </div>`,
  });
}
