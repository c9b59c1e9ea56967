import type { Queryable } from "./database.ts";

/**
 * The database's time, which starts the clock so that replicas agree. The one query of Holdpoint's that
 * asks the server for it; everything else is given the time.
 */
export async function readDatabaseTime(database: Queryable): Promise<Date> {
  const rows = await database.query<{ readonly now: Date }>("select clock_timestamp() as now");
  const row = rows[0];
  if (row === undefined) throw new Error("the database gave no time");
  return row.now;
}
