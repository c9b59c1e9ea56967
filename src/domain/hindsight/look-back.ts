import type { RepositoryId } from "../model.ts";
import type { Policy } from "../policy.ts";
import { type Change, applyChange, listChanges } from "./alternatives.ts";
import { type Figures, measure } from "./figures.ts";
import { type PastIssue, listIssues } from "./issues.ts";
import { type Judging, judgeLane } from "./judge-lane.ts";
import type { Lane } from "./lane.ts";
import { spreadOfFigure } from "./spread.ts";
import type { World } from "./world.ts";
import { itemAt } from "./item-at.ts";

/** One year of results. */
export interface Draw {
  /** null: recorded, not drawn. */
  readonly seed: number | null;
  readonly lanes: readonly Lane[];
}

export interface LookBackQuestion {
  readonly world: World;
  readonly policy: Pick<Policy, "mode" | "deferred" | "deploy">;
  readonly repositoryId: RepositoryId;
  readonly caseId: Judging["caseId"];
  /** null: recorded results, of which there is one year. */
  readonly seeds: readonly (number | null)[];
  readonly draw: (seed: number | null) => readonly Lane[];
}

/** What one policy would have done in each of the years, in their order. */
export interface Variant {
  readonly change: Change;
  readonly draws: readonly Figures[];
}

/** The year that is shown: the one nearest to the medians, under the policy as asked. */
export interface ShownYear extends Draw {
  readonly issues: readonly PastIssue[];
  readonly figures: Figures;
}

export interface LookBack {
  /** The policy as asked comes first. */
  readonly variants: readonly [Variant, ...Variant[]];
  readonly year: ShownYear;
}

/** Judges every year by the policy as asked and by its alternatives. */
export function lookBack(question: LookBackQuestion): LookBack {
  const { seeds, policy } = question;
  const [none, ...changes] = listChanges(policy.deferred);
  const asked: Figures[] = [];
  const others = changes.map((change) => ({ change, draws: new Array<Figures>() }));
  for (const seed of seeds) {
    const lanes = question.draw(seed);
    asked.push(judge(question, lanes, NO_CHANGE).figures);
    for (const { change, draws } of others) draws.push(judge(question, lanes, change).figures);
  }
  const seed = itemAt(seeds, nearestToMedian(asked));
  const lanes = question.draw(seed);
  return {
    variants: [{ change: none, draws: asked }, ...others],
    year: { seed, lanes, ...judge(question, lanes, NO_CHANGE) },
  };
}

const NO_CHANGE: Change = { kind: "none" };

function judge(
  { world, policy, repositoryId, caseId }: LookBackQuestion,
  lanes: readonly Lane[],
  change: Change,
): Pick<ShownYear, "issues" | "figures"> {
  const deferred = applyChange(policy.deferred, change);
  // What the policy would have done: observed or enforced, its clock is the same.
  const judging = { world, repositoryId, caseId, policy: { mode: "enforce", deferred } } as const;
  const judged = lanes.map((lane) => ({ lane, steps: judgeLane(lane, judging) }));
  const ground = { world, judged, environment: policy.deploy.environments[0]?.name ?? null };
  const issues = listIssues(ground);
  return { issues, figures: measure(ground, issues) };
}

/** What is shown is no extreme of anything that people look at first. */
function nearestToMedian(draws: readonly Figures[]): number {
  const medians = (["issues", "halts", "halted"] as const).map(
    (name) => [name, spreadOfFigure(draws, name).median] as const,
  );
  const distances = draws.map((figures) =>
    medians.reduce((sum, [name, median]) => sum + Math.abs(figures[name] - median) / Math.max(1, median), 0),
  );
  return distances.indexOf(Math.min(...distances));
}
