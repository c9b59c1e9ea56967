import { schedule } from "node-cron";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";

/** Something that happens by itself, again and again. */
export interface Tick {
  readonly name: string;
  /** Six fields, seconds first, in UTC. */
  readonly cron: string;
  readonly run: () => Promise<void>;
  /** Also as soon as the ticks start: what was missed while nobody was there is not left to its time. */
  readonly atStart?: boolean;
}

export interface Ticks {
  /** No more ticks; settles when those that run have ended. */
  readonly stop: () => Promise<void>;
}

export interface TicksOptions {
  readonly ticks: readonly Tick[];
  readonly log: Log;
}

/**
 * Runs each tick at its times, never twice at once within this process: a run that takes longer than the pause to the
 * next lets that one pass. Other replicas tick too, so a tick must do no harm when it happens twice. A tick that fails is logged
 * and comes again. Missed ones are not made up for: what is due is found by the next.
 */
export function startTicks({ ticks, log }: TicksOptions): Ticks {
  const running = new Map<string, Promise<void>>();

  async function runOnce({ name, run }: Tick): Promise<void> {
    try {
      await run();
    } catch (error) {
      log.warn("a scheduled task failed and comes again", { tick: name, error: asError(error) });
    } finally {
      running.delete(name);
    }
  }

  function begin(tick: Tick): void {
    if (!running.has(tick.name)) running.set(tick.name, runOnce(tick));
  }

  for (const tick of ticks) if (tick.atStart === true) begin(tick);
  const tasks = ticks.map((tick) =>
    schedule(tick.cron, () => begin(tick), {
      name: tick.name,
      timezone: "UTC",
      logger: quietLogger(log),
      suppressMissedWarning: true,
    }),
  );
  return {
    async stop() {
      for (const task of tasks) await task.destroy();
      await Promise.all(running.values());
    },
  };
}

/** node-cron's own remarks go where ours go. */
function quietLogger(log: Log): {
  info: (message: string) => void;
  warn: (message: string) => void;
  error: (message: string | Error) => void;
  debug: (message: string | Error) => void;
} {
  return {
    info: () => undefined,
    debug: () => undefined,
    warn: (message) => log.warn("node-cron warns", { warning: message }),
    error: (message) => log.warn("node-cron reported an error", { error: asError(message) }),
  };
}
