import { setTimeout as pause } from "node:timers/promises";
import { type ChaosFault, done } from "./fault.ts";

const PAUSE = 3_000;

export const terminateSessions: ChaosFault = {
  name: "terminate",
  told: "pg_terminate_backend of every session, in the middle of work",
  async strike({ server, life }, { random, times }) {
    let sessions = 0;
    for (let nth = 0; nth < times * 3; nth += 1) {
      await life.begin();
      await pause(PAUSE * (0.5 + random()));
      const [ended] = await server.ask<{ readonly count: number }>(
        `select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
          where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      sessions += ended?.count ?? 0;
    }
    return done({ "sessions ended": sessions });
  },
};
