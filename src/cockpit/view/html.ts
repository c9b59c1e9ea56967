import { html } from "hono/html";

/** A piece of a page, escaped: every value that goes into a template is text unless it is such a piece itself. */
export type Html = ReturnType<typeof html>;

export { html };

/** Nothing at all. */
export const NOTHING: Html = html``;
