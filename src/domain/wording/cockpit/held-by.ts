import { visibleText } from "../../escape/visible-text.ts";
import type { Halt } from "../../gate/override.ts";
import type { OverridePolicy } from "../../policy.ts";
import { whoMayOverride } from "../gate.ts";
import { lasting } from "./moments.ts";
import { sentenceStart } from "./reason-step.ts";

/** What a page says of a deferred check that holds, after the check's name. */
export function hasBeenRedFor(milliseconds: number): string {
  return `has been red for ${lasting(milliseconds)}`;
}
/** Before the moment. */
export function pastDeadlineSince(): string {
  return "Past its deadline since";
}
/** Before the commit. */
export function firstRed(): string {
  return "First red:";
}
export function howACaseEnds(override: OverridePolicy | null): string {
  const lift = override === null ? "" : ` ${sentenceStart(whoMayOverride(override))} can override it.`;
  return `Fix forward or revert: a green run opens the gate.${lift}`;
}

/** `Halted by monalisa: payments are failing`. */
export function haltedBy({ by, because }: Pick<Halt, "by" | "because">): string {
  const why = because === null ? "" : `: ${visibleText(because, 300)}`;
  return `Halted by ${visibleText(by, 60)}${why}`;
}
export function whoResumes({ by }: Pick<Halt, "by">, override: OverridePolicy | null): string {
  const others = override === null ? "" : ` or ${whoMayOverride(override)}`;
  return `${visibleText(by, 60)}${others} can end it below.`;
}
