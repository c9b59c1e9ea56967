import { createDice } from "./dice.ts";

/** What somebody is about to do. All chance within it comes from its own `dice`, so that a plan with moves left out is still a plan. */
export interface Move {
  readonly at: Date;
  /** Which of the repositories, from 0. */
  readonly repository: number;
  readonly kind: MoveKind;
  readonly dice: number;
}

export type MoveKind = (typeof WEIGHTS)[number][0];

/** How often each happens, in relation to each other. A push starts a run of CI, which ends by itself. */
const WEIGHTS = [
  ["push", 30],
  ["merge a pull request", 16],
  ["mend a ticket", 12],
  ["spoil a ticket", 5],
  ["release", 12],
  ["run again", 5],
  ["revert", 4],
  ["force-push", 1.5],
  ["label override", 4],
  ["take a label off", 2],
  ["close the issue", 2],
  ["extend", 2],
  ["override by comment", 1.5],
  ["halt", 1],
  ["resume", 2],
  ["accept the policy", 0.7],
  ["change the policy", 0.8],
  ["change a role", 0.8],
  ["GitHub is away", 0.5],
  ["Jira is away", 0.7],
  ["Slack is away", 0.5],
  ["webhooks are lost", 0.5],
  ["a replica dies", 1.2],
] as const;

export interface PlanOptions {
  readonly seed: number;
  readonly start: Date;
  readonly days: number;
  readonly repositories: number;
}

const DAY = 86_400_000;
/** Of what people do; CI's beginnings and ends come by themselves, so that a day of a repository has some fifteen events. */
const LEAST_A_DAY = 3;
const MOST_A_DAY = 4;

export function createPlan({ seed, start, days, repositories }: PlanOptions): readonly Move[] {
  const moves: Move[] = [];
  for (let repository = 0; repository < repositories; repository += 1) {
    const dice = createDice("plan", seed, repository);
    for (let day = 0; day < days; day += 1) {
      const count = dice.between(LEAST_A_DAY, MOST_A_DAY);
      for (let nth = 0; nth < count; nth += 1) {
        const at = new Date(start.getTime() + Math.floor((day + dice.throw()) * DAY));
        moves.push({ at, repository, kind: dice.weighted(WEIGHTS), dice: dice.between(0, 2 ** 31 - 1) });
      }
    }
  }
  return moves.toSorted((left, right) => left.at.getTime() - right.at.getTime());
}
