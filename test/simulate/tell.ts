import type { Difference } from "./judgement.ts";
import type { Seed } from "./run-seed.ts";
import type { Story } from "./shrink.ts";
import type { Outcome } from "./world.ts";

/** What is counted, and has to be nothing. */
export const WRONGS: readonly Difference["what"][] = [
  "wrong halt",
  "wrong opening",
  "early expiry",
  "late expiry",
  "missing issue",
  "duplicate issue",
  "wrong issue",
  "said twice",
  "not said",
  "audit",
  "parked",
  "other",
];

/** How a seed came out, in a few lines for a terminal. */
export function tellOutcome({ seed, days, repositories }: Seed, outcome: Outcome, seconds: number): string {
  const { letters, calls } = outcome;
  const wrong = WRONGS.map(
    (what) => [what, outcome.differences.filter((one) => one.what === what).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${String(count)} ${what}`);
  return [
    `seed ${String(seed)}: ${String(days)} days, ${String(repositories)} repositories, ${wrong.length === 0 ? "nothing wrong" : wrong.join(", ")}`,
    `  ${String(outcome.facts.length)} things happened, ${String(outcome.quietMoments)} quiet moments were held against the oracle`,
    `  ${String(letters.sent)} webhooks: ${String(letters.late)} late, ${String(letters.twice)} twice, ${String(letters.refused)} refused, ${String(letters.never)} never`,
    `  ${String(calls.github)} calls to GitHub, ${String(calls.jira)} to Jira, ${String(calls.slack)} to Slack; ${String(outcome.deaths.length)} replicas died`,
    `  ${(outcome.days / seconds).toFixed(2)} simulated days a second; digest ${outcome.digest}`,
  ].join("\n");
}

export function tellDifference(one: Difference): string {
  return `  ${one.at.toISOString()} ${one.repository} ${one.what}\n    expected: ${one.expected}\n    seen:     ${one.seen}`;
}

export function replayCommand({ seed, days, repositories }: Seed): string {
  return `npm run simulate -- --seed ${String(seed)} --days ${String(days)} --repositories ${String(repositories)}`;
}

/** The moves that are left, as somebody would tell them. */
export function tellStory({ moves, difference }: Story): string {
  return [
    `the shortest story of it that was found (${String(moves.length)} moves):`,
    ...moves.map(
      ({ at, kind, repository }) => `  ${at.toISOString()} shop-${String(repository + 1)}: ${kind}`,
    ),
    tellDifference(difference),
  ].join("\n");
}
