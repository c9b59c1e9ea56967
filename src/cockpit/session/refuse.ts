import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as wording from "../../domain/wording/cockpit/session.ts";
import type { Person } from "../person.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
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
    body: blank({
      level: 1,
      icon: status >= 500 ? "alert" : "shield-x",
      title,
      body: html`<p>${why}</p>`,
      action: linkButton(wording.toOverview(), "/"),
    }),
  });
}
