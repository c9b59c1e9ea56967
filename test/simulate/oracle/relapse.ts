import type { Sure } from "../judgement.ts";
import { type Evidence, inOrder } from "./evidence.ts";
import { inAll } from "./moment.ts";
import type { Sight, Story } from "./stories.ts";

/** After so long a red is another case. */
export const RELAPSE = 24 * 3_600_000;

/** Red again within a day of its green with no pull request between them: the same case. */
export function isRelapse(story: Story, first: Evidence, { evidence, known }: Sight): Sure {
  if (story.ended === null || story.ended.as !== "green" || story.ended.sha === null) return "no";
  const lastGreen = evidence.findLast((one) => !one.red && inOrder(one, first) < 0);
  // Of several greens, which one is meant is not said: the one that ended it, or the last one before it was red again.
  const greens = [story.ended, ...(lastGreen === undefined ? [] : [lastGreen])];
  return inAll(
    greens.map((green) => {
      const soon = first.at.getTime() - green.at.getTime() <= RELAPSE;
      return soon && !pullRequestBetween(known, green.sha, first.sha) ? "yes" : "no";
    }),
  );
}

function pullRequestBetween({ trunk, merged }: Sight["known"], green: string | null, red: string): boolean {
  const from = green === null ? -1 : trunk.indexOf(green);
  return trunk.slice(from + 1, trunk.indexOf(red) + 1).some((sha) => merged.has(sha));
}
