import type { Commit, CommitSha } from "../../domain/model.ts";

/**
 * For `git log -z`: side of a symmetric difference, sha, parents, tree, author's name and committer's date on
 * a line each, then the raw message. `%an` is the name as it stands in the commit, without any mailmap.
 */
export const RECORD_FORMAT = "--format=tformat:%m%n%H%n%P%n%T%n%an%n%cI%n%B";

export interface CommitRecord {
  /** Reachable from the base alone. */
  readonly onBaseSide: boolean;
  readonly commit: Commit;
}

const LINES_BEFORE_MESSAGE = 6;

/** One record without its NUL; null where it is none. Bytes that are no UTF-8 become replacement characters. */
export function parseRecord(record: Buffer): CommitRecord | null {
  const lines: string[] = [];
  let at = 0;
  while (lines.length < LINES_BEFORE_MESSAGE) {
    const end = record.indexOf(10, at);
    if (end === -1) return null;
    lines.push(record.toString("utf8", at, end));
    at = end + 1;
  }
  const [mark, sha = "", parents = "", tree = "", name = "", committedAt = ""] = lines;
  if (!isSha(sha)) return null;
  const parentShas = parents.split(" ").filter(isSha);
  return {
    onBaseSide: mark === "<",
    commit: {
      sha,
      parents: parentShas,
      tree,
      message: record.toString("utf8", at).trimEnd(),
      author: { login: null, name, proven: false },
      committedAt,
      ownChange: parentShas.length > 1 ? "unknown" : "some",
    },
  };
}

export function isSha(text: string): text is CommitSha {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Cuts a stream into records that end with NUL. */
export function splitRecords(take: (record: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer[] = [];
  return (chunk) => {
    let at = 0;
    for (let end = chunk.indexOf(0, at); end !== -1; end = chunk.indexOf(0, at)) {
      const part = chunk.subarray(at, end);
      take(rest.length === 0 ? part : Buffer.concat([...rest, part]));
      rest = [];
      at = end + 1;
    }
    if (at < chunk.length) rest.push(chunk.subarray(at));
  };
}
