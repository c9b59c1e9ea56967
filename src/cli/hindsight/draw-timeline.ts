import type { LookBack } from "../../domain/hindsight/look-back.ts";
import type { Lane } from "../../domain/hindsight/lane.ts";
import type { PastIssue } from "../../domain/hindsight/issues.ts";
import { type Span, unite } from "../../domain/hindsight/spans.ts";
import type { World } from "../../domain/hindsight/world.ts";
import { visibleText } from "../../domain/escape/visible-text.ts";
import { grouped, moment } from "../../domain/wording/counted.ts";
import { hours } from "../../domain/wording/hindsight/amounts.ts";
import * as wording from "../../domain/wording/hindsight/picture.ts";
import { diamond, line, rect, text } from "./svg.ts";
import { type Axis, barDays, countBars, listTicks, timeAxis } from "./time-axis.ts";

export interface TimelineBox {
  readonly left: number;
  readonly chart: number;
  readonly right: number;
  readonly top: number;
}

const ACTIVITY = 64;
const MOST_LANES = 14;
const DEPLOYS = 26;
const NAME_LENGTH = 19;
const LONGEST_NAME = 300;
/** What is narrower is not seen. */
const NARROWEST = 1.5;

/** The year from left to right: what landed, each check, its issues, and when deploys were halted. Gives where it ends. */
export function drawTimeline(
  world: World,
  { lanes: all, issues }: LookBack["year"],
  box: TimelineBox,
): { readonly parts: readonly string[]; readonly bottom: number } {
  const axis = timeAxis(world.from, world.until, box.chart, box.right);
  const lanes = busiest(all, issues);
  const height = lanes.length <= 6 ? 46 : 30;
  const first = box.top + ACTIVITY + 46;
  const deploys = first + lanes.length * height + (all.length > lanes.length ? 22 : 0) + 8;
  const bottom = deploys + DEPLOYS;
  const halts = unite(issues.flatMap((issue) => issue.halts));
  return {
    bottom,
    parts: [
      ...listTicks(axis).flatMap(({ at, label }) => [
        line("grid", [axis.x(at), box.top + 8], [axis.x(at), bottom]),
        text(axis.x(at) + 4, box.top, "small", label),
      ]),
      ...drawActivity(world, axis, box),
      ...halts.map((halt) =>
        spanRect("shade", halt, axis, { y: first - 6, height: bottom - first + 6 }, null),
      ),
      ...lanes.flatMap((lane, index) =>
        drawLane(lane, issues, axis, { ...box, top: first + index * height }),
      ),
      ...(all.length > lanes.length
        ? [text(box.left, deploys - 14, "small", wording.moreLanes(all.length - lanes.length))]
        : []),
      text(box.left, deploys + 18, "strong", wording.deploysLabel()),
      rect("open", { x: box.chart, y: deploys, width: box.right - box.chart, height: DEPLOYS }),
      ...halts.map((halt) =>
        spanRect("halt", halt, axis, { y: deploys, height: DEPLOYS }, wording.LEGEND.halt),
      ),
    ],
  };
}

/** Those that people were told of most; in their own order. */
function busiest(lanes: readonly Lane[], issues: readonly PastIssue[]): readonly Lane[] {
  if (lanes.length <= MOST_LANES) return lanes;
  const countOf = ({ label }: Lane): number => issues.filter(({ labels }) => labels.includes(label)).length;
  const kept = new Set(lanes.toSorted((one, other) => countOf(other) - countOf(one)).slice(0, MOST_LANES));
  return lanes.filter((lane) => kept.has(lane));
}

function drawActivity(
  { commits }: World,
  axis: Axis,
  { left, chart, right, top }: TimelineBox,
): readonly string[] {
  const counts = countBars(
    axis,
    commits.map(({ committedAt }) => committedAt),
  );
  const most = counts.reduce((one, other) => Math.max(one, other), 1);
  const width = (right - chart) / counts.length;
  const bottom = top + 20 + ACTIVITY;
  return [
    text(left, bottom - 24, "strong", wording.activityLabel(barDays(axis))),
    text(left, bottom - 4, "small", wording.mostText(grouped(most))),
    ...counts.map((count, index) => {
      const height = (count / most) * ACTIVITY;
      const x = chart + index * width;
      return rect("activity", { x, y: bottom - height, width: Math.max(width - 1, 0.5), height });
    }),
  ];
}

function drawLane(
  lane: Lane,
  issues: readonly PastIssue[],
  axis: Axis,
  { left, chart, right, top }: TimelineBox,
): readonly string[] {
  const middle = top + 10;
  const told = issues.filter(({ labels }) => labels.includes(lane.label)).flatMap(({ open }) => open);
  const flakes = lane.runs.filter(({ cause, seenAt }) => cause === "flaky" && seenAt <= axis.until);
  return [
    text(left, middle + 8, "", shortName(lane.label)),
    line("track", [chart, middle], [right, middle]),
    ...unite(lane.troubles).map((trouble) =>
      spanRect("broken", trouble, axis, { y: middle - 7, height: 14 }, wording.LEGEND.broken),
    ),
    ...flakes.map(({ at }) =>
      diamond("flaky", axis.x(at), middle, 4, `${wording.LEGEND.flaky}, ${moment(new Date(at))}`),
    ),
    ...unite(told).map((span) =>
      spanRect("issue", span, axis, { y: middle + 10, height: 5 }, wording.LEGEND.issue),
    ),
  ];
}

/** Names of checks that belong together often differ at their ends alone. */
function shortName(label: string): string {
  const name = visibleText(label, LONGEST_NAME);
  const half = Math.floor(NAME_LENGTH / 2);
  return name.length <= NAME_LENGTH ? name : `${name.slice(0, half).trim()}…${name.slice(-half).trim()}`;
}

function spanRect(
  style: string,
  { from, to }: Span,
  axis: Axis,
  { y, height }: { readonly y: number; readonly height: number },
  what: string | null,
): string {
  const x = axis.x(from);
  const width = Math.max(axis.x(to) - x, NARROWEST);
  const words = what === null ? null : wording.spanText(what, moment(new Date(from)), hours(to - from));
  return rect(style, { x, y, width, height }, words);
}
