import type { Log } from "../log.ts";
import { createPool } from "./create-pool.ts";
import { sqlStateOf } from "./database-fault.ts";
import { DATABASE_LIMITS, WITHOUT_WAITING } from "./open-database.ts";

/** Runs whole texts of SQL for a library that brings its own, BEGIN and COMMIT included. */
export interface StatementRunner {
  /** The rows of the last statement of the text that has any. Errors are the driver's own. */
  readonly run: (text: string, values?: readonly unknown[]) => Promise<readonly unknown[]>;
  /** Run on each connection before anything else, from now on. */
  readonly setSessionStatements: (statements: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * A pool for such texts, with the same time-outs as everybody's; like `settle`, its commits do not wait for the disk. A connection on which one failed is thrown
 * away: it may be left inside a transaction that can only fail.
 */
export function openStatementRunner(options: {
  readonly url: string;
  readonly connections: number;
  readonly log: Log;
}): StatementRunner {
  const limits = DATABASE_LIMITS.work;
  const { pool, close } = createPool(
    {
      connectionString: options.url,
      max: options.connections,
      connectionTimeoutMillis: limits.connect,
      statement_timeout: limits.statement,
      query_timeout: limits.answer,
      options: WITHOUT_WAITING,
    },
    "queue",
    options.log,
  );
  let sessionStatements: readonly string[] = [];
  pool.on("connect", (client) => {
    for (const statement of sessionStatements) {
      client.query(statement).catch((error: unknown) => {
        options.log.warn("a database session could not be set up", {
          code: sqlStateOf(error) ?? "connection",
        });
      });
    }
  });
  return {
    setSessionStatements(statements) {
      sessionStatements = statements;
      return Promise.resolve();
    },
    async run(text, values = []) {
      const client = await pool.connect();
      const ignore = (): void => undefined;
      client.on("error", ignore);
      try {
        const answer: unknown = await client.query(text, [...values]);
        client.off("error", ignore);
        client.release();
        return rowsOf(answer);
      } catch (error) {
        client.off("error", ignore);
        client.release(true);
        throw error;
      }
    },
    close,
  };
}

/** A text of several statements is answered with a list of results. */
function rowsOf(answer: unknown): readonly unknown[] {
  const results: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const rows = results.flatMap((result) => {
    const found: unknown = typeof result === "object" && result !== null ? Reflect.get(result, "rows") : null;
    return Array.isArray(found) && found.length > 0 ? [found] : [];
  });
  return rows.at(-1) ?? [];
}
