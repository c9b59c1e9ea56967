import { Pool, type PoolConfig } from "pg";
import type { Log } from "../log.ts";
import { sqlStateOf } from "./database-fault.ts";

/** A pool whose `close` settles when its sessions have ended, not only when it lends no more. */
export interface ClosablePool {
  readonly pool: Pool;
  readonly close: () => Promise<void>;
}

const KEEP_ALIVE_AFTER = 10_000;
const IDLE_AFTER = 60_000;
/** A half-open connection never says good-bye. */
const CLOSED_WITHIN = 2_000;

export function createPool(config: PoolConfig, purpose: string, log: Log): ClosablePool {
  const pool = new Pool({
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    idleTimeoutMillis: IDLE_AFTER,
    application_name: `holdpoint ${purpose}`,
    ...config,
  });
  let closing: Promise<void> | null = null;
  let connected = 0;
  const allGone = Promise.withResolvers<void>();
  pool.on("connect", (client) => {
    connected += 1;
    // The pool listens while a client is idle, its borrower while it is lent; between the two nobody would, and
    // the event would end this process. The next statement rejects all the same.
    client.on("error", () => undefined);
  });
  pool.on("remove", () => {
    connected -= 1;
    if (connected === 0 && closing !== null) allGone.resolve();
  });
  // Without a listener an idle connection that the server ends would end this process.
  pool.on("error", (error) => {
    if (closing !== null) return;
    log.warn("an idle database connection was lost", { code: sqlStateOf(error) ?? "connection", purpose });
  });

  async function close(): Promise<void> {
    await pool.end();
    if (connected === 0) return;
    const timer = setTimeout(allGone.resolve, CLOSED_WITHIN);
    await allGone.promise;
    clearTimeout(timer);
  }
  return { pool, close: () => (closing ??= close()) };
}
