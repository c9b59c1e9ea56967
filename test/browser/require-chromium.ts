import { CHROMIUM_MISSING, findChromium } from "./find-chromium.ts";

/** Before anything else is started: one sentence says what is missing, and no test is taken for passed. */
export function setup(): void {
  if (findChromium(process.env) !== null) return;
  process.stderr.write(CHROMIUM_MISSING);
  process.exit(1);
}
