import { cp, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LEFT_OUT: ReadonlySet<string> = new Set([
  ".git",
  "node_modules",
  "dist",
  ".vitest",
  "coverage",
  "reports",
]);

/** A copy of the tree, so that nothing is ever switched off in the real one; packages are linked. */
export async function copyTree(
  root: string,
): Promise<{ readonly root: string; readonly remove: () => Promise<void> }> {
  const copy = await mkdtemp(join(tmpdir(), "holdpoint-protections-"));
  for (const name of await readdir(root)) {
    if (!LEFT_OUT.has(name)) await cp(join(root, name), join(copy, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  return {
    root: copy,
    remove: () => rm(copy, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
