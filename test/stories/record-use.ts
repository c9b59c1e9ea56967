import { appendFile } from "node:fs/promises";
import { inject } from "vitest";
import type { SandboxGitHub } from "../../src/sandbox/github/create-sandbox-github.ts";
import type { Use } from "../project/used-permissions.ts";
import type { TestDatabase } from "../database/harness.ts";

/** Keeps what a story used of GitHub for whoever judges the whole run, `judge-use-of.ts`. */
export async function recordUse(github: SandboxGitHub, db: TestDatabase): Promise<void> {
  const rows = await db.database.query<{ readonly event: string }>(
    "select distinct event from holdpoint.delivery where source = 'github' and state = 'processed'",
  );
  const routes = Object.keys(github.requests.counts()).map((route) => route.replace(/^304 /, ""));
  const use: Use = { routes, events: rows.map(({ event }) => event) };
  await appendFile(inject("testServer").useFile, `${JSON.stringify(use)}\n`);
}
