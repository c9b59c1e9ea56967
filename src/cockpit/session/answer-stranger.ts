import type { Context } from "hono";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import { keptForm } from "./kept-form.ts";
import { type Form, readForm } from "./read-form.ts";
import { ownPath } from "./return-to.ts";
import { isSameOrigin } from "./same-origin.ts";

/**
 * Nobody is signed in, or not any more. A page leads to sign-in and back; what an open page asks for by itself is refused, so that
 * it stays as it is; and what somebody typed into a form is kept in the answer.
 */
export async function answerStranger(
  { publicUrl }: Pick<CockpitDependencies, "publicUrl">,
  context: Context,
  /** Where it has been read already. */
  form?: Form,
): Promise<Response> {
  if (form !== undefined) return await keptForm(context, { kind: "signed-out" }, form);
  const { method } = context.req;
  if (method === "GET" || method === "HEAD") {
    if (isByItself(context)) return context.body(null, 401, { "hx-trigger": "signed-out" });
    const wanted = new URL(context.req.url);
    return context.redirect(signInAddress(`${wanted.pathname}${wanted.search}`));
  }
  // What another site sends is nothing that somebody typed here: it is not shown, and not kept for sending again.
  const read = isSameOrigin(context, publicUrl()) ? await readForm(context) : null;
  if (read?.state !== "read") return context.redirect(signInAddress("/"), 303);
  return await keptForm(context, { kind: "signed-out" }, read.form);
}

export function signInAddress(returnTo: string): string {
  return `/-/sign-in?return_to=${encodeURIComponent(ownPath(returnTo))}`;
}

function isByItself({ req }: Context): boolean {
  if (req.header("accept")?.includes("text/event-stream") === true) return true;
  return req.header("hx-request") !== undefined && req.header("hx-boosted") === undefined;
}
