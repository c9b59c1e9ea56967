import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The code before the newest migration, ready to run; or why there is none. */
export type PreviousVersion =
  | { readonly state: "there"; readonly commit: string; readonly script: string }
  | { readonly state: "missing"; readonly because: string };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HERE = join("test", "chaos");
let found: PreviousVersion | null = null;

/**
 * Unpacked from git's history, once. A migration that was still edited after the newest one came is a schema that was never
 * released: then the code of that edit is taken, without the newest migration.
 */
export function previousVersion(): PreviousVersion {
  found ??= unpack();
  return found;
}

function unpack(): PreviousVersion {
  const migrations = readdirSync(join(ROOT, "migrations")).sort();
  const newest = migrations.at(-1);
  if (newest === undefined) return { state: "missing", because: "there are no migrations" };
  const older = migrations.slice(0, -1).map((name) => `migrations/${name}`);
  try {
    const added = git("log", "--diff-filter=A", "--format=%H", "-1", "--", `migrations/${newest}`);
    const edited = git("log", "--format=%H", "-1", "--", ...older);
    if (added === "" || edited === "") return { state: "missing", because: "the history is not here" };
    const editedAfter = git("rev-list", "--count", `${added}..${edited}`) !== "0";
    const commit = git("rev-parse", editedAfter ? edited : `${added}^`);
    const folder = mkdtempSync(join(tmpdir(), "holdpoint-before-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const archive = join(folder, "archive.tar");
    git("archive", "--format=tar", `--output=${archive}`, commit);
    const tree = join(folder, "tree");
    mkdirSync(tree);
    execFileSync("tar", ["-xf", archive, "-C", tree]);
    rmSync(join(tree, "migrations", newest), { force: true });
    symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
    // What starts it and speaks to it is today's.
    cpSync(join(ROOT, HERE), join(tree, HERE), { recursive: true });
    return { state: "there", commit, script: join(tree, HERE, "replica.ts") };
  } catch {
    return { state: "missing", because: "git or its history is not here" };
  }
}

function git(...parameters: readonly string[]): string {
  return execFileSync("git", parameters, {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
