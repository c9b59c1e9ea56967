import type { Protection } from "../protection.ts";
import { COCKPIT_PROTECTIONS } from "./cockpit.ts";
import { CONFIGURATION_PROTECTIONS } from "./configuration.ts";
import { CRASH_PROTECTIONS } from "./crashes.ts";
import { EVENT_PROTECTIONS } from "./events.ts";
import { GITHUB_PROTECTIONS } from "./github.ts";
import { INTAKE_PROTECTIONS } from "./intake.ts";
import { LIFE_PROTECTIONS } from "./life.ts";
import { OUTSIDE_TEXT_PROTECTIONS } from "./outside-texts.ts";
import { RELEASE_PROTECTIONS } from "./release.ts";
import { SECRET_AND_AUDIT_PROTECTIONS } from "./secrets-and-audit.ts";
import { TIMER_PROTECTIONS } from "./timers.ts";

/** Every protection that is switched off to see its test fail. */
export const PROTECTIONS: readonly Protection[] = [
  ...INTAKE_PROTECTIONS,
  ...EVENT_PROTECTIONS,
  ...CRASH_PROTECTIONS,
  ...TIMER_PROTECTIONS,
  ...GITHUB_PROTECTIONS,
  ...LIFE_PROTECTIONS,
  ...RELEASE_PROTECTIONS,
  ...CONFIGURATION_PROTECTIONS,
  ...OUTSIDE_TEXT_PROTECTIONS,
  ...COCKPIT_PROTECTIONS,
  ...SECRET_AND_AUDIT_PROTECTIONS,
];
