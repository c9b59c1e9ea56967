import type { SimulatedPolicy } from "../fact.ts";
import type { Known } from "./known.ts";

/** One result that proves something of one check. */
export interface Evidence {
  readonly sha: string;
  /** On the trunk, counted from the root. */
  readonly place: number;
  readonly run: number;
  readonly attempt: number;
  readonly at: Date;
  readonly red: boolean;
}

/** A job of a workflow file. */
export interface Check {
  readonly workflow: string;
  readonly job: string;
}

export function keyOf({ workflow, job }: Check): string {
  return `${workflow} ${job}`;
}

/** Every job that was ever seen and that the policy names, as a check of its own. */
export function checksOf(known: Known, policy: SimulatedPolicy | null): readonly Check[] {
  const found = new Map<string, Check>();
  for (const { workflow, job } of known.jobs.values()) {
    if (policy !== null && isNamed(policy, { workflow, job }))
      found.set(keyOf({ workflow, job }), { workflow, job });
  }
  return [...found.values()];
}

export function isNamed(policy: SimulatedPolicy, { workflow, job }: Check): boolean {
  return policy.checks.some((one) => one.workflow === workflow && matches(one.job, job));
}

/**
 * All that counts on the trunk as it is now, in order of place, run and attempt: what is under way, was cancelled or skipped proves
 * nothing, and neither does anything that ran for a pull request or beside the trunk.
 */
export function evidenceOf(known: Known, check: Check): readonly Evidence[] {
  const places = new Map(known.trunk.map((sha, place) => [sha, place]));
  const found: Evidence[] = [];
  for (const one of known.jobs.values()) {
    const place = places.get(one.sha);
    if (place === undefined || one.workflow !== check.workflow || one.job !== check.job) continue;
    if (one.event === "pull_request") continue;
    const red = one.says === "failure" || one.says === "timed_out";
    if (!red && one.says !== "success") continue;
    found.push({ sha: one.sha, place, run: one.run, attempt: one.attempt, at: one.at, red });
  }
  return found.toSorted(inOrder);
}

export function inOrder(
  one: Pick<Evidence, "place" | "run" | "attempt">,
  other: Pick<Evidence, "place" | "run" | "attempt">,
): number {
  return one.place - other.place || one.run - other.run || one.attempt - other.attempt;
}

/** The reds at the end, oldest first; empty where the newest evidence is green. */
export function streakOf(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.slice(evidence.findLastIndex(({ red }) => !red) + 1);
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes("*")) return pattern === name;
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
