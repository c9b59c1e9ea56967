import type { Context } from "hono";
import * as wording from "../domain/wording/cockpit/layout.ts";
import type { Person } from "./person.ts";
import { blank } from "./view/empty.ts";
import { linkButton } from "./view/form.ts";
import { renderPage } from "./view/page.ts";

/** The one answer to what does not exist and to what is not theirs to see. */
export async function notFound(context: Context, person: Person | null): Promise<Response> {
  return await renderPage(context, {
    title: wording.nothingHere(),
    place: { kind: "nowhere" },
    person,
    status: 404,
    body: blank({
      level: 1,
      icon: "circle-slash",
      title: wording.nothingHere(),
      body: wording.nothingHereWhy(),
      action: linkButton(wording.backToOverview(), "/"),
    }),
  });
}
