import type { MiddlewareHandler } from "hono";

/**
 * Everything comes from here, and nothing may be done but what the pages do: a text that should ever slip through unescaped could
 * neither run, nor load, nor send anything, nor change where forms and links go; and no other site may show a page of ours.
 */
const CONTENT = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const ABILITIES = ["camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"]
  .map((name) => `${name}=()`)
  .join(", ");

const ALWAYS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT,
  // For browsers that know no `frame-ancestors`.
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  // Other sites do not learn which repository somebody came from. `no-referrer` would send our own forms with `Origin: null`.
  "referrer-policy": "same-origin",
  // A page that opened ours, or was opened by it, gets no hand on it; nor does one take our answers in as its own.
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": ABILITIES,
};

/** Two years, for this host and whatever lies below it: what its neighbours speak is theirs to say. */
const HTTPS_ONLY = "max-age=63072000; includeSubDomains";

/** What every answer of ours carries, whichever door gives it. */
export function headersOfAll(publicUrl: string): Readonly<Record<string, string>> {
  const httpsOnly = publicUrl.startsWith("https:") ? { "strict-transport-security": HTTPS_ONLY } : {};
  return { ...ALWAYS, ...httpsOnly, "cache-control": "no-store" };
}

/** On every answer: pages, assets, redirects, refusals and failures. What says nothing of it is kept by nobody. */
export function securityHeaders(publicUrl: () => string): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of Object.entries(headersOfAll(publicUrl()))) {
      if (name !== "cache-control" || !headers.has(name)) headers.set(name, value);
    }
  };
}
