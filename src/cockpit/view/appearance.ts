import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** What the pages look like: as the system says, or as the person does. */
export const APPEARANCES = ["auto", "light", "dark"] as const;
export type Appearance = (typeof APPEARANCES)[number];

const COOKIE = "holdpoint-appearance";
const YEAR = 365 * 86_400;

export function isAppearance(text: string): text is Appearance {
  return APPEARANCES.some((one) => one === text);
}

/** Read before anything is painted, so that no page flashes in the other one's colours. */
export function readAppearance(context: Context): Appearance {
  const kept = getCookie(context, COOKIE) ?? "";
  return isAppearance(kept) ? kept : "auto";
}

export function keepAppearance(context: Context, appearance: Appearance, secure: boolean): void {
  setCookie(context, COOKIE, appearance, {
    path: "/",
    maxAge: YEAR,
    httpOnly: true,
    sameSite: "Lax",
    secure,
  });
}
