import { askGit } from "./run-git.ts";

/**
 * What comment lines of a commit message begin with here. `auto` lets git choose a character that the message
 * does not use; the template then starts with it all the same, and `#` is what it nearly always is.
 */
export async function readCommentMark(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const clone = { path: folder, environment, signal: null };
  const answer = await askGit(clone, ["config", "--get", "core.commentChar"]);
  const mark = answer.exitCode === 0 ? answer.stdout.trim() : "";
  return mark === "" || mark === "auto" ? "#" : mark;
}
