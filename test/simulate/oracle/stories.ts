import type { SimulatedPolicy } from "../fact.ts";
import { type Check, type Evidence, evidenceOf, inOrder, isNamed, streakOf } from "./evidence.ts";
import { type Known, policyOf } from "./known.ts";

/** One red streak of one check, as somebody knows it who looked at certain moments. */
export interface Story {
  readonly check: Check;
  readonly firstRed: string;
  readonly newestRed: Pick<Evidence, "sha" | "run" | "attempt">;
  /** From when its grace is counted; `to` is null until Holdpoint is known to have seen that it begins to be watched. */
  readonly clock: { readonly from: Date; readonly to: Date | null };
  readonly graceHours: number;
  readonly ended: {
    readonly as: "green" | "by-hand" | "void";
    readonly at: Date;
    readonly sha: string | null;
  } | null;
}

/** What somebody may know of one check: the streak that is under way, or the one before. */
export interface Mind {
  readonly story: Story | null;
  /** It was named by the policy when it was last looked at. */
  readonly watched: boolean;
  readonly observing: boolean;
}

const DAY = 24 * 3_600_000;

/** What is known of a check after a look at this moment; several where the law leaves room. */
export function look(mind: Mind, check: Check, known: Known): readonly Mind[] {
  const policy = policyOf(known);
  const named = policy !== null && isNamed(policy, check);
  const observing = policy === null ? mind.observing : policy.mode === "observe";
  const evidence = evidenceOf(known, check);
  const after = { watched: named, observing };
  if (mind.story !== null && mind.story.ended === null) {
    const enforced = mind.observing && !observing && policy !== null;
    const story = goOn(
      enforced ? { ...mind.story, clock: { from: sinceWhen(known), to: null } } : mind.story,
      evidence,
    );
    return [{ story, ...after }];
  }
  if (!named) return [{ story: mind.story, ...after }];
  return begin(mind, check, policy, known, evidence).map((story) => ({ story, ...after }));
}

/** An open story: green ends it if it comes after its newest red; after a force-push that may be nowhere, then only a newer run can. */
function goOn(story: Story, evidence: readonly Evidence[]): Story {
  const newest = evidence.at(-1);
  if (newest === undefined) return story;
  const { sha, run, attempt } = story.newestRed;
  const place = evidence.find((one) => one.sha === sha)?.place;
  const isAfter = place === undefined ? newest.run > run : inOrder(newest, { place, run, attempt }) > 0;
  if (newest.red) return isAfter ? { ...story, newestRed: newest } : story;
  if (!isAfter) return story;
  return { ...story, ended: { as: "green", at: newest.at, sha: newest.sha } };
}

function begin(
  { story, watched }: Mind,
  check: Check,
  policy: SimulatedPolicy,
  known: Known,
  evidence: readonly Evidence[],
): readonly (Story | null)[] {
  const streak = streakOf(evidence);
  const [first] = streak;
  const newest = streak.at(-1);
  if (first === undefined || newest === undefined) return [story];
  const again = story === null ? "no" : isRelapse(story, first, evidence, known);
  const same = story === null ? [] : [{ ...story, newestRed: newest, ended: null }];
  if (again === "yes") return streak.length >= policy.confirm ? same : [...same, story];
  const maybeSame = again === "maybe" ? same : [];
  const confirming = streak[policy.confirm - 1];
  if (confirming === undefined) return [...maybeSame, story];
  const opened: Story = {
    check,
    firstRed: first.sha,
    newestRed: newest,
    clock: { from: confirming.at, to: confirming.at },
    graceHours: policy.graceHours,
    ended: null,
  };
  if (watched) return [...maybeSame, opened];
  const since = sinceWhen(known);
  const adopted = { ...opened, clock: { from: since, to: null } };
  return confirming.at < since ? [...maybeSame, adopted] : [...maybeSame, opened, adopted];
}

/** Red again within a day of its green with no pull request between them: the same case. */
function isRelapse(
  story: Story,
  first: Evidence,
  evidence: readonly Evidence[],
  known: Known,
): "yes" | "no" | "maybe" {
  if (story.ended === null || story.ended.as !== "green") return "no";
  const lastGreen = evidence.findLast((one) => !one.red && inOrder(one, first) < 0);
  const greens = [
    { at: story.ended.at, sha: story.ended.sha },
    ...(lastGreen === undefined ? [] : [{ at: lastGreen.at, sha: lastGreen.sha }]),
  ];
  const answers = greens.map(
    (green) =>
      first.at.getTime() - green.at.getTime() <= DAY && !pullRequestBetween(known, green.sha, first.sha),
  );
  if (answers.every(Boolean)) return "yes";
  return answers.some(Boolean) ? "maybe" : "no";
}

function pullRequestBetween(known: Known, green: string | null, red: string): boolean {
  const from = green === null ? -1 : known.trunk.indexOf(green);
  return known.trunk.slice(from + 1, known.trunk.indexOf(red) + 1).some((sha) => known.merged.has(sha));
}

/** When the policy became what it is. */
function sinceWhen(known: Known): Date {
  return known.policies.findLast(({ policy }) => policy !== "broken")?.at ?? new Date(0);
}
