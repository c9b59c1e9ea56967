import type { Command } from "../../domain/commands.ts";
import { scaled } from "../../domain/scaled-duration.ts";
import type { AskedUnderPolicy, CommandResult } from "./asked.ts";
import { refuseUnlessMayLift } from "./may-lift.ts";
import { readMeantIssue } from "./meant-issue.ts";
import { overrideCases } from "./override-cases.ts";
import { overrideReasons } from "./override-reasons.ts";

/** How long something is to be lifted, and whether the policy's `max` cut it short. */
export interface Lifting {
  readonly because: string;
  readonly check: string | null;
  readonly environment: string | null;
  /** Milliseconds. */
  readonly lasts: number;
  readonly cut: boolean;
}

/**
 * `override [CHECK] 24h [in ENV] because …`: on a compliance issue or a case's page its expired cases, elsewhere all that holds one
 * commit. By somebody authorised, for at most the policy's `max`.
 */
export async function override(
  asked: AskedUnderPolicy,
  command: Extract<Command, { kind: "override" }>,
): Promise<CommandResult> {
  const refusal = await refuseUnlessMayLift(asked, "override");
  if (refusal !== null) return refusal;
  const { policy } = asked;
  const wanted = scaled(command.duration, policy.deferred.hour);
  const { max } = policy.override;
  const { because, check, environment } = command;
  const lifting = { because, check, environment, lasts: Math.min(wanted, max), cut: wanted > max };
  const stored = await readMeantIssue(asked);
  return stored.compliance !== null && stored.openCases.length > 0
    ? await overrideCases(asked, { ...stored, compliance: stored.compliance }, lifting)
    : await overrideReasons(asked, stored, lifting);
}
