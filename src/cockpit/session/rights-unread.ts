import type { Context } from "hono";
import * as wording from "../../domain/wording/cockpit/session.ts";
import type { Person } from "../person.ts";
import { blank } from "../view/empty.ts";
import { linkButton } from "../view/form.ts";
import { html } from "../view/html.ts";
import { moment } from "../view/moment.ts";
import { renderPage } from "../view/page.ts";
import { keptForm } from "./kept-form.ts";
import { readForm } from "./read-form.ts";
import { ownPath } from "./return-to.ts";
import { isSameOrigin } from "./same-origin.ts";

/** GitHub does not say what the person may see: nothing is shown by what it said too long ago, and nothing typed is lost. */
export async function rightsUnread(
  context: Context,
  {
    person,
    readAt,
    now,
    publicUrl,
  }: {
    readonly person: Person;
    readonly readAt: Date | null;
    readonly now: Date;
    readonly publicUrl: string;
  },
): Promise<Response> {
  const { method } = context.req;
  const mayBeKept = method !== "GET" && method !== "HEAD" && isSameOrigin(context, publicUrl);
  const read = mayBeKept ? await readForm(context) : null;
  if (read?.state === "read") return await keptForm(context, { kind: "github-away", person }, read.form);
  const { pathname, search } = new URL(context.req.url);
  context.header("retry-after", "15");
  return await renderPage(context, {
    title: wording.rightsUnread(),
    place: { kind: "nowhere" },
    person,
    status: 503,
    body: blank({
      level: 1,
      icon: "shield",
      title: wording.rightsUnread(),
      body: html`<p>${wording.rightsUnreadWhy()}</p>
        <p>
          ${readAt === null ? wording.rightsNeverRead() : html`${wording.rightsReadLast()} ${moment(readAt, now)}.`}
        </p>`,
      action: linkButton(wording.tryAgain(), ownPath(`${pathname}${search}`), { primary: true }),
    }),
  });
}
