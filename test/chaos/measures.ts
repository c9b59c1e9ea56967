import { quantile } from "../bench/statistics.ts";
import type { Stage } from "./stage.ts";

/** What was measured on one stage, from its beginning. */
export interface Measures {
  readonly repositories: number;
  readonly kills: number;
  /** Names of points that a replica was killed or stopped at. */
  readonly points: readonly string[];
  readonly acknowledged: number;
  /** Seconds, for each job that was in hand at a kill. */
  readonly takeovers: readonly number[];
  /** Seconds from a deadline to its halt in which nobody was killed. */
  readonly lateness: readonly number[];
  readonly refusedLate: number;
  readonly endedAtStart: number;
}

/** `inStageTime`: the world's time as the clock of the stage shows it. */
export async function measure(
  stage: Stage,
  inStageTime: (at: Date) => number = (at) => at.getTime(),
): Promise<Measures> {
  const told = stage.replicas.told();
  const late = await stage.database.query<{ readonly expired: Date; readonly deadline: Date }>(
    `select expired_at as expired, deadline from holdpoint.compliance_case where expired_at is not null`,
  );
  const [taken] = await stage.database.query<{ readonly count: number }>(
    "select count(*)::int as count from holdpoint.delivery",
  );
  return {
    repositories: stage.life.stories().length,
    kills: told.kills.length,
    points: [...new Set(told.struck.map(({ point }) => point))],
    acknowledged: taken?.count ?? 0,
    takeovers: stage.takeovers.seconds(),
    lateness: late.map(({ expired, deadline }) => {
      const kill = told.kills.findLast((at) => inStageTime(at) < expired.getTime());
      const from = Math.max(deadline.getTime(), kill === undefined ? 0 : inStageTime(kill));
      return (expired.getTime() - from) / 1_000;
    }),
    refusedLate: told.refusedLate,
    endedAtStart: told.endedAtStart,
  };
}

/** `p99 / most`, or a dash where nothing was measured. */
export function spread(values: readonly number[], digits = 1): string {
  if (values.length === 0) return "–";
  return `${quantile(values, 0.99).toFixed(digits)} / ${Math.max(...values).toFixed(digits)}`;
}
