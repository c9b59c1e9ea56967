import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** Where Holdpoint answers decides what cookies may be: `http` is for loopback alone. */
function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}

/** `__Host-`: for this host alone, from https alone, for every path. Browsers refuse the prefix on plain http. */
function nameOf(publicUrl: string): string {
  return isSecure(publicUrl) ? "__Host-holdpoint" : "holdpoint";
}

export function readSessionCookie(context: Context, publicUrl: string): string | null {
  return getCookie(context, nameOf(publicUrl)) ?? null;
}

export function writeSessionCookie(context: Context, publicUrl: string, id: string, endsAt: Date): void {
  setCookie(context, nameOf(publicUrl), id, {
    path: "/",
    httpOnly: true,
    secure: isSecure(publicUrl),
    sameSite: "Lax",
    expires: endsAt,
  });
}

export function dropSessionCookie(context: Context, publicUrl: string): void {
  deleteCookie(context, nameOf(publicUrl), { path: "/", secure: isSecure(publicUrl) });
}
