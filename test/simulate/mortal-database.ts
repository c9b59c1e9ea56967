import type { Database, Transaction } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import type { Life } from "./life.ts";

/** Connections of a replica that may die: before and after each statement, and before and after each commit. */
export function mortalDatabase(life: Life): typeof openDatabase {
  return async (options) => {
    const database = await openDatabase(options);
    const open = new Set<Transaction>();
    life.onDeath(async () => {
      // A server that sees its client go rolls back; what waits for the lock of a dead one would wait for ever else.
      await Promise.all([...open].map((transaction) => transaction.query("rollback")));
    });

    async function guarded<Result>(where: string, work: () => Promise<Result>): Promise<Result> {
      await life.cross(`before ${where}`);
      const result = await work();
      await life.cross(`after ${where}`);
      return result;
    }

    const mortal: Database = {
      query: (sql, values) => guarded(nameOf(sql), () => database.query(sql, values)),
      transaction: (work) =>
        guarded("a transaction", () =>
          database.transaction(async (transaction) => {
            open.add(transaction);
            try {
              const result = await work({
                ...transaction,
                query: (sql, values) => guarded(nameOf(sql), () => transaction.query(sql, values)),
              });
              await life.cross("before commit");
              return result;
            } finally {
              open.delete(transaction);
            }
          }),
        ),
      close: database.close,
    };
    return mortal;
  };
}

/** `insert into holdpoint.effect`: enough to know the place by. */
function nameOf(sql: string): string {
  return sql.trim().split(/\s+/).slice(0, 4).join(" ");
}
