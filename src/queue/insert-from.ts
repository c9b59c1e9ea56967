import { randomUUID } from "node:crypto";
import type { PgBoss } from "pg-boss";
import type { JobKind } from "./jobs.ts";

/** SQL that puts a job for each row that the query answers: its `id`, a uuid, and its `data`. */
export type InsertFrom = (query: string) => string;

/**
 * pg-boss's own INSERT into a queue, reading the jobs from a query instead of its parameter, so that it can be a member
 * of another statement's WITH. It is asked for once, at the start; a pg-boss that puts its jobs in another way is
 * refused then.
 */
export async function readInsertFrom(boss: PgBoss, kind: JobKind): Promise<InsertFrom> {
  const statements: string[] = [];
  await boss.insert(kind, [{ id: randomUUID(), data: {} }], {
    db: {
      executeSql(text) {
        statements.push(text);
        return Promise.resolve({ rows: [] });
      },
    },
  });
  const [before, after, ...more] = statements.join(";").split("$1::text::json");
  if (before === undefined || after === undefined || more.length > 0 || /\$[0-9]/.test(before + after)) {
    throw new Error("pg-boss puts its jobs in a way that this code does not know");
  }
  return (query) => `${before}(select coalesce(json_agg(job), '[]') from (${query}) as job)${after}`;
}
