import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Fault } from "../../errors.ts";
import * as wording from "../../domain/wording/database.ts";

/**
 * Keeps a second Holdpoint off a data folder, with a sentence. It is a file with the holder's process id and
 * its start, so that what a killed holder left behind is known as stale, also when the id was given to
 * another process since. PostgreSQL's own interlock stands behind it: should two recover a stale lock in the
 * same instant, only one server starts.
 */
export interface FolderLock {
  readonly release: () => void;
}

/** Throws `data-folder-in-use` (misconfigured) where another living process holds the folder. */
export function lockFolder(folder: string): FolderLock {
  const path = `${folder}/holdpoint.lock`;
  const mine = describeProcess(process.pid);
  for (;;) {
    if (create(path, mine)) return { release: () => release(path, mine) };
    const holder = read(path);
    if (holder !== null && isAlive(holder)) {
      throw new Fault({
        kind: "misconfigured",
        code: "data-folder-in-use",
        doing: "starting PostgreSQL",
        detail: wording.folderInUse(folder, Number(holder.split(" ")[0])),
      });
    }
    // Renamed rather than removed: of two that recover at once only one succeeds, the other looks again.
    const stale = `${path}.${String(process.pid)}`;
    if (attempt(() => renameSync(path, stale), "ENOENT")) rmSync(stale, { force: true });
  }
}

function create(path: string, content: string): boolean {
  return attempt(() => writeFileSync(path, content, { flag: "wx" }), "EEXIST");
}

function release(path: string, mine: string): void {
  if (read(path) === mine) rmSync(path, { force: true });
}

function read(path: string): string | null {
  let content: string | null = null;
  attempt(() => {
    content = readFileSync(path, "utf8");
  }, "ENOENT");
  return content;
}

function isAlive(holder: string): boolean {
  const processId = Number(holder.split(" ")[0]);
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  // EPERM says that it lives and is somebody else's.
  const exists = attempt(() => process.kill(processId, 0), "ESRCH");
  return exists && describeProcess(processId) === holder;
}

/** Id and start; without /proc the id alone has to do. */
function describeProcess(processId: number): string {
  let start = "-";
  attempt(() => {
    const fields = readFileSync(`/proc/${String(processId)}/stat`, "utf8");
    // The name, in parentheses, may hold spaces; the start is the twentieth field after it.
    start = fields.slice(fields.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
  }, "ENOENT");
  return `${String(processId)} ${start}`;
}

/** Whether it went through; false for the one expected error. */
function attempt(action: () => unknown, expected: "ENOENT" | "EEXIST" | "ESRCH"): boolean {
  try {
    action();
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === expected || (expected === "ENOENT" && code === "ESRCH")) return false;
    if (expected === "ESRCH" && code === "EPERM") return true;
    throw error;
  }
}
