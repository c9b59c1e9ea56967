import type { Clock } from "../../clock.ts";
import * as wording from "../../domain/wording/slack-answers.ts";
import { Fault } from "../../errors.ts";

/** Resolves when it is the message's turn. Throws a `Fault` with the time of its turn where that is far off. */
export type ChannelPace = (channel: string, key: string) => Promise<void>;

/** Longer waits are left to the queue: whoever waits here keeps a place from others. */
const LONGEST_WAIT = 2_000;
const MOST_KEPT = 10_000;

/**
 * One message a `gap` for each channel: https://docs.slack.dev/apis/web-api/rate-limits. A message that is told to
 * come back keeps its turn, so that each comes back once, however many there are.
 */
export function createChannelPace(
  gap: number,
  clock: Clock,
  sleep: (milliseconds: number) => Promise<void>,
): ChannelPace {
  const nextFree = new Map<string, number>();
  const kept = new Map<string, number>();

  return async (channel, key) => {
    const now = clock.now().getTime();
    const turn = kept.get(key) ?? Math.max(now, nextFree.get(channel) ?? 0);
    if (!kept.has(key)) nextFree.set(channel, turn + gap);
    if (turn - now > LONGEST_WAIT) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, turn);
      throw new Fault({
        kind: "retry-later",
        code: "slack-rate-limited",
        doing: "sending a message",
        detail: wording.slackBusy(),
        retryAt: new Date(turn),
      });
    }
    kept.delete(key);
    if (turn > now) await sleep(turn - now);
  };
}
