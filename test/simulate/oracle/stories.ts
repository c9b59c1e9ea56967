import type { SimulatedPolicy } from "../fact.ts";
import { type Check, type Evidence, inOrder, isNamed, streakOf } from "./evidence.ts";
import type { Known } from "./known.ts";
import type { Standing } from "./policies.ts";
import { isRelapse } from "./relapse.ts";

/** One red streak of one check, as somebody knows it who looked at certain moments. */
export interface Story {
  readonly check: Check;
  readonly firstRed: string;
  readonly newestRed: Pick<Evidence, "sha" | "run" | "attempt">;
  /** From when its grace is counted; `to` is null until Holdpoint is known to have seen that it begins to be watched. */
  readonly clock: { readonly from: Date; readonly to: Date | null };
  readonly graceHours: number;
  /** When it was red again after a green; what was done before that may have been done while it was green. */
  readonly againAt: Date | null;
  readonly ended: Ending | null;
}

export interface Ending {
  readonly as: "green" | "by-hand" | "void";
  readonly at: Date;
  readonly sha: string | null;
}

/** What somebody may know of one check: the streak that is under way, or the one before. */
export interface Mind {
  readonly story: Story | null;
  /** It was named by the policy when it was last looked at. */
  readonly watched: boolean;
  readonly observing: boolean;
}

/** What a look at one check sees. */
export interface Sight {
  readonly known: Known;
  readonly check: Check;
  readonly evidence: readonly Evidence[];
  readonly at: Date;
}

/** What is known of a check after a look with this policy in force; several where the law leaves room. */
export function look(mind: Mind, policy: Standing, sight: Sight): readonly Mind[] {
  const named = policy !== null && isNamed(policy, sight.check);
  const observing = policy === null ? mind.observing : policy.mode === "observe";
  const after = { watched: named, observing };
  if (mind.story !== null && mind.story.ended === null) {
    const story = restart(mind.story, mind.observing && !observing, sight);
    if (!named) return [{ story: dropped(story, sight), ...after }];
    const over = splitByGreen(story, sight);
    const stories = over === null ? [goOn(story, sight)] : begin({ ...mind, story: over }, policy, sight);
    return stories.map((one) => ({ story: one, ...after }));
  }
  if (!named) return [{ story: mind.story, ...after }];
  return begin(mind, policy, sight).map((story) => ({ story, ...after }));
}

/** Observing has become enforcing: the clock begins anew. */
function restart(story: Story, enforced: boolean, { known }: Sight): Story {
  return enforced ? { ...story, clock: { from: sinceWhen(known), to: null } } : story;
}

/** No policy that is in force names it any more: somebody accepted that. */
function dropped(story: Story, { at }: Sight): Story {
  return { ...story, ended: { as: "void", at, sha: null } };
}

/** An open story: green ends it if it comes after its newest red; after a force-push that may be nowhere, then only a newer run can. */
function goOn(story: Story, { evidence }: Sight): Story {
  const newest = evidence.at(-1);
  if (newest === undefined) return story;
  if (!comesAfter(newest, story, evidence)) return story;
  if (newest.red) return { ...story, newestRed: shortOf(newest) };
  // Whoever looked later saw more greens; the first of them is the one that was enough.
  const [enough = newest] = evidence
    .slice(evidence.findLastIndex(({ red }) => red) + 1)
    .filter((one) => comesAfter(one, story, evidence));
  return { ...story, ended: { as: "green", at: enough.at, sha: enough.sha } };
}

/**
 * A run on an older commit was tried again and is green now, while a newer commit is red: by the order of the trunk the streak ended there,
 * and what is red after it is another one, whenever either became known.
 */
function splitByGreen(story: Story, { evidence }: Sight): Story | null {
  const [first] = streakOf(evidence);
  const begun = evidence.find(({ sha }) => sha === story.firstRed);
  if (first === undefined || begun === undefined || inOrder(first, begun) <= 0) return null;
  const green = evidence.findLast((one) => !one.red && inOrder(one, first) < 0);
  if (green === undefined || inOrder(green, begun) < 0) return null;
  return { ...story, newestRed: shortOf(green), ended: { as: "green", at: green.at, sha: green.sha } };
}

function comesAfter(one: Evidence, { newestRed }: Story, evidence: readonly Evidence[]): boolean {
  const { sha, run, attempt } = newestRed;
  const place = evidence.find((other) => other.sha === sha)?.place;
  return place === undefined ? one.run > run : inOrder(one, { place, run, attempt }) > 0;
}

function begin({ story, watched }: Mind, policy: SimulatedPolicy, sight: Sight): readonly (Story | null)[] {
  const streak = streakOf(sight.evidence);
  const [first] = streak;
  const newest = streak.at(-1);
  if (first === undefined || newest === undefined) return [story];
  const again = story === null ? "no" : isRelapse(story, first, sight);
  const same =
    story === null ? [] : [{ ...story, newestRed: shortOf(newest), againAt: first.at, ended: null }];
  if (again === "yes") return streak.length >= policy.confirm ? same : [...same, story];
  const other = beginAnew(story, watched, policy, streak, sight);
  return again === "maybe" ? [...same, ...other] : other;
}

function beginAnew(
  story: Story | null,
  watched: boolean,
  policy: SimulatedPolicy,
  streak: readonly Evidence[],
  { known, check }: Sight,
): readonly (Story | null)[] {
  const [first] = streak;
  const newest = streak.at(-1);
  const confirming = streak[policy.confirm - 1];
  if (first === undefined || newest === undefined || confirming === undefined) return [story];
  // What an ended story had seen opens no other one: nothing is new.
  if (story !== null && newest.run === story.newestRed.run && newest.attempt === story.newestRed.attempt)
    return [story];
  const opened: Story = {
    check,
    firstRed: first.sha,
    newestRed: shortOf(newest),
    clock: { from: confirming.at, to: confirming.at },
    graceHours: policy.graceHours,
    againAt: null,
    ended: null,
  };
  if (watched) return [opened];
  const since = sinceWhen(known);
  const adopted = { ...opened, clock: { from: since, to: null } };
  return confirming.at < since ? [adopted] : [opened, adopted];
}

function shortOf({ sha, run, attempt }: Evidence): Story["newestRed"] {
  return { sha, run, attempt };
}

/** When the policy became what it is. */
function sinceWhen(known: Known): Date {
  return known.policies.findLast(({ policy }) => policy !== "broken")?.at ?? new Date(0);
}
