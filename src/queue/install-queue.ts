import { PgBoss } from "pg-boss";
import { asError } from "../errors.ts";
import type { Log } from "../log.ts";
import { grantRuntime } from "../database/grant-runtime.ts";
import { withOwnerSession } from "../database/with-owner-session.ts";
import { QUEUES } from "./queues.ts";

export interface InstallQueueOptions {
  /** Of the role that may change tables. */
  readonly url: string;
  /** The role that Holdpoint runs as, where it is another one. */
  readonly runtimeRole: string | null;
  readonly log: Log;
}

/**
 * Makes pg-boss's schema `pgboss` and our queues in it, or brings them up to date. pg-boss takes an advisory lock of its own,
 * so several at once do no harm. Run after `migrate`, with the same role.
 */
export async function installQueue(options: InstallQueueOptions): Promise<void> {
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: "holdpoint migrate",
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on("error", (error) => options.log.warn("pg-boss reported an error", { error: asError(error) }));
  await boss.start();
  try {
    for (const [name, settings] of Object.entries(QUEUES)) {
      await boss.createQueue(name, settings);
      const { policy: _fixed, ...changeable } = settings;
      await boss.updateQueue(name, changeable);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  const { runtimeRole } = options;
  if (runtimeRole === null) return;
  await withOwnerSession(options.url, "granting the queue's rights", (session) =>
    grantRuntime(session, { schema: "pgboss", role: runtimeRole }),
  );
}
