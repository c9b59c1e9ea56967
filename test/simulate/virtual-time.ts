import { type Clock as BossClock, TestClock } from "pg-boss";
import type { Clock } from "../../src/clock.ts";
import type { StatementRunner } from "../../src/database/statement-runner.ts";

/** The one time of a simulated world: everybody's clock, Holdpoint's, GitHub's and the queue's. It stands still unless it is moved. */
export interface VirtualTime {
  readonly clock: Clock;
  /** For pg-boss: the same time in JavaScript and in its SQL. Its timers never fire by themselves. */
  readonly boss: BossClock;
  readonly now: () => Date;
  /** A little later: something took its time. */
  readonly take: (milliseconds: number) => void;
  /** To a moment that is not in the past. */
  readonly moveTo: (at: Date) => void;
  /** Tells the database what time it is: by that jobs are due. */
  readonly tell: () => Promise<void>;
  /** What the database was told last. */
  readonly told: () => Date;
}

/**
 * When the server tidies up by itself depends on how fast this machine is, and with it the order of rows that nobody sorted. The world
 * tidies up at its quiet moments instead.
 */
const WITHOUT_AUTOVACUUM = `do $$
declare one regclass;
begin
  for one in select oid from pg_class
              where relkind = 'r' and relnamespace in ('holdpoint'::regnamespace, 'pgboss'::regnamespace)
  loop
    execute format('alter table %s set (autovacuum_enabled = false)', one);
  end loop;
end $$`;

export async function startVirtualTime(
  start: Date,
  runner: StatementRunner,
  databaseName: string,
): Promise<VirtualTime> {
  const test = new TestClock(start);
  let now = start.getTime();
  // Each session of this database reads the virtual time, those of our own transactions included.
  await runner.run(`alter database ${databaseName} set pgboss.test_clock = 'on'`);
  // pg-boss lets the database throw the dice for the pause before a retry: another function of that name is found before its own.
  await runner.run("create schema simulation");
  await runner.run(
    "create function simulation.random() returns double precision language sql return 0.5::double precision",
  );
  await runner.run(`alter database ${databaseName} set search_path = simulation, pg_catalog, public`);
  await runner.run(WITHOUT_AUTOVACUUM);
  await test.attach({
    db: { executeSql: async (text, values) => ({ rows: [...(await runner.run(text, values))] }) },
    schema: "pgboss",
  });
  const boss: BossClock & { attach: () => Promise<AsyncDisposable> } = {
    now: () => now,
    setTimeout: (action, milliseconds) => test.setTimeout(action, milliseconds),
    clearTimeout: (timer) => test.clearTimeout(timer),
    setInterval: (action, milliseconds) => test.setInterval(action, milliseconds),
    clearInterval: (timer) => test.clearInterval(timer),
    // It is attached already, for all replicas, and outlives each of them.
    attach: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
  };
  return {
    clock: { now: () => new Date(now) },
    boss,
    now: () => new Date(now),
    take(milliseconds) {
      now += milliseconds;
    },
    moveTo(at) {
      now = Math.max(now, at.getTime());
    },
    told: () => new Date(test.now()),
    async tell() {
      if (test.now() !== now) await test.setTime(now);
    },
  };
}
