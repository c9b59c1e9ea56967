import type { Target } from "./target.ts";
import { codeOwners } from "./targets/code-owners.ts";
import { commands } from "./targets/commands.ts";
import { complianceHistories } from "./targets/compliance-histories.ts";
import { durations } from "./targets/durations.ts";
import { escapers } from "./targets/escapers.ts";
import { eventLoop } from "./targets/event-loop.ts";
import { intakeTarget } from "./targets/intake.ts";
import { keys } from "./targets/keys.ts";
import { pages } from "./targets/pages.ts";
import { patterns } from "./targets/patterns.ts";
import { payloads } from "./targets/payloads.ts";
import { policies } from "./targets/policies.ts";
import { regularExpressions } from "./targets/regular-expressions.ts";
import { reverts } from "./targets/reverts.ts";
import { timeZones } from "./targets/time-zones.ts";

/** In the order in which they are run. */
export const TARGETS: readonly Target[] = [
  intakeTarget,
  payloads,
  keys,
  reverts,
  codeOwners,
  policies,
  patterns,
  escapers,
  pages,
  durations,
  timeZones,
  commands,
  complianceHistories,
  regularExpressions,
  eventLoop,
];
