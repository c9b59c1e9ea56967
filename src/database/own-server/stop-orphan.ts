import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { Fault } from "../../errors.ts";
import * as wording from "../../domain/wording/database.ts";
import type { Cluster } from "./cluster.ts";

const STOP_WITHIN = 20_000;
const LOOK_EVERY = 20;
/** A killed holder's sessions need a moment to notice. */
const SESSIONS_GONE_WITHIN = 2_000;

/**
 * Stops the server that a killed Holdpoint left running on the folder. Only one that lets us in with the
 * folder's own password is taken for it: the process id in a left-behind file may be anybody's by now. One
 * that still serves somebody is left alone (`data-folder-in-use`): a Holdpoint in another container, say.
 */
export async function stopOrphan(cluster: Cluster, dataFolder: string): Promise<boolean> {
  const file = await readPostmasterFile(cluster.folder);
  if (file === null) return false;
  const client = new Client({
    host: file.socketFolder,
    port: file.port,
    user: cluster.owner,
    password: cluster.password,
    database: "postgres",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch {
    // Nobody there, or a stranger: PostgreSQL's own check of that file decides when ours is started.
    return false;
  }
  try {
    await refuseWhileUsed(client, dataFolder);
  } finally {
    await client.end();
  }
  process.kill(file.processId, "SIGINT");
  for (let waited = 0; isRunning(file.processId) && waited < STOP_WITHIN; waited += LOOK_EVERY) {
    // It is no child of ours, so nothing tells us of its end.
    await pause(LOOK_EVERY);
  }
  return true;
}

async function refuseWhileUsed(client: Client, dataFolder: string): Promise<void> {
  for (let waited = 0; ; waited += LOOK_EVERY) {
    const { rows } = await client.query<{ readonly others: number }>(
      `select count(*)::int as others from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    if (rows[0]?.others === 0) return;
    if (waited >= SESSIONS_GONE_WITHIN) {
      throw new Fault({
        kind: "misconfigured",
        code: "data-folder-in-use",
        doing: "starting PostgreSQL",
        detail: wording.folderInUse(dataFolder, null),
      });
    }
    await pause(LOOK_EVERY);
  }
}

/** https://www.postgresql.org/docs/18/storage-file-layout.html: process, folder, start, port, socket folder, ... one a line. */
async function readPostmasterFile(
  folder: string,
): Promise<{ readonly processId: number; readonly port: number; readonly socketFolder: string } | null> {
  const text = await readFile(join(folder, "postmaster.pid"), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  const [processId, port, socketFolder] = [Number(lines[0]), Number(lines[3]), lines[4] ?? ""];
  if (!Number.isSafeInteger(processId) || processId <= 1 || socketFolder === "") return null;
  return { processId, port, socketFolder };
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
