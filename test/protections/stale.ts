import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Protection } from "./protection.ts";

/** Why an entry cannot be tried as it is written; null: it can. */
export function findStale(root: string, { file, text, instead, test }: Protection): string | null {
  const path = join(root, file);
  if (!existsSync(path)) return `${file} is not there`;
  if (!existsSync(join(root, test.file))) return `${test.file} is not there`;
  if (text === instead) return "nothing would be changed";
  const times = readFileSync(path, "utf8").split(text).length - 1;
  return times === 1 ? null : `${file} has ${JSON.stringify(text)} ${times} times, not once`;
}
