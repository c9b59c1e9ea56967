import { Hono } from "hono";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment } from "../person.ts";

/** Server-sent events: that something changed. */
export function createLiveApp(_dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  return new Hono<CockpitEnvironment>();
}
