import type { Context } from "hono";

/**
 * Whether a page of ours sent this. Browsers say where a form comes from, and pages cannot forge it; a browser that does not say
 * so must say that it is the same origin. `Origin: null` (a sandboxed frame, a file, a redirect from elsewhere) is nobody's.
 */
export function isSameOrigin(context: Context, publicUrl: string): boolean {
  const origin = context.req.header("origin");
  if (origin === undefined) return context.req.header("sec-fetch-site") === "same-origin";
  return origin === new URL(publicUrl).origin;
}

/** Whether another site led here. Nobody did where the address was typed, or the browser does not say. */
export function isFromElsewhere(context: Context): boolean {
  const site = context.req.header("sec-fetch-site");
  return site !== undefined && site !== "same-origin" && site !== "none";
}
