import { setTimeout as pause } from "node:timers/promises";
import type { Pool, PoolClient, QueryResult, QueryResultRow } from "pg";
import { Fault, asError } from "../errors.ts";
import type { Log } from "../log.ts";
import { createPool } from "./create-pool.ts";
import { spoilsSession, sqlStateOf, toDatabaseFault } from "./database-fault.ts";
import type { Database, Queryable, Transaction } from "./database.ts";
import { storableParameter } from "./storable.ts";

/**
 * What the connections are for.
 *
 * intake   a few of its own, so that busy workers never keep a webhook waiting, and tighter times, so that GitHub
 *          is told of a failure within its 10 seconds
 * settle   the queue's own bookkeeping; its commits do not wait for the disk. Should the server crash within
 *          the next half second, a finished job is active again and is done once more, which it must bear anyhow;
 *          what the job itself wrote was durable before (the log is written in order)
 */
export type DatabasePurpose = "work" | "intake" | "settle";

interface Limits {
  readonly connections: number;
  /** Milliseconds, each: until a connection is had, until the server ends a statement, until we no longer wait for it. */
  readonly connect: number;
  readonly statement: number;
  readonly answer: number;
}

export const DATABASE_LIMITS: Readonly<Record<DatabasePurpose, Limits>> = {
  work: { connections: 10, connect: 5_000, statement: 6_000, answer: 7_000 },
  intake: { connections: 3, connect: 2_000, statement: 4_000, answer: 5_000 },
  settle: { connections: 4, connect: 5_000, statement: 6_000, answer: 7_000 },
};

export interface OpenDatabaseOptions {
  readonly url: string;
  readonly purpose: DatabasePurpose;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
}

/** Commits do not wait for the disk; an address with options of its own keeps those instead. */
export const WITHOUT_WAITING = "-c synchronous_commit=off";
const TRIES = 4;
/** Milliseconds at most, times the tries so far. */
const CONFLICT_PAUSE = 30;

/**
 * A pool of connections; the first one is made, so that a wrong address is told at once.
 *
 * Faults: `database-unavailable`, `-busy`, `-timeout`, `-conflict`, `-read-only`, `-full` (retry later);
 * `-refused`, `-missing`, `-permission` (misconfigured); `-constraint`, `-damaged`, `-error` (never retry).
 * `database-commit-unknown`: the connection was lost while committing, so look before you do it again.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const limits = { ...DATABASE_LIMITS[options.purpose], ...options.limits };
  const { pool, close } = createPool(
    {
      connectionString: options.url,
      max: limits.connections,
      connectionTimeoutMillis: limits.connect,
      statement_timeout: limits.statement,
      // A half-open connection never answers: the server's own time-out cannot be heard, so we have one too.
      query_timeout: limits.answer,
      idle_in_transaction_session_timeout: limits.statement,
      ...(options.purpose === "settle" ? { options: WITHOUT_WAITING } : {}),
    },
    options.purpose,
    options.log,
  );
  const database = createDatabase(pool, close);
  try {
    await database.query("select 1");
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function createDatabase(pool: Pool, close: () => Promise<void>): Database {
  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      if (sqlStateOf(error) === null && pool.totalCount >= pool.options.max) {
        throw new Fault({
          kind: "retry-later",
          code: "database-busy",
          doing: "waiting for a database connection",
          detail: "all connections are in use",
          cause: error,
        });
      }
      throw toDatabaseFault(error, "connecting to the database");
    }
  }

  /** Lends a connection and takes it back, or throws it away when it is of no more use. */
  async function borrow<Result>(use: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await connect();
    let spoilt: Error | null = null;
    // While lent, an error of the connection is the client's to report; the query under way rejects too.
    function noteLoss(error: Error): void {
      spoilt = error;
    }
    client.on("error", noteLoss);
    try {
      return await use(client);
    } catch (error) {
      if (isFromDriver(error) && spoilsSession(error)) spoilt = asError(error);
      throw error;
    } finally {
      client.off("error", noteLoss);
      client.release(spoilt ?? undefined);
    }
  }

  async function attempt<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const followUps: (() => void)[] = [];
    const result = await borrow(async (client) => {
      await run(client, "begin");
      let done: Result;
      try {
        done = await work({
          ...queryThrough(client),
          open: true,
          afterCommit: (action) => void followUps.push(action),
        });
      } catch (error) {
        await rollBack(client, error);
        throw error;
      }
      await commit(client);
      return done;
    });
    for (const followUp of followUps) followUp();
    return result;
  }

  return {
    query: (sql, values) => borrow((client) => queryThrough(client).query(sql, values)),
    async transaction(work) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(work);
        } catch (error) {
          if (!isConflict(error) || tries >= TRIES) throw error;
        }
        // At once, it can take the lock again that the other was just given, and both wait anew.
        await pause(Math.random() * CONFLICT_PAUSE * tries);
      }
    },
    close,
  };
}

function queryThrough(client: PoolClient): Queryable {
  return {
    async query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
      const answer = await run<QueryResultRow & Row>(client, sql, values);
      return answer.rows;
    },
  };
}

async function run<Row extends QueryResultRow>(
  client: PoolClient,
  sql: string,
  values: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  try {
    return await client.query<Row>(sql, values.map(storableParameter));
  } catch (error) {
    throw toDatabaseFault(error, nameStatement(sql));
  }
}

/** Nothing can be done about a rollback that fails but to give the connection up, which ends it too. */
async function rollBack(client: PoolClient, because: unknown): Promise<void> {
  if (isFromDriver(because) && spoilsSession(because)) return;
  await run(client, "rollback");
}

async function commit(client: PoolClient): Promise<void> {
  const answer = await run(client, "commit").catch((error: unknown) => {
    if (!spoilsSession(error)) throw error;
    throw new Fault({
      kind: "retry-later",
      code: "database-commit-unknown",
      doing: "committing a transaction",
      detail: "the connection was lost before the answer came",
      cause: error instanceof Fault ? error.cause : error,
    });
  });
  // PostgreSQL answers COMMIT with ROLLBACK where a failed statement was caught and forgotten.
  if (answer.command !== "COMMIT") {
    throw new Fault({
      kind: "never-retry",
      code: "database-rolled-back",
      doing: "committing a transaction",
      detail: "a statement in it had failed",
    });
  }
}

function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === "40001" || state === "40P01";
}

/** Work in a transaction throws faults of its own (a lost race, GitHub): they say nothing of the session. */
function isFromDriver(error: unknown): error is Fault {
  return error instanceof Fault && error.code.startsWith("database-") && error.cause !== undefined;
}

/** The first words, whitespace folded: SQL of ours holds no values. */
function nameStatement(sql: string): string {
  const words = sql.trim().replaceAll(/\s+/g, " ");
  return `running “${words.length > 60 ? `${words.slice(0, 60)}…` : words}”`;
}
