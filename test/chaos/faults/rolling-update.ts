import { setTimeout as pause } from "node:timers/promises";
import { previousVersion } from "../previous-version.ts";
import { type ChaosFault, done } from "./fault.ts";

const BESIDE_EACH_OTHER = 20_000;

export const rollingUpdate: ChaosFault = {
  name: "rolling-update",
  told: "replicas of the version before the newest migration, replaced by today's one after the other, SIGTERM by SIGTERM",
  stage: { before: true },
  async strike({ replicas, life, server }, _options) {
    const previous = previousVersion();
    if (previous.state === "missing") return { state: "skipped", because: previous.because };
    const before = await countMigrations();
    await life.begin();
    await life.begin();
    await pause(5_000);
    replicas.startAsToday();
    for (let index = 0; index < replicas.count; index += 1) {
      await replicas.replace(index);
      await life.begin();
      await pause(BESIDE_EACH_OTHER / replicas.count);
    }
    const after = await countMigrations();
    return done(
      { "migrations before": before, "migrations after": after },
      after > before ? [] : ["nothing was migrated"],
    );

    async function countMigrations(): Promise<number> {
      const [row] = await server.ask<{ readonly count: number }>(
        "select count(*)::int as count from holdpoint.migration",
      );
      return row?.count ?? 0;
    }
  },
};
