import type { LongRun } from "./long-report.ts";
import type { Seed } from "./run-seed.ts";
import { WRONGS } from "./tell.ts";
import type { Outcome } from "./world.ts";

/** A run as the report keeps it: numbers alone. */
export function recordOf({ seed, days, repositories }: Seed, outcome: Outcome, seconds: number): LongRun {
  return {
    seed,
    days: outcome.days,
    asked: days,
    repositories,
    facts: outcome.facts.length,
    quietMoments: outcome.quietMoments,
    jobs: outcome.jobs,
    deaths: outcome.deaths.length,
    calls: outcome.calls,
    letters: outcome.letters,
    wrong: Object.fromEntries(
      WRONGS.map((what) => [what, outcome.differences.filter((one) => one.what === what).length]),
    ),
    digest: outcome.digest,
    seconds: Math.round(seconds),
    endedAt: new Date().toISOString().slice(0, 16).replace("T", " "),
    postgres: outcome.postgres,
  };
}
