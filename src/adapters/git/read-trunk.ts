import type { Commit, CommitSha } from "../../domain/model.ts";
import { isSha } from "./commit-record.ts";
import { readLog } from "./read-log.ts";
import { type Refused, explainFailure, refused } from "./refusal.ts";
import { type Clone, runGit } from "./run-git.ts";

/** When each commit of the line of first parents says that it was made, newest first, in milliseconds. */
export type TrunkTimes =
  | {
      readonly ok: true;
      readonly commits: readonly { readonly sha: CommitSha; readonly committedAt: number }[];
    }
  | Refused;

export type TrunkCommits =
  | {
      readonly ok: true;
      /** Newest first. */
      readonly commits: readonly Commit[];
      /** Who wrote the newest commit of what a merge brought, by that commit. */
      readonly mergedAuthors: ReadonlyMap<CommitSha, string>;
    }
  | Refused;

/** What fits on a command line anywhere. */
const AT_ONCE = 1_000;

/** The whole line: how far back a stretch of time reaches is known only when the times are seen, because they go back and forth. */
export async function readTrunkTimes(clone: Clone, tip: CommitSha): Promise<TrunkTimes> {
  const chunks: Buffer[] = [];
  const command = ["rev-list", "--first-parent", "--timestamp", tip, "--"];
  const answer = await runGit(clone, command, (chunk) => chunks.push(chunk));
  if (answer.exitCode !== 0) return refused(await explainFailure(clone, answer));
  const lines = Buffer.concat(chunks).toString("latin1").trimEnd().split("\n");
  const commits = lines.flatMap((line) => {
    const [seconds = "", sha = ""] = line.split(" ");
    return isSha(sha) ? [{ sha, committedAt: Number(seconds) * 1_000 }] : [];
  });
  return { ok: true, commits };
}

/** So many commits of the line of first parents, from this one back. */
export async function readTrunkCommits(
  clone: Clone,
  newest: CommitSha,
  count: number,
): Promise<TrunkCommits> {
  const line = await readLog(clone, ["--first-parent", "-n", String(count)], [newest]);
  if (!line.ok) return line;
  const commits = line.records.map(({ commit }) => commit);
  const merged = commits.flatMap(({ parents: [, second] }) => (second === undefined ? [] : [second]));
  const mergedAuthors = new Map<CommitSha, string>();
  for (let from = 0; from < merged.length; from += AT_ONCE) {
    const read = await readLog(clone, ["--no-walk=unsorted"], merged.slice(from, from + AT_ONCE));
    if (!read.ok) return read;
    for (const { commit } of read.records) mergedAuthors.set(commit.sha, commit.author.name);
  }
  return { ok: true, commits, mergedAuthors };
}
