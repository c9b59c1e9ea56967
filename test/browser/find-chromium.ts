import { existsSync } from "node:fs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
] as const;

export const CHROMIUM_MISSING =
  "There is no Chromium to test in: install it (Debian: apt-get install chromium), or name one in the variable CHROMIUM.\n";

/** The browser that `CHROMIUM` names, else the first of the usual places; null: there is none. */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
  isThere: (path: string) => boolean = existsSync,
): string | null {
  const named = environment["CHROMIUM"] ?? "";
  if (named !== "") return isThere(named) ? named : null;
  return PLACES.find(isThere) ?? null;
}
