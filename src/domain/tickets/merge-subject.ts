import { captured } from "./captured.ts";

/** What the subject of a merge commit says of what it merges. */
export interface MergeSubject {
  /** Names of the merged branches (or Gerrit topics), without the fork's owner. */
  readonly branches: readonly string[];
  /** The subject of the merged change, where the merge quotes it: `Merge "KEY-1 text" into main`. */
  readonly quoted: string | null;
  /** The next paragraph is the title of the pull request. */
  readonly titleFollows: boolean;
}

const GITHUB = /^Merge pull request #\d{1,9} from [^/\s]{1,100}\/(\S{1,300})/;
const NUMBERED = /^(?:Merge )?[Pp]ull request #\d{1,9}[: ]/;
const BITBUCKET = /^Merged in (\S{1,300}) \(pull request #\d{1,9}\)/;
const GIT = /^Merge (?:remote-tracking |remote )?branch(?:es)? '/;
const TOPICS = /^Merge changes from topics? ['"]/;
const GERRIT = /^Merge "(.*)"(?: into \S+)?$/;
const QUOTED = /['"]([^'"]{1,300})['"]/g;

/** Reads the subjects that GitHub, GitLab, Bitbucket, Gerrit and git itself give to merges; null for others. */
export function readMergeSubject(subject: string): MergeSubject | null {
  if (!/^(?:Merge|Pull request)/i.test(subject)) return null;
  const request = (GITHUB.exec(subject) ?? BITBUCKET.exec(subject))?.[1] ?? branchBetween(subject);
  if (request !== undefined) return { branches: [request], quoted: null, titleFollows: true };
  if (TOPICS.test(subject)) return { branches: quotedNames(subject), quoted: null, titleFollows: false };
  if (GIT.test(subject)) {
    // What follows "into" is where it went: keeping a branch up to date is no work on its ticket.
    const merged = subject.split(/['"] into ['"]?/, 1).join("");
    return { branches: quotedNames(`${merged}'`), quoted: null, titleFollows: true };
  }
  const quoted = GERRIT.exec(subject)?.[1];
  return quoted === undefined ? null : { branches: [], quoted, titleFollows: false };
}

/** Bitbucket Server: `Pull request #12: Title`, `Merge pull request #12 in PLAY/shop from feature/PLAY-1 to master`. */
function branchBetween(subject: string): string | undefined {
  if (!NUMBERED.test(subject)) return undefined;
  const from = subject.lastIndexOf(" from ");
  const to = subject.lastIndexOf(" to ");
  return from === -1 || to < from ? undefined : subject.slice(from + 6, to);
}

function quotedNames(text: string): readonly string[] {
  return [...text.matchAll(QUOTED)].map((match) => captured(match, 1));
}
