import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A file system of a few hundred megabytes that nobody else needs. */
export interface Room {
  readonly fill: () => void;
  readonly empty: () => void;
  readonly leave: () => void;
}

const BLOCK = Buffer.alloc(1_048_576, 1);
const LITTLE = Buffer.alloc(4_096, 1);

/** Mounts one; null where that is not allowed. It goes with this process, however that ends. */
export function mountRoom(folder: string, megabytes: number): Room | null {
  mkdirSync(folder, { recursive: true });
  const size = `size=${String(megabytes)}m`;
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder], { stdio: "ignore" });
  if (mounted.status !== 0) return null;
  let there = true;
  function leave(): void {
    if (!there) return;
    there = false;
    spawnSync("umount", ["-l", folder], { stdio: "ignore" });
  }
  process.once("exit", leave);
  const ballast = join(folder, "ballast");
  return {
    fill() {
      const file = openSync(ballast, "w");
      try {
        for (const block of [BLOCK, LITTLE]) while (writes(file, block));
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    leave,
  };
}

/** Until there is no room left. */
function writes(file: number, block: Buffer): boolean {
  try {
    return writeSync(file, block) > 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOSPC") return false;
    throw error;
  }
}
