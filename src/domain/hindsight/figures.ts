import { groupBy } from "../group-by.ts";
import type { IssueGround, PastIssue } from "./issues.ts";
import { type Span, lengthOf, longestOf, unite, without } from "./spans.ts";
import type { World } from "./world.ts";

/** What a year would have been like under a policy. Times in milliseconds. */
export interface Figures {
  readonly breakages: number;
  readonly flakes: number;
  readonly issues: number;
  /** Of them those whose first red run proved nothing but itself. */
  readonly flakyIssues: number;
  /** Issues that halted deploys. */
  readonly halts: number;
  readonly flakyHalts: number;
  readonly halted: number;
  readonly longestHalt: number;
  /** Days on which something landed, and deploys were halted for a part of them at least. */
  readonly haltDays: number;
  readonly reminders: number;
  /** How often an author would have been mentioned, how many authors, and the one most often. */
  readonly mentions: number;
  readonly people: number;
  readonly mostMentions: number;
  /** How long a check was broken in fact. */
  readonly broken: number;
  /** Of that: without an issue that said so; with deploys open. */
  readonly untold: number;
  readonly letOut: number;
}

const DAY = 86_400_000;

export function measure({ world, judged }: IssueGround, issues: readonly PastIssue[]): Figures {
  const halts = unite(issues.flatMap((issue) => issue.halts));
  const broken = judged.flatMap(({ lane }) => withinWorld(lane.troubles, world));
  const untold = judged.flatMap(({ lane }) => {
    const told = issues.filter(({ labels }) => labels.includes(lane.label)).flatMap(({ open }) => open);
    return without(withinWorld(lane.troubles, world), told);
  });
  const mentions = [
    ...groupBy(
      issues.flatMap(({ tagged }) => tagged),
      (name) => name,
    ).values(),
  ];
  const isFlaky = ({ cause }: PastIssue): boolean => cause === "flaky";
  const halting = issues.filter((issue) => issue.halts.length > 0);
  return {
    breakages: judged.reduce((sum, { lane }) => sum + lane.troubles.length, 0),
    flakes: judged.reduce((sum, { lane }) => sum + countFlakes(lane.runs, world), 0),
    issues: issues.length,
    flakyIssues: issues.filter(isFlaky).length,
    halts: halting.length,
    flakyHalts: halting.filter(isFlaky).length,
    halted: lengthOf(halts),
    longestHalt: longestOf(halts),
    haltDays: countHaltDays(world, halts),
    reminders: issues.reduce((sum, { reminders }) => sum + reminders, 0),
    mentions: mentions.reduce((sum, { length }) => sum + length, 0),
    people: mentions.length,
    mostMentions: mentions.reduce((most, { length }) => Math.max(most, length), 0),
    broken: lengthOf(broken),
    untold: lengthOf(untold),
    letOut: lengthOf(without(broken, halts)),
  };
}

function withinWorld(spans: readonly Span[], { until }: World): readonly Span[] {
  return spans.map(({ from, to }) => ({ from, to: Math.min(to, until.getTime()) }));
}

function countFlakes(
  runs: readonly { readonly cause: string | null; readonly seenAt: number }[],
  { until }: World,
): number {
  return runs.filter(({ cause, seenAt }) => cause === "flaky" && seenAt <= until.getTime()).length;
}

export function countHaltDays({ commits }: Pick<World, "commits">, halts: readonly Span[]): number {
  const days = new Set<number>();
  for (const { from, to } of halts) {
    for (let day = Math.floor(from / DAY); day * DAY < to; day += 1) days.add(day);
  }
  const busy = new Set(commits.map(({ committedAt }) => Math.floor(committedAt.getTime() / DAY)));
  return [...days].filter((day) => busy.has(day)).length;
}
