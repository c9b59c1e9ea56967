import type { Tick } from "../../../src/queue/ticks.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Faster would be a load of its own. */
const LEAST = 500;

/** What happens by itself, at the times of a faster clock; never twice at once. */
export function startFastTicks(ticks: readonly Tick[], speed: number): void {
  for (const tick of ticks) {
    let running = false;
    const run = async (): Promise<void> => {
      if (running) return;
      running = true;
      // A tick that fails comes again.
      await tick.run().catch(() => undefined);
      running = false;
    };
    if (tick.atStart === true) void run();
    setInterval(() => void run(), Math.max(LEAST, periodOf(tick.cron) / speed));
  }
}

/** Of six fields, seconds first: the finest one that says "every". */
export function periodOf(cron: string): number {
  const [seconds = "", minutes = ""] = cron.split(" ");
  const everySeconds = /^\*\/(\d+)$/.exec(seconds)?.[1];
  if (everySeconds !== undefined) return Number(everySeconds) * SECOND;
  if (minutes === "*") return MINUTE;
  const everyMinutes = /^\*\/(\d+)$/.exec(minutes)?.[1];
  return everyMinutes === undefined ? 60 * MINUTE : Number(everyMinutes) * MINUTE;
}
