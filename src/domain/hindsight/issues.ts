import { newestGreen } from "../compliance/newest-green.ts";
import { groupBy } from "../group-by.ts";
import type { CommitSha } from "../model.ts";
import type { CaseStep } from "./judge-lane.ts";
import type { Cause, Lane, Trouble } from "./lane.ts";
import { type Span, unite } from "./spans.ts";
import { tagAuthors } from "./tag-authors.ts";
import { type World, placeOf } from "./world.ts";
import { itemAt } from "./item-at.ts";

/** What happened to the cases of one lane. */
export interface JudgedLane {
  readonly lane: Lane;
  readonly steps: readonly CaseStep[];
}

/** An issue that Holdpoint would have opened: all cases that began at one first red commit. */
export interface PastIssue {
  readonly firstRed: CommitSha;
  readonly labels: readonly string[];
  /** When a case of it was open, and when one held deploys. */
  readonly open: readonly Span[];
  readonly halts: readonly Span[];
  /** Why its first red run was red. */
  readonly cause: Cause;
  /** What proves that the commit broke something; null: it did not, as far as is known. */
  readonly by: Trouble["by"] | null;
  /** Authors whom it would have mentioned. */
  readonly tagged: readonly string[];
  readonly reminders: number;
}

export interface IssueGround {
  readonly world: World;
  readonly judged: readonly JudgedLane[];
  /** Whose halts count; null: any. */
  readonly environment: string | null;
}

type LaneStep = CaseStep & { readonly lane: Lane };

/** In the order in which they opened. */
export function listIssues({ world, judged, environment }: IssueGround): readonly PastIssue[] {
  const steps = judged.flatMap(({ lane, steps: ofLane }) =>
    ofLane.map((step): LaneStep => ({ ...step, lane })),
  );
  const byIssue = groupBy(
    steps.toSorted((one, other) => one.at - other.at),
    (step) => step.case.firstRed.sha,
  );
  return [...byIssue].map(([firstRed, ofIssue]) => {
    const [first] = ofIssue;
    const cases = [...groupBy(ofIssue, (step) => `${step.lane.label} ${step.case.id}`).values()];
    const until = world.until.getTime();
    // Of the checks that are red on that commit those that are seen together open the issue; others join it.
    const opening = ofIssue.filter(({ at, news }) => at === first.at && news.what === "opened");
    const lastGreen = newestGreen(
      opening.map((step) => step.case),
      first,
    );
    const { place, cause } = firstRunOf(first, world);
    return {
      firstRed,
      labels: [...new Set(ofIssue.map(({ lane }) => lane.label))],
      open: unite(cases.flatMap((ofCase) => spansOf(ofCase, OPENS, until))),
      halts: unite(
        cases
          .filter(([step]) => holds(step, environment))
          .flatMap((ofCase) => spansOf(ofCase, EXPIRES, until)),
      ),
      cause,
      by: cause === "flaky" ? null : (troubleAt(first.lane, place)?.by ?? null),
      tagged: tagAuthors(world, first.chain, {
        firstRed,
        lastGreen,
        adopted: opening.every((step) => step.case.adopted),
      }),
      reminders: ofIssue.filter(({ news }) => news.what === "reminder").length,
    };
  });
}

const OPENS: ReadonlySet<string> = new Set(["opened", "relapsed"]);
const EXPIRES: ReadonlySet<string> = new Set(["expired"]);

/** From what begins it to the end of the case. */
function spansOf(steps: readonly CaseStep[], begins: ReadonlySet<string>, until: number): readonly Span[] {
  const spans: Span[] = [];
  let from: number | null = null;
  for (const { at, news } of steps) {
    if (begins.has(news.what)) from ??= at;
    else if (news.what === "resolved" && from !== null) {
      spans.push({ from, to: at });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, to: until }];
}

function holds({ case: { environments } }: CaseStep, environment: string | null): boolean {
  return environment === null || environments === null || environments.includes(environment);
}

function firstRunOf(step: LaneStep, world: World): { readonly place: number; readonly cause: Cause } {
  const { sha, sequence } = step.case.firstRed;
  const place = placeOf(world, sha);
  const isFlaky = itemAt(step.lane.byPlace, place).some(
    ({ attempt, cause }) => attempt === sequence && cause === "flaky",
  );
  return { place, cause: isFlaky ? "flaky" : "broken" };
}

function troubleAt({ troubles }: Lane, place: number): Trouble | undefined {
  return troubles.find((trouble) => trouble.place === place);
}
