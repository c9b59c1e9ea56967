import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../src/database/migrate.ts";
import { startOwnServer } from "../../src/database/own-server/start-own-server.ts";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { installQueue } from "../../src/queue/install-queue.ts";
import { judgeUseOf } from "../project/judge-use-of.ts";
import { loudLog } from "./loud-log.ts";
import { writeToMemory } from "./memory-folder.ts";

/** Where the tests' databases are made. */
export interface TestServer {
  /** Addresses with `%DATABASE%` in the place of a database's name. */
  readonly ownerUrl: string;
  readonly runtimeUrl: string;
  readonly runtimeRole: string | null;
  /** Copied for each test file. */
  readonly template: string;
  /** Where each story writes what it used of GitHub, a line each. */
  readonly useFile: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly testServer: TestServer;
  }
}

/**
 * One PostgreSQL for the whole run, its template migrated once. It is our own server; with DATABASE_URL set, that one is used
 * instead, by a role that may create databases. fsync is off for ours: nothing of it outlives the run, and what
 * durability needs is tested where a server of its own is started.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const forget = await writeToMemory();
  const { server, stop } = await findServer();
  await withOwnerSession(fill(server.ownerUrl, "postgres"), "making the template", (session) =>
    session.script(`create database ${server.template}`),
  );
  const options = { url: fill(server.ownerUrl, server.template), runtimeRole: server.runtimeRole };
  await migrate({ ...options, at: new Date("2026-01-01T00:00:00Z") });
  await installQueue({ ...options, log: loudLog });
  project.provide("testServer", server);
  return async () => {
    await judgeUseOf(project, server.useFile);
    await withOwnerSession(fill(server.ownerUrl, "postgres"), "dropping the template", (session) =>
      session.script(`drop database ${server.template} with (force)`),
    );
    await stop();
    await forget();
  };
}

function fill(url: string, database: string): string {
  return url.replace("%DATABASE%", database);
}

async function findServer(): Promise<{ readonly server: TestServer; readonly stop: () => Promise<void> }> {
  const useFile = join(tmpdir(), `holdpoint-use-${randomBytes(6).toString("hex")}`);
  const template = `holdpoint_template_${randomBytes(6).toString("hex")}`;
  const given = process.env["DATABASE_URL"];
  if (given !== undefined && given !== "") {
    const url = given.replace(/^(postgres(?:ql)?:\/\/[^/]*)\/[^?]*/, "$1/%DATABASE%");
    return {
      server: { ownerUrl: url, runtimeUrl: url, runtimeRole: null, template, useFile },
      stop: () => Promise.resolve(),
    };
  }
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-tests-"));
  const own = await startOwnServer({
    dataDirectory: folder,
    log: loudLog,
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
  });
  return {
    server: {
      ownerUrl: own.migrationUrl.replace("@/holdpoint?", "@/%DATABASE%?"),
      runtimeUrl: own.url.replace("@/holdpoint?", "@/%DATABASE%?"),
      runtimeRole: own.runtimeRole,
      template,
      useFile,
    },
    async stop() {
      await own.stop();
      await rm(folder, { recursive: true });
    },
  };
}
