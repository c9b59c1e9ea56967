import { openDatabase } from "../../../src/database/open-database.ts";
import type { Database, Transaction } from "../../../src/database/database.ts";
import type { Boundary } from "../../../src/main.ts";
import { createQueue } from "../../../src/queue/create-queue.ts";
import type { JobHandlers } from "../../../src/queue/jobs.ts";
import { fetchByWayOf } from "../proxies/fetch-by-way-of.ts";
import { nameCall } from "./call-name.ts";
import type { FaultPoints } from "./fault-points.ts";
import { isWrite, nameStatement } from "./statement-name.ts";

/**
 * All that leaves the process passes a named point before and after: calls, statements, commits, jobs taken and ended. Only what
 * pg-boss asks on connections of its own (fetching, heartbeats) has no names: it is between two jobs.
 */
export function createBoundary(
  points: FaultPoints,
  /** By way of which address a call goes; null: straight. */
  proxyFor: (url: string) => string | null,
): Pick<Boundary, "fetch" | "openDatabase" | "createQueue"> {
  async function around<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
    points.pass(`before ${name}`);
    const result = await act();
    points.pass(`after ${name}`);
    return result;
  }

  function watch(database: Database, purpose: string): Database {
    const where = purpose === "work" ? "" : ` (${purpose})`;
    return {
      ...database,
      query: (sql, values) => around(`${nameStatement(sql)}${where}`, () => database.query(sql, values)),
      async transaction(work) {
        let name = "reads";
        const result = await database.transaction(async (transaction) => {
          name = "reads";
          const watched: Transaction = {
            ...transaction,
            query(sql, values) {
              const statement = nameStatement(sql);
              if (name === "reads" && isWrite(sql)) name = statement;
              return around(`${statement}${where}`, () => transaction.query(sql, values));
            },
          };
          const done = await work(watched);
          points.pass(`before commit of ${name}${where}`);
          return done;
        });
        points.pass(`after commit of ${name}${where}`);
        return result;
      },
    };
  }

  function named(handlers: JobHandlers): JobHandlers {
    return {
      delivery: (data, context) => around("a delivery", () => handlers.delivery(data, context)),
      look: (data, context) => around(`a look at ${data.subject.kind}`, () => handlers.look(data, context)),
      effect: (data, context) =>
        around(`an effect on ${kindOfTarget(data.target)}`, () => handlers.effect(data, context)),
    };
  }

  return {
    fetch(input, init) {
      const request = new Request(input, init);
      const name = nameCall(request.method, request.url, init?.body);
      const proxy = proxyFor(request.url);
      return around(name, () => (proxy === null ? fetch(input, init) : fetchByWayOf(proxy, request)));
    },
    openDatabase: async (options) => watch(await openDatabase(options), options.purpose),
    async createQueue(options) {
      const queue = await createQueue(options);
      return { ...queue, work: (handlers) => queue.work(named(handlers)) };
    },
  };
}

/** Targets begin with the kind of what they are about. */
function kindOfTarget(target: string): string {
  return /^[a-z-]+/.exec(target)?.[0] ?? "something";
}
