import { askGit, type Clone, type GitAnswer } from "./run-git.ts";

/** Why a local clone cannot be judged; one code for each thing that a person would do something else about. */
export type GitRefusal =
  | {
      readonly code:
        | "no-such-folder"
        | "not-a-clone"
        | "owned-by-somebody-else"
        | "shallow-clone"
        | "partial-clone"
        | "no-commits"
        | "corrupt"
        | "git-not-installed";
      readonly path: string;
      /** What git said, for the reader; empty where it said nothing. */
      readonly detail: string;
    }
  | { readonly code: "git-too-old"; readonly path: string; readonly version: string; readonly needed: string }
  | {
      readonly code: "unknown-ref" | "ambiguous-ref" | "not-a-commit";
      readonly path: string;
      readonly ref: string;
      /** What was asked for with it. */
      readonly role: RefRole;
    };

export type RefRole = "base" | "head" | "trunk";

export interface Refused {
  readonly ok: false;
  readonly refusal: GitRefusal;
}

/** `--end-of-options` everywhere, and answers about ownership. */
const NEEDED = { major: 2, minor: 30 };

export function refused(refusal: GitRefusal): Refused {
  return { ok: false, refusal };
}

/**
 * Why git failed. It has one exit code (128) for nearly everything, so its English sentence must be read; the
 * environment asks for English.
 */
export async function explainFailure(clone: Clone, answer: GitAnswer): Promise<GitRefusal> {
  // Somebody stopped the command: that is no trouble with the clone.
  clone.signal?.throwIfAborted();
  const { path } = clone;
  const detail = lastLine(answer.stderr);
  if (answer.startError === "ENOENT") return { code: "git-not-installed", path, detail: "" };
  if (/dubious ownership|safe\.directory/.test(answer.stderr)) {
    return { code: "owned-by-somebody-else", path, detail };
  }
  if (/not a git repository/i.test(answer.stderr)) return { code: "not-a-clone", path, detail };
  const version = /\b(\d{1,4})\.(\d{1,4})[.\w]{0,60}/.exec((await askGit(clone, ["version"])).stdout);
  if (version !== null && isTooOld(Number(version[1]), Number(version[2]))) {
    return { code: "git-too-old", path, version: version[0], needed: `${NEEDED.major}.${NEEDED.minor}` };
  }
  const promised = await askGit(clone, [
    "config",
    "--get-regexp",
    "^(remote\\..*\\.promisor|extensions\\.partialclone)$",
  ]);
  return { code: promised.stdout === "" ? "corrupt" : "partial-clone", path, detail };
}

function isTooOld(major: number, minor: number): boolean {
  return major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor);
}

function lastLine(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => line.startsWith("fatal: ") || line.startsWith("error: ")) ?? lines.at(-1) ?? "";
}
