import { z } from "zod";
import { type Child, startChild } from "./child.ts";
import type { BenchServer } from "./database.ts";
import { SECRET } from "./payloads.ts";
import { type Happened, type RemoteQuestion, happenedSchema } from "./remote-questions.ts";

/** A whole Holdpoint in one process, a GitHub and a Jira in another. */
export interface Stage {
  readonly tell: (question: RemoteQuestion) => Promise<void>;
  /** Does something and answers what Holdpoint did because of it. */
  readonly watch: (question: RemoteQuestion) => Promise<Happened>;
  readonly stop: () => Promise<void>;
}

export async function openStage(postgres: BenchServer): Promise<Stage> {
  const remote = await startChild("servers/remote.ts", {}, z.record(z.string(), z.string()));
  const holdpoint = await startHoldpoint(postgres, remote).catch(async (error: unknown) => {
    await remote.stop();
    throw error;
  });
  async function tell(question: RemoteQuestion): Promise<void> {
    await remote.ask(question, z.unknown());
  }
  await tell({ kind: "connect", url: holdpoint.ready.url });
  return {
    tell,
    watch: (question) => remote.ask(question, happenedSchema),
    async stop() {
      await holdpoint.stop();
      await remote.stop();
    },
  };
}

async function startHoldpoint(
  postgres: BenchServer,
  remote: Child & { readonly ready: Readonly<Record<string, string>> },
): Promise<Child & { readonly ready: { readonly url: string } }> {
  const environment = {
    ...remote.ready,
    WEBHOOK_SECRET: SECRET,
    DATABASE_URL: await postgres.createDatabase("migrated"),
    PORT: "0",
    LOG_LEVEL: "warn",
  };
  return await startChild("servers/holdpoint.ts", environment, z.object({ url: z.string() }));
}
