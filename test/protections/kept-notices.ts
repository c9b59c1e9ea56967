import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Protection } from "./protection.ts";

/** That a protection was seen to be noticed: by which test, on which day, after how long. */
export interface KeptNotice {
  readonly by: string;
  readonly on: string;
  readonly seconds: number;
}

export interface KeptNotices {
  /** null: never, or before one of its files was changed. */
  readonly find: (entry: Protection) => KeptNotice | null;
  /** `tree`: where it was seen, which may not be what the real tree has become meanwhile. */
  readonly keep: (tree: string, entry: Protection, notice: KeptNotice) => void;
}

const shape = z.record(z.string(), z.object({ by: z.string(), on: z.string(), seconds: z.number() }));

/**
 * What earlier runs have seen, so that runs add up: all of it takes most of an hour. An entry counts as seen as long as it, the
 * file that it changes and the file of its test are what they were; what else they stand on may have changed.
 */
export function openKeptNotices(root: string, path: string, entries: readonly Protection[]): KeptNotices {
  const before = existsSync(path) ? shape.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
  const current = new Set(entries.map((entry) => keyOf(root, entry)));
  const kept = new Map(Object.entries(before).filter(([key]) => current.has(key)));
  return {
    find: (entry) => kept.get(keyOf(root, entry)) ?? null,
    keep: (tree, entry, notice) => {
      kept.set(keyOf(tree, entry), notice);
      const sorted = [...kept].sort(([one], [other]) => (one < other ? -1 : 1));
      writeFileSync(path, `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`);
    },
  };
}

function keyOf(root: string, entry: Protection): string {
  const hash = createHash("sha256").update(JSON.stringify(entry));
  for (const file of [entry.file, entry.test.file]) hash.update("\0").update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 32);
}
