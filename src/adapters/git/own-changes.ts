import type { Commit, CommitSha } from "../../domain/model.ts";
import { type Clone, runGit } from "./run-git.ts";

/**
 * Which merges have hunks that no parent has. First the merges with files that differ from every parent are
 * found, by trees alone; only for those `git diff-tree --cc` looks into the files. What cannot be read (the
 * files of a partial clone are not here) stays unknown.
 */
export async function readOwnChanges(
  clone: Clone,
  commits: readonly Commit[],
): Promise<ReadonlyMap<CommitSha, Commit["ownChange"]>> {
  const merges = commits.filter(({ parents }) => parents.length > 1).map(({ sha }) => sha);
  const candidates = await findMerges(clone, merges, ["-c", "--raw"], ":");
  if (candidates === null) return new Map();
  const changed = await findMerges(
    clone,
    merges.filter((sha) => candidates.has(sha)),
    ["--cc", "-U0"],
    "diff --c",
  );
  return new Map(
    merges.map((sha) => {
      if (!candidates.has(sha)) return [sha, "none"];
      if (changed === null) return [sha, "unknown"];
      return [sha, changed.has(sha) ? "some" : "none"];
    }),
  );
}

/** The merges under whose name a line begins with `mark`; null where git could not tell. */
async function findMerges(
  clone: Clone,
  merges: readonly CommitSha[],
  format: readonly string[],
  mark: string,
): Promise<ReadonlySet<string> | null> {
  if (merges.length === 0) return new Set();
  const found = new Set<string>();
  let merge = "";
  const take = splitLines((line) => {
    if (/^[0-9a-f]{40,64}$/.test(line)) merge = line;
    else if (line.startsWith(mark)) found.add(merge);
  });
  const command = ["diff-tree", "--stdin", "-r", ...format, "--no-ext-diff", "--no-textconv", "--no-color"];
  const answer = await runGit(clone, command, take, `${merges.join("\n")}\n`);
  return answer.exitCode === 0 ? found : null;
}

const LONGEST_LINE = 200;

/** Hands over lines, each cut to what is looked at; the rest of a long line is never kept. */
function splitLines(take: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = chunk.toString("latin1").split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      take((rest + line).slice(0, LONGEST_LINE));
      rest = "";
    }
    rest = (rest + last).slice(0, LONGEST_LINE);
  };
}
