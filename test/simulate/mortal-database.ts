import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import type { Life } from "./life.ts";

/** Connections of a replica that may die: before and after each statement, and before each commit. */
export function mortalDatabase(life: Life): typeof openDatabase {
  return async (options) => {
    const database = await openDatabase(options);
    const mortal: Database = {
      query: (sql, values) => life.through(nameOf(sql), () => database.query(sql, values)),
      transaction: (work) =>
        database.transaction(async (transaction) => {
          const result = await work({
            ...transaction,
            query: (sql, values) => life.through(nameOf(sql), () => transaction.query(sql, values)),
          });
          await life.through("the last statement of a transaction", () => Promise.resolve());
          return result;
        }),
      close: database.close,
    };
    return mortal;
  };
}

/** `insert into holdpoint.effect`: enough to know the place by. */
function nameOf(sql: string): string {
  return sql.trim().split(/\s+/).slice(0, 4).join(" ");
}
