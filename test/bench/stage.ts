import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  /** Something that happens by itself happens now. */
  readonly tick: (name: string) => Promise<void>;
  readonly holdpointUrl: string;
  readonly holdpointPid: number;
  readonly databaseUrl: string;
  readonly stop: () => Promise<void>;
}

/** `owner/name` of every repository on the stage begins with it. */
export const OWNER = "acme";

/** Settings for a stage on which nothing happens by itself: for what counts calls. */
export const NOTHING_BY_ITSELF = { BENCH_BY_ITSELF: "nothing" } as const;

export async function openStage(
  postgres: BenchServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const remote = await startChild("servers/remote.ts", {}, z.record(z.string(), z.string()));
  // Its anchors of the audit must not meet those of another database.
  const data = await mkdtemp(join(tmpdir(), "holdpoint-bench-data-"));
  const databaseUrl = await postgres.createDatabase("migrated");
  const holdpoint = await startHoldpoint(databaseUrl, remote, {
    HOLDPOINT_DATA_DIR: data,
    ...settings,
  }).catch(async (error: unknown) => {
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
    async tick(name) {
      await holdpoint.ask(name, z.unknown());
    },
    holdpointUrl: holdpoint.ready.url,
    holdpointPid: holdpoint.pid,
    databaseUrl,
    async stop() {
      await holdpoint.stop();
      await remote.stop();
      await rm(data, { recursive: true });
    },
  };
}

async function startHoldpoint(
  databaseUrl: string,
  remote: Child & { readonly ready: Readonly<Record<string, string>> },
  settings: Readonly<Record<string, string>>,
): Promise<Child & { readonly ready: { readonly url: string } }> {
  const environment = {
    ...remote.ready,
    WEBHOOK_SECRET: SECRET,
    DATABASE_URL: databaseUrl,
    PORT: "0",
    LOG_LEVEL: "warn",
    ...settings,
  };
  return await startChild("servers/holdpoint.ts", environment, z.object({ url: z.string() }));
}
