import * as fc from "fast-check";
import { type ComplianceCase, caseHolds } from "../../../src/domain/compliance/case.ts";
import type { TrunkEvidence } from "../../../src/domain/compliance/evidence.ts";
import {
  after,
  buildTrunk,
  type CaseHistory,
  type GivenRun,
  HOUR,
  MINUTE,
  startHistory,
} from "./case-history.ts";

/** 72 h, the grace of the built policy. */
const GRACE = 72 * HOUR;
const NAMES = ["long", "wide"] as const;
const SAID = { green: "success", red: "failure", running: "running", cancelled: "cancelled" } as const;

/** Something happens, and Holdpoint looks: at everything, or at nothing because GitHub does not answer. */
export interface HistoryStep {
  /** Milliseconds since the step before. */
  readonly wait: number;
  readonly what: keyof typeof SAID | "look" | "blind look" | "warn";
  readonly name: (typeof NAMES)[number];
  /** So many commits back, as a further attempt; 0: on a new commit. */
  readonly back: number;
}

export const historySteps: fc.Arbitrary<readonly HistoryStep[]> = fc.array(
  fc.record({
    wait: fc.oneof(
      fc.integer({ min: 0, max: 2 * HOUR }),
      fc.integer({ min: 0, max: 40 * HOUR }),
      fc.constantFrom(0, 1, 24 * HOUR, GRACE - 1, GRACE, GRACE + 1),
    ),
    what: fc.constantFrom(
      "green",
      "red",
      "red",
      "running",
      "cancelled",
      "look",
      "look",
      "blind look",
      "warn",
    ),
    name: fc.constantFrom(...NAMES),
    back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
  }),
  { maxLength: 30 },
);

/** A moment of a history, as the claims see it. */
interface Seen {
  readonly at: Date;
  readonly runs: readonly GivenRun[];
  readonly before: readonly ComplianceCase[];
  readonly cases: readonly ComplianceCase[];
  readonly blind: boolean;
}

/**
 * Plays a history, and beside it the same one told twice and in another order; answers what is wrong, by the invariant's name. Every
 * claim is written here apart from what the product says of itself.
 */
export function playHistory(steps: readonly HistoryStep[]): readonly string[] {
  const history = startHistory();
  const twin = startHistory();
  const runs: GivenRun[] = [];
  const wrong: string[] = [];
  let commits = 1;
  let now = 60 * MINUTE;
  for (const { wait, what, name, back } of steps) {
    now += wait;
    const at = after(now);
    if (what === "warn") for (const one of [history, twin]) one.warn(at);
    else if (what !== "look" && what !== "blind look") {
      commits += back === 0 ? 1 : 0;
      const on = Math.max(1, commits - back);
      const attempt = 1 + runs.filter((run) => run.on === on && run.name === name).length;
      runs.push({ on, said: SAID[what], at, attempt, name });
    }
    const before = history.cases();
    const trunk = what === "blind look" ? null : buildTrunk(runs, commits);
    const happened = history.look({ at, trunk });
    const told = twin.look({ at, trunk: trunk === null ? null : toldOtherwise(trunk, now) });
    const seen = { at, runs, before, cases: history.cases(), blind: trunk === null };
    wrong.push(...Object.entries(CLAIMS).flatMap(([id, claim]) => claim(seen).map((one) => `${id}: ${one}`)));
    if (history.look({ at, trunk }).length > 0) wrong.push("I6: a second look finds something");
    if (told.join() !== happened.join() || !sameCases(history, twin)) {
      wrong.push(`I7: told in another order it goes ${told.join()}, not ${happened.join()}`);
    }
  }
  return wrong;
}

/** The same evidence, some of it twice, in another order. */
function toldOtherwise(trunk: TrunkEvidence, turn: number): TrunkEvidence {
  const { results } = trunk;
  const cut = results.length === 0 ? 0 : turn % results.length;
  return { ...trunk, results: [...results.slice(cut), ...results.toReversed()] };
}

function sameCases(one: CaseHistory, other: CaseHistory): boolean {
  return JSON.stringify(one.cases()) === JSON.stringify(other.cases());
}

const CLAIMS: Readonly<Record<string, (seen: Seen) => readonly string[]>> = {
  I1: ({ cases, runs, blind }) =>
    NAMES.flatMap((name) => {
      const open = cases.filter((one) => one.end === null && one.name === name).length;
      const wanted = newestProof(runs, name) === "failure" ? 1 : 0;
      return open > 1 || (!blind && open !== wanted) ? [`${open} open cases of ${name}`] : [];
    }),
  I3: ({ cases, at }) =>
    cases
      .filter((one) => caseHolds(one, at) !== "no")
      .flatMap(({ id, firstRed, openedAt, warnedAt }) => {
        const since = Math.max(firstRed.at.getTime(), openedAt.getTime());
        return [
          ...(at.getTime() - since < GRACE ? [`case ${id} holds early`] : []),
          ...(warnedAt === null || at.getTime() - warnedAt.getTime() < 24 * HOUR
            ? [`case ${id} holds, and nobody was warned a day before`]
            : []),
        ];
      }),
  I8: ({ blind, before, cases, at }) =>
    !blind
      ? []
      : cases.flatMap((one) => {
          const was = before.find(({ id }) => id === one.id);
          if (was === undefined) return [`case ${one.id} opened unseen`];
          const isLetGo = caseHolds(was, at) !== "no" && caseHolds(one, at) === "no";
          return was.end !== one.end || was.expiredAt !== one.expiredAt || isLetGo
            ? [`case ${one.id} changed unseen`]
            : [];
        }),
  deadline: ({ before, cases }) =>
    before.flatMap((was) => {
      const now = cases.find(({ id }) => id === was.id)?.deadline;
      return was.deadline !== null && now?.getTime() !== was.deadline.getTime()
        ? [`that of case ${was.id} was moved`]
        : [];
    }),
};

/** What the newest attempt of the newest commit said that proves something. */
function newestProof(runs: readonly GivenRun[], name: string): string | null {
  const proofs = runs.filter(
    (run) => run.name === name && (run.said === "success" || run.said === "failure"),
  );
  const newest = proofs
    .toSorted((one, other) => one.on - other.on || (one.attempt ?? 1) - (other.attempt ?? 1))
    .at(-1);
  return newest?.said ?? null;
}
