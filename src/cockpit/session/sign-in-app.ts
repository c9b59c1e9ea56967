import { Hono } from "hono";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";

/** Sign-in through the App, and out again. */
export function createSignInApp(_dependencies: CockpitDependencies): Hono {
  return new Hono();
}
