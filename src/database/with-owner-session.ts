import { Client, type QueryResultRow } from "pg";
import { toDatabaseFault } from "./database-fault.ts";
import type { Queryable } from "./database.ts";

/** One session of the role that may change tables. */
export interface OwnerSession extends Queryable {
  /** Several statements at once, without parameters. */
  readonly script: (sql: string) => Promise<void>;
}

const CONNECT_WITHIN = 10_000;

/** A session of its own, without the pool's time-outs: migrations may take long. Ended afterwards in any case. */
export async function withOwnerSession<Result>(
  url: string,
  doing: string,
  use: (session: OwnerSession) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: url,
    application_name: "holdpoint migrate",
    connectionTimeoutMillis: CONNECT_WITHIN,
    keepAlive: true,
  });
  // The statement under way rejects as well; the event alone would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use({
      async query<Row>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
        const answer = await client.query<QueryResultRow & Row>(sql, [...values]);
        return answer.rows;
      },
      async script(sql) {
        await client.query(sql);
      },
    });
  } catch (error) {
    throw toDatabaseFault(error, doing);
  } finally {
    await client.end();
  }
}
