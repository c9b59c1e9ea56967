import { checkKey } from "../compliance/check-key.ts";
import { DEFAULT_EVENTS, isOwnStatus, isProvingEvent } from "../compliance/counts-as-proof.ts";
import type { CheckSource, TrunkEvidence, TrunkResult } from "../compliance/evidence.ts";
import { groupBy } from "../group-by.ts";
import type { CommitSha } from "../model.ts";

/** What one check did on the trunk. */
export interface ObservedCheck {
  readonly name: string;
  readonly source: CheckSource;
  /** Commits that it said something about. */
  readonly commits: ReadonlySet<CommitSha>;
  /** It was seen green. */
  readonly wasGreen: boolean;
  /** It runs by a schedule alone. */
  readonly onlyScheduled: boolean;
  /** How long it took, in the middle of what was seen, in milliseconds; null: the source does not say. */
  readonly took: number | null;
}

/** The checks that could prove something of the trunk, jobs that deploy left out, by name. */
export function observeChecks(evidence: TrunkEvidence): readonly ObservedCheck[] {
  const governed = new Set(evidence.results.filter((one) => one.governed).map(keyOf));
  const counting = evidence.results.filter(
    (one) =>
      !governed.has(keyOf(one)) &&
      !isOwnStatus(one) &&
      !(one.source.kind === "app" && one.name === "Holdpoint") &&
      isProvingEvent(one.event, DEFAULT_EVENTS),
  );
  return [...groupBy(counting, keyOf).values()]
    .map((results) => observe(results))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function keyOf({ name, source }: TrunkResult): string {
  return checkKey(name, source);
}

function observe(results: readonly [TrunkResult, ...TrunkResult[]]): ObservedCheck {
  const [{ name, source }] = results;
  const times = results
    .filter(({ said }) => said === "success" || said === "failure")
    .flatMap(({ at, startedAt }) => (startedAt === undefined ? [] : [at.getTime() - startedAt.getTime()]));
  return {
    name,
    source,
    commits: new Set(results.map(({ sha }) => sha)),
    wasGreen: results.some(({ said }) => said === "success"),
    onlyScheduled: results.every(({ event }) => event === "schedule"),
    took: median(times),
  };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
