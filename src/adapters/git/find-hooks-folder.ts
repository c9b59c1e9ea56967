import { resolve } from "node:path";
import { openClone } from "./open-clone.ts";
import { type Refused, explainFailure, refused } from "./refusal.ts";
import { askGit } from "./run-git.ts";

/** Where git looks for this clone's hooks: `core.hooksPath` where it is set, else `hooks` in its git folder. */
export async function findHooksFolder(
  path: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly ok: true; readonly folder: string } | Refused> {
  const opened = await openClone(path, environment, null);
  if (!opened.ok) return opened;
  const { clone } = opened;
  const answer = await askGit(clone, ["rev-parse", "--git-path", "hooks"]);
  if (answer.exitCode !== 0) return refused(await explainFailure(clone, answer));
  return { ok: true, folder: resolve(clone.path, answer.stdout.replace(/\n$/, "")) };
}
