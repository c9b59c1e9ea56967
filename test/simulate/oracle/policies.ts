import type { SimulatedPolicy } from "../fact.ts";
import { different } from "./moment.ts";

/** What open cases and halts stand on; null: there is no policy. */
export type Standing = SimulatedPolicy | null;

/** What is stricter in one of them is asked for; what tickets must be is as the file says. */
export function strictest(accepted: Standing, file: Standing): Standing {
  if (accepted === null || file === null) return accepted ?? file;
  return {
    ...file,
    mode: accepted.mode === "enforce" ? "enforce" : file.mode,
    graceHours: Math.min(accepted.graceHours, file.graceHours),
    confirm: Math.min(accepted.confirm, file.confirm),
    checks: different([...file.checks, ...accepted.checks]),
    overrideHours: Math.min(accepted.overrideHours, file.overrideHours),
  };
}

/** With nothing open the file counts by itself; else what it loosens waits. */
export function standingAfter(
  before: readonly Standing[],
  file: Standing,
  isOpen: "yes" | "no" | "maybe",
): readonly Standing[] {
  const waiting = before.map((one) => strictest(one, file));
  if (isOpen === "yes") return different(waiting);
  return isOpen === "no" ? [file] : different([file, ...waiting]);
}
