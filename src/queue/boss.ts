import { type Clock as BossClock, type CommandResponse, type Db, PgBoss } from "pg-boss";
import type { Queryable } from "../database/database.ts";
import type { StatementRunner } from "../database/statement-runner.ts";
import { storableEscapes } from "../database/storable.ts";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";
import { SUPERVISE_EVERY } from "./queues.ts";

export type { BossClock };

export interface BossOptions {
  readonly runner: StatementRunner;
  readonly log: Log;
  /** Whether this process watches over heartbeats and old jobs. */
  readonly supervise: boolean;
  readonly superviseEvery?: number;
  /** Steps pg-boss's time and timers in simulation. */
  readonly clock?: BossClock;
}

/** pg-boss on our connections. Its tables are made by `installQueue`; here it changes none. */
export async function startBoss(options: BossOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) => ({ rows: [...(await options.runner.run(text, values))] }),
      setSessionStatements: (statements) => options.runner.setSessionStatements(statements),
    },
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: options.supervise,
    superviseIntervalSeconds: options.superviseEvery ?? SUPERVISE_EVERY,
    monitorIntervalSeconds: options.superviseEvery ?? SUPERVISE_EVERY,
    // Needs the right to change tables; finished jobs are deleted at once, so there is little to rebuild.
    reindex: false,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  // Without a listener an error of its own housekeeping would end this process.
  boss.on("error", (error) => options.log.warn("pg-boss reported an error", { error: asError(error) }));
  boss.on("warning", ({ message }) => options.log.warn("pg-boss warns", { warning: message }));
  await boss.start();
  return boss;
}

/** Lets pg-boss take part in a transaction of ours. Jobs, and what became of them, come as JSON of its own making. */
export function joining(queryable: Queryable): { readonly db: Db } {
  return {
    db: {
      executeSql: async (text, values = []) => {
        const storable = values.map((one: unknown) => (typeof one === "string" ? storableEscapes(one) : one));
        return { rows: [...(await queryable.query(text, storable))] };
      },
    },
  };
}

/**
 * Which jobs a command reached. pg-boss answers it and leaves it out of its types (12.35); an answer without
 * it is a version that this code does not know.
 */
export function reachedIds(response: CommandResponse): readonly string[] {
  const ids: unknown = "settled" in response ? response.settled : null;
  if (!Array.isArray(ids)) throw new Error("pg-boss did not say which jobs it reached");
  return ids.filter((id) => typeof id === "string");
}
