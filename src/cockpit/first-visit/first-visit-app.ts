import { Hono } from "hono";
import type { CockpitDependencies } from "../cockpit-dependencies.ts";
import type { CockpitEnvironment } from "../person.ts";

export function createFirstVisitApp(_dependencies: CockpitDependencies): Hono<CockpitEnvironment> {
  return new Hono<CockpitEnvironment>();
}
