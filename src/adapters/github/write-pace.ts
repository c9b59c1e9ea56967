import type { Clock } from "../../clock.ts";
import type { Caller } from "./caller.ts";

/** Runs the writes of one installation one after another, with a pause between two. Others do not wait for them. */
export type WritePace = <Result>(caller: Caller, write: () => Promise<Result>) => Promise<Result>;

/** GitHub asks for at least a second between writes: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
export function createWritePace(
  gapMilliseconds: number,
  clock: Clock,
  sleep: (milliseconds: number) => Promise<void>,
): WritePace {
  const queues = new Map<string, Promise<unknown>>();
  const lastAt = new Map<string, number>();

  return (caller, write) => {
    const key = caller.kind === "app" ? "app" : String(caller.installation);
    const before = queues.get(key) ?? Promise.resolve();
    const mine = before.then(async () => {
      const wait = (lastAt.get(key) ?? -Infinity) + gapMilliseconds - clock.now().getTime();
      if (wait > 0) await sleep(wait);
      try {
        return await write();
      } finally {
        lastAt.set(key, clock.now().getTime());
      }
    });
    // The next in line waits for this one, whatever came of it; the outcome goes to this one's caller.
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    queues.set(key, settled);
    return mine;
  };
}
