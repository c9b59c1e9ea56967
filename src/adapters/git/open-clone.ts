import { realpath, readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Refused, explainFailure, refused } from "./refusal.ts";
import { type Clone, askGit } from "./run-git.ts";

export type OpenedClone =
  | {
      readonly ok: true;
      readonly clone: Clone;
      /** Commits whose parents were not cloned; empty unless the clone is shallow. */
      readonly boundary: ReadonlySet<string>;
    }
  | Refused;

/** Opens a clone: its top folder, its `.git`, or a bare one. A folder inside a work tree is none. */
export async function openClone(
  path: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | null,
): Promise<OpenedClone> {
  const absolute = await existingFolder(path);
  if (absolute === null) return refused({ code: "no-such-folder", path: resolve(path), detail: "" });
  const clone: Clone = { path: absolute, environment, signal };
  const answer = await askGit(clone, ["rev-parse", "--is-shallow-repository", "--git-path", "shallow"]);
  if (answer.exitCode !== 0) return refused(await explainFailure(clone, answer));
  const [isShallow, shallowFile = ""] = answer.stdout.split("\n");
  if (isShallow !== "true") return { ok: true, clone, boundary: new Set() };
  const listed = await readFile(resolve(absolute, shallowFile), "utf8");
  return { ok: true, clone, boundary: new Set(listed.split("\n").filter((line) => line !== "")) };
}

async function existingFolder(path: string): Promise<string | null> {
  try {
    const absolute = await realpath(path);
    return (await stat(absolute)).isDirectory() ? absolute : null;
  } catch (error) {
    // Not there, or in a folder that may not be entered: for the reader both are "no such folder".
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
