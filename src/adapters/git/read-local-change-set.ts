import type { ChangeSet, Commit, CommitSha, Relation } from "../../domain/model.ts";
import { openClone } from "./open-clone.ts";
import { readOwnChanges } from "./own-changes.ts";
import { readLog } from "./read-log.ts";
import { type Refused, explainFailure, refused } from "./refusal.ts";
import { resolveRefs } from "./resolve-refs.ts";
import { type Clone, askGit } from "./run-git.ts";

export interface LocalQuestion {
  readonly path: string;
  /** Anything that git resolves to a commit: branch, tag, sha, `HEAD~3`. */
  readonly base: string;
  readonly head: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What a local clone tells of a range. */
export interface LocalRange {
  readonly ok: true;
  readonly clone: Clone;
  readonly changeSet: ChangeSet & { readonly base: CommitSha };
  /** The newest commits that the base has, itself first: what is live already. */
  readonly live: readonly Commit[];
}

/** How many live commits are read: reverts name recent work, and keys look the same for years. */
const LIVE_COMMITS = 500;

/**
 * Reads what going from base to head would bring and take away. Reads the clone alone, never the network.
 * What stands in the way is a refusal, not an exception; unrelated histories are a relation.
 */
export async function readLocalChangeSet(question: LocalQuestion): Promise<LocalRange | Refused> {
  const opened = await openClone(question.path, question.environment, question.signal ?? null);
  if (!opened.ok) return opened;
  const { clone, boundary } = opened;
  const refs = await resolveRefs(clone, question);
  if (!refs.ok) return refs;
  const { base, head } = refs;

  const [difference, live, forks] = await Promise.all([
    readLog(clone, ["--topo-order", "--reverse", "--left-right"], [`${base}...${head}`]),
    readLog(clone, ["-n", String(LIVE_COMMITS)], [base]),
    askGit(clone, ["merge-base", base, head]),
  ]);
  if (!difference.ok) return difference;
  if (!live.ok) return live;
  // 1 without a word: there is no commit that both have.
  if (forks.exitCode !== 0 && (forks.exitCode !== 1 || forks.stderr !== "")) {
    return refused(await explainFailure(clone, forks));
  }
  const forkSha = forks.stdout.split("\n")[0] ?? "";
  if (boundary.size > 0 && touchesBoundary(difference.records, forkSha, boundary)) {
    return refused({ code: "shallow-clone", path: clone.path, detail: "" });
  }
  const commits = difference.records.flatMap(({ onBaseSide, commit }) => (onBaseSide ? [] : [commit]));
  const lost = difference.records.flatMap(({ onBaseSide, commit }) => (onBaseSide ? [commit] : []));
  const [ownChanges, fork] = await Promise.all([
    readOwnChanges(clone, commits),
    forkSha === "" ? null : readLog(clone, ["--no-walk"], [forkSha]),
  ]);
  if (fork !== null && !fork.ok) return fork;
  const mergeBase = fork?.records[0]?.commit;
  return {
    ok: true,
    clone,
    changeSet: {
      base,
      head,
      relation: relate(mergeBase === undefined, commits.length, lost.length),
      aheadBy: commits.length,
      behindBy: lost.length,
      commits: commits.map((commit) => ({
        ...commit,
        ownChange: ownChanges.get(commit.sha) ?? commit.ownChange,
      })),
      lost,
      mergeBase: mergeBase === undefined ? null : { sha: mergeBase.sha, tree: mergeBase.tree },
      pullRequests: new Map(),
      knowsPullRequests: false,
    },
    live: live.records.map(({ commit }) => commit),
  };
}

/** A shallow clone is right about a range only where the range ends at a commit that both sides have. */
function touchesBoundary(
  records: readonly { readonly commit: Commit }[],
  forkSha: string,
  boundary: ReadonlySet<string>,
): boolean {
  if (forkSha === "") return true;
  return records.some(({ commit }) => boundary.has(commit.sha) || commit.parents.length === 0);
}

function relate(unrelated: boolean, ahead: number, behind: number): Relation {
  if (unrelated) return "unrelated";
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}
