import { chmod, mkdtemp, readdir, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Linux's file system in memory. */
const MEMORY = "/dev/shm";
/** Bytes: many times what a run takes. */
const ROOM = 3 * 1_024 ** 3;
const NAME = /^holdpoint-tests-(\d+)-/;
const FORGOTTEN_AFTER = 3_600_000;

/**
 * Has everything that the run writes written to memory, where the machine has room for it: databases are made and dropped by
 * the hundred, repositories by the thousand. Elsewhere it goes where it always goes. Answers what takes it all away.
 */
export async function writeToMemory(): Promise<() => Promise<void>> {
  if (!(await hasRoom())) return () => Promise.resolve();
  await removeForgotten();
  const folder = await mkdtemp(join(MEMORY, `holdpoint-tests-${process.pid}-`));
  // Run by root, PostgreSQL is somebody else, who has to reach what is theirs in it.
  await chmod(folder, 0o755);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  return async () => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    await rm(folder, { recursive: true, force: true });
  };
}

async function hasRoom(): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) >= ROOM;
  } catch {
    return false;
  }
}

/** What a run left that was killed: here it would take memory until the machine starts anew. */
async function removeForgotten(): Promise<void> {
  for (const name of await readdir(MEMORY)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const folder = join(MEMORY, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > FORGOTTEN_AFTER) await rm(folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
