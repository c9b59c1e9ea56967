/** What a commit of a trunk says of the pull request that brought it. */
export interface Merged {
  readonly pullRequest: number | null;
  /** Its title, where the commit is a merge that quotes it below its subject; else null. */
  readonly title: string | null;
}

/** GitHub's merges, and those of bots that test before they merge: the title follows in a paragraph of its own. */
const MERGE = /^(?:Merge pull request|Auto merge of|Merge) #(\d{1,9})\b/;
/** GitHub's squash merges. */
const SQUASH = /\(#(\d{1,9})\)$/;
/** GitLab's merges, in the last line. */
const MERGE_REQUEST = /^See merge request \S{1,300}!(\d{1,9})$/m;

/** Reads the message alone; a commit whose message names none counts as pushed directly. */
export function readMerged(message: string): Merged {
  const [subject = "", ...body] = message.trimStart().split(/\r?\n/, 20);
  const merge = MERGE.exec(subject)?.[1];
  if (merge !== undefined) {
    const title = body.find((line) => line.trim() !== "")?.trim() ?? null;
    return { pullRequest: Number(merge), title };
  }
  const number = SQUASH.exec(subject.trimEnd())?.[1] ?? MERGE_REQUEST.exec(message.slice(-400))?.[1];
  return { pullRequest: number === undefined ? null : Number(number), title: null };
}
