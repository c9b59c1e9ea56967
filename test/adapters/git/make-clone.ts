import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";

/** A real repository in a folder of its own, made by git itself. */
export interface TestClone {
  readonly path: string;
  /** Runs git there and gives what it printed. */
  readonly git: (...command: readonly string[]) => string;
  /** An empty commit with this message on the branch that is checked out; gives its sha. */
  readonly commit: (message: string) => string;
  readonly remove: () => void;
}

/** Nobody's own settings reach the tests. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"],
  HOME: "/nowhere",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_SYSTEM: devNull,
};

const AUTHORED = {
  ...ENVIRONMENT,
  GIT_AUTHOR_NAME: "octocat",
  GIT_AUTHOR_EMAIL: "octocat@example.org",
  GIT_COMMITTER_NAME: "Bob",
  GIT_COMMITTER_EMAIL: "bob@example.org",
  GIT_COMMITTER_DATE: "2026-01-02T03:04:05+02:00",
  GIT_AUTHOR_DATE: "2026-01-02T03:04:05+02:00",
};

export function makeFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "holdpoint-git-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function makeClone(...options: readonly string[]): TestClone {
  const { path, remove } = makeFolder();
  const git = gitIn(path);
  git("init", "--quiet", "--initial-branch=main", ...options);
  const commit = (message: string) => {
    git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-m", message);
    return git("rev-parse", "HEAD");
  };
  return { path, git, commit, remove };
}

/** Runs git in a folder; throws where it fails. */
export function gitIn(path: string, more: NodeJS.ProcessEnv = {}): TestClone["git"] {
  return (...command) =>
    execFileSync("git", ["-c", "protocol.file.allow=always", ...command], {
      cwd: path,
      env: { ...AUTHORED, ...more },
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
    }).replace(/\n$/, "");
}
