import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { Fault } from "../../errors.ts";
import * as wording from "../../domain/wording/database.ts";

/** As whom the server runs; null: as ourselves. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);

/** PostgreSQL refuses to run as root, so root lends it the user `postgres`, which is made where there is none. */
export async function findServerUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const found = await findPostgres();
  if (found !== null) return found;
  try {
    await run("useradd", [
      "--system",
      "--user-group",
      "--no-create-home",
      "--shell",
      "/bin/false",
      "postgres",
    ]);
  } catch (error) {
    throw cannotMakeUser(error);
  }
  const made = await findPostgres();
  if (made === null) throw cannotMakeUser(null);
  return made;
}

async function findPostgres(): Promise<ServerUser | null> {
  const entries = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const entry = entries.find(([name]) => name === "postgres");
  return entry === undefined ? null : { name: "postgres", uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** Whether the user can get at the path, asked of the system itself: modes, lists and mounts are its business. */
export async function canReach(user: ServerUser | null, path: string, right: "x" | "w"): Promise<boolean> {
  const identity = user === null ? {} : { uid: user.uid, gid: user.gid };
  try {
    await run("/bin/sh", ["-c", `test -${right} "$0"`, path], { ...identity, cwd: "/" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === 1) return false;
    throw error;
  }
}

function cannotMakeUser(cause: unknown): Fault {
  return new Fault({
    kind: "misconfigured",
    code: "own-server-impossible",
    doing: "finding a user for PostgreSQL",
    detail: wording.ownServerCannotRun(wording.noPostgresUser()),
    cause,
  });
}
