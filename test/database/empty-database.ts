import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";

/** A database that nothing was done to. */
export interface EmptyDatabase {
  readonly ownerUrl: string;
  readonly url: string;
  readonly runtimeRole: string | null;
  readonly drop: () => Promise<void>;
}

export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const server = inject("testServer");
  const name = `holdpoint_empty_${randomBytes(8).toString("hex")}`;
  const maintenanceUrl = server.ownerUrl.replace("%DATABASE%", "postgres");
  await withOwnerSession(maintenanceUrl, "making a database", (session) =>
    session.script(`create database ${name}`),
  );
  return {
    ownerUrl: server.ownerUrl.replace("%DATABASE%", name),
    url: server.runtimeUrl.replace("%DATABASE%", name),
    runtimeRole: server.runtimeRole,
    drop: () =>
      withOwnerSession(maintenanceUrl, "dropping a database", (session) =>
        session.script(`drop database ${name} with (force)`),
      ),
  };
}
