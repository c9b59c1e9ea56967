import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** The session, and the browser that began a sign-in. */
type CookieName = "holdpoint" | "holdpoint-sign-in";

/** Where Holdpoint answers decides what cookies may be: `http` is for loopback alone. */
function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}

/** `__Host-`: for this host alone, from https alone, for every path. Browsers refuse the prefix on plain http. */
function nameOf(name: CookieName, publicUrl: string): string {
  return isSecure(publicUrl) ? `__Host-${name}` : name;
}

function read(context: Context, name: CookieName, publicUrl: string): string | null {
  return getCookie(context, nameOf(name, publicUrl)) ?? null;
}

/** Lax: it comes along when GitHub sends somebody back, and with no form of another site. */
function write(
  context: Context,
  name: CookieName,
  publicUrl: string,
  { value, endsAt }: { readonly value: string; readonly endsAt: Date },
): void {
  setCookie(context, nameOf(name, publicUrl), value, {
    path: "/",
    httpOnly: true,
    secure: isSecure(publicUrl),
    sameSite: "Lax",
    expires: endsAt,
  });
}

function drop(context: Context, name: CookieName, publicUrl: string): void {
  deleteCookie(context, nameOf(name, publicUrl), {
    path: "/",
    httpOnly: true,
    secure: isSecure(publicUrl),
    sameSite: "Lax",
  });
}

export function readSessionCookie(context: Context, publicUrl: string): string | null {
  return read(context, "holdpoint", publicUrl);
}

export function writeSessionCookie(context: Context, publicUrl: string, id: string, endsAt: Date): void {
  write(context, "holdpoint", publicUrl, { value: id, endsAt });
}

export function dropSessionCookie(context: Context, publicUrl: string): void {
  drop(context, "holdpoint", publicUrl);
}

export function readBrowserCookie(context: Context, publicUrl: string): string | null {
  return read(context, "holdpoint-sign-in", publicUrl);
}

export function writeBrowserCookie(context: Context, publicUrl: string, value: string, endsAt: Date): void {
  write(context, "holdpoint-sign-in", publicUrl, { value, endsAt });
}

export function dropBrowserCookie(context: Context, publicUrl: string): void {
  drop(context, "holdpoint-sign-in", publicUrl);
}
