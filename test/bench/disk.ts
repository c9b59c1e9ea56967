import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./statistics.ts";

const PAGE = Buffer.alloc(8_192, 1);
const TIMES = 200;

/** Milliseconds that the disk takes to keep one page, where PostgreSQL keeps its own: the least that a commit waits for. */
export function timeToKeepPage(): number {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-bench-disk-"));
  const file = openSync(join(folder, "page"), "w");
  try {
    const times = Array.from({ length: TIMES }, () => {
      const startedAt = performance.now();
      writeSync(file, PAGE, 0, PAGE.length, 0);
      fdatasyncSync(file);
      return performance.now() - startedAt;
    });
    return median(times);
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}
