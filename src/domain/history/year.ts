import { groupBy } from "../group-by.ts";
import { isSameEnvironment } from "../gate/stop.ts";
import { lengthWithin, mergeSpans, type Span, withoutSpans } from "./spans.ts";

/** A year and the week that has begun: 53 columns that begin on Mondays, in UTC. */
export const WEEKS = 53;
const DAY = 86_400_000;
const WEEK = 7 * DAY;

export interface YearFacts {
  readonly now: Date;
  /** Those that were red at any time since `yearBegan`. */
  readonly cases: readonly YearCase[];
  readonly halts: readonly YearHalt[];
  /** Overrides of cases. */
  readonly lifts: readonly YearLift[];
  /** As the policy names them, the main one first. */
  readonly environments: readonly string[];
}

export interface YearCase {
  readonly id: number;
  readonly checkKey: string;
  readonly name: string;
  readonly redSince: Date;
  /** null: it is red still. */
  readonly endedAt: Date | null;
  readonly expiredAt: Date | null;
  /** null: all. */
  readonly environments: readonly string[] | null;
}

export interface YearHalt {
  readonly environment: string | null;
  readonly beganAt: Date;
  readonly endedAt: Date | null;
}

export interface YearLift extends YearHalt {
  readonly caseIds: readonly number[];
}

export interface Year {
  /** The Monday that each column begins with, the oldest first. */
  readonly weeks: readonly Date[];
  /** Those that were red longest first. */
  readonly checks: readonly CheckYear[];
  readonly environments: readonly EnvironmentYear[];
}

export interface CheckYear {
  readonly name: string;
  /** One for each week. */
  readonly cells: readonly CheckWeek[];
  /** How often it turned red, how long it was, in milliseconds, and how often it was past its deadline. */
  readonly reds: number;
  readonly red: number;
  readonly expired: number;
}

export interface CheckWeek {
  readonly red: number;
  readonly expired: number;
}

/** How long deploys there were halted, by people or by cases that nobody lifted, in milliseconds. */
export interface EnvironmentYear {
  readonly name: string;
  readonly cells: readonly number[];
  readonly halted: number;
}

/** When the first week of the picture begins. */
export function yearBegan(now: Date): Date {
  const today = Math.floor(now.getTime() / DAY);
  // The first of January 1970 was a Thursday.
  const monday = today - ((today + 3) % 7);
  return new Date((monday - (WEEKS - 1) * 7) * DAY);
}

/** The picture of a year, as numbers: a function of what is stored, and of the time. */
export function layOutYear(facts: YearFacts): Year {
  const began = yearBegan(facts.now).getTime();
  const weeks = Array.from({ length: WEEKS }, (_, index) => began + index * WEEK);
  const columns = weeks.map((from) => ({ from, until: Math.min(from + WEEK, facts.now.getTime()) }));
  const shown = { from: began, until: facts.now.getTime() };
  return {
    weeks: weeks.map((time) => new Date(time)),
    checks: [...groupBy(facts.cases, ({ checkKey }) => checkKey).values()]
      .map((cases) => checkYear(cases, columns, shown))
      .filter(({ red }) => red > 0)
      .toSorted((one, other) => other.red - one.red || compareTexts(one.name, other.name)),
    environments: facts.environments.map((name) => environmentYear(name, facts, columns, shown)),
  };
}

function checkYear(
  cases: readonly [YearCase, ...YearCase[]],
  columns: readonly Span[],
  shown: Span,
): CheckYear {
  const red = mergeSpans(cases.map((one) => spanOf(one.redSince, one.endedAt, shown)));
  const expiries = cases.flatMap(({ expiredAt }) => (expiredAt === null ? [] : [expiredAt.getTime()]));
  const countIn = ({ from, until }: Span) => expiries.filter((at) => at >= from && at < until).length;
  return {
    name: cases.reduce((_older, newer) => newer).name,
    cells: columns.map((column) => ({ red: lengthWithin(red, column), expired: countIn(column) })),
    reds: cases.length,
    red: lengthWithin(red, shown),
    expired: countIn({ ...shown, until: shown.until + 1 }),
  };
}

function environmentYear(
  name: string,
  { cases, halts, lifts }: YearFacts,
  columns: readonly Span[],
  shown: Span,
): EnvironmentYear {
  const isHere = (environment: string | null) => environment === null || isSameEnvironment(environment, name);
  const byPeople = halts
    .filter(({ environment }) => isHere(environment))
    .map((one) => spanOf(one.beganAt, one.endedAt, shown));
  const byCases = cases.flatMap((one) => {
    const { id, environments, expiredAt, endedAt } = one;
    if (expiredAt === null || !(environments?.some(isHere) ?? true)) return [];
    const lifted = lifts
      .filter(({ environment, caseIds }) => isHere(environment) && caseIds.includes(id))
      .map((lift) => spanOf(lift.beganAt, lift.endedAt, shown));
    return withoutSpans([spanOf(expiredAt, endedAt, shown)], lifted);
  });
  const halted = mergeSpans([...byPeople, ...byCases]);
  return {
    name,
    cells: columns.map((column) => lengthWithin(halted, column)),
    halted: lengthWithin(halted, shown),
  };
}

/** What has not ended lasts until now. */
function spanOf(from: Date, until: Date | null, shown: Span): Span {
  return { from: from.getTime(), until: Math.min(until?.getTime() ?? shown.until, shown.until) };
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : 1;
}
