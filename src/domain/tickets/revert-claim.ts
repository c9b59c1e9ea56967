import { readKeyList } from "./key-list.ts";
import { readLabel, skipOrnaments } from "./lead.ts";
import type { MessageLines } from "./message-lines.ts";
import { withoutNumbers } from "./subject-tail.ts";

/** What a message says that it takes back; whether that is so is for `matchReverts` to find out. */
export interface RevertClaim {
  /** Named by "This reverts commit …", 7 to 64 hex digits each. */
  readonly shas: readonly string[];
  /** For a reverted merge: the parent whose side stays ("reversing changes made to …"). */
  readonly mainline: string | null;
  /** Subjects, best first, of which the newest earlier commit is meant where no sha is proof. */
  readonly subjects: readonly string[];
  /** Subjects that lines of the body quote so: `* Revert "…"` in a squash of several commits. */
  readonly alsoSubjects: readonly string[];
  /** `Reverts owner/name#12`: the pull request that is taken back. */
  readonly pullRequest: number | null;
  /** The subject itself says "revert" or "reapply": the commit does nothing else. */
  readonly bySubject: boolean;
}

const REVERTING =
  /^(?:revert(?:s|ed|ing)?|back(?:s|ed|ing)? ?out(?: of)?|undo(?:es)?)\b(?:\([^()]{0,60}\))?:?[ \t]*/i;
const REAPPLYING = /^re-?appl(?:y|ies|ied|ying)\b:?[ \t]*/i;
const NAMED = /^(?:this )?reverts? (?:the )?(?:commits?|changesets?)\b:?(.*)$/i;
const PARTIAL = /\bpartial(?:ly)?\b|\bpartly\b|\bpart of\b/i;
const SHAS = /(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/g;
const NUMBER = /^reverts? (?:[\w.-]{1,100}\/[\w.-]{1,100})?#(\d{1,9})\b/i;
const MADE_TO = /\bchanges made to ([0-9a-f]{7,64})\b/i;
const QUOTED_LINE = /^[ \t*-]{0,6}revert "(.+)"\.?$/i;
const SUBJECT_SHA = /^(?:commit )?([0-9a-f]{7,64})\.?$/i;

/** Null where the message claims no revert. A partial revert is none: the rest of the work stays. */
export function readRevertClaim(lines: MessageLines): RevertClaim | null {
  const fromSubject = readSubjectClaim(lines);
  const named = readNamed(lines.body);
  const alsoSubjects = readQuotedLines(lines.body);
  const fromBody = named.shas.length + alsoSubjects.length > 0 || named.pullRequest !== null;
  if (fromSubject === null && !fromBody) return null;
  return {
    shas: [...named.shas, ...(fromSubject?.shas ?? [])],
    mainline: named.mainline,
    subjects: fromSubject?.subjects ?? [],
    alsoSubjects,
    pullRequest: named.pullRequest,
    bySubject: fromSubject !== null,
  };
}

function readSubjectClaim(lines: MessageLines): Pick<RevertClaim, "shas" | "subjects"> | null {
  const first = readOneSubject(lines.subject);
  if (first === null) return null;
  const folded = lines.foldedSubject === lines.subject ? null : readOneSubject(lines.foldedSubject);
  return { shas: first.shas, subjects: [...first.subjects, ...(folded?.subjects ?? [])] };
}

/** `Revert "…"`, `KEY-1: Revert "…"`, `Reapply "…"`, `revert: …`, `Revert <sha>`. */
function readOneSubject(subject: string): Pick<RevertClaim, "shas" | "subjects"> | null {
  const text = withoutNumbers(subject.slice(skipToVerb(subject)));
  const reverting = REVERTING.exec(text)?.[0];
  if (reverting !== undefined) {
    const rest = text.slice(reverting.length);
    const sha = SUBJECT_SHA.exec(rest)?.[1];
    return sha === undefined ? { shas: [], subjects: [unquote(rest)] } : { shas: [sha], subjects: [] };
  }
  const reapplying = REAPPLYING.exec(text)?.[0];
  if (reapplying === undefined) return null;
  const what = unquote(text.slice(reapplying.length));
  return { shas: [], subjects: [`Revert "${what}"`, `Revert "Reapply "${what}""`] };
}

/** Past keys, tags and types in front of the word: `KEY-1: `, `[KEY-1] - `, `MINOR: `. */
function skipToVerb(subject: string): number {
  let at = skipOrnaments(subject);
  for (let prefixes = 0; prefixes < 5; prefixes += 1) {
    const rest = subject.slice(at, at + 40);
    if (REVERTING.test(rest) || REAPPLYING.test(rest)) return at;
    const end = readKeyList(subject, at)?.end ?? skipTag(subject, at) ?? readLabel(subject, at)?.end;
    if (end === undefined) return at;
    const gap = subject.slice(end, end + 5);
    at = end + gap.length - gap.replace(/^[\s:;,.–—-]+/, "").length;
  }
  return at;
}

function skipTag(subject: string, at: number): number | null {
  const tag = /^\[[^[\]]{0,60}\]/.exec(subject.slice(at, at + 70))?.[0];
  return tag === undefined ? null : at + tag.length;
}

function unquote(text: string): string {
  const trimmed = text.trim();
  const last = trimmed.lastIndexOf('"');
  return trimmed.startsWith('"') && last > 0 ? trimmed.slice(1, last) : trimmed;
}

function readQuotedLines(body: readonly string[]): readonly string[] {
  return body.flatMap((line) => {
    const quoted = QUOTED_LINE.exec(line)?.[1];
    return quoted === undefined ? [] : [quoted];
  });
}

function readNamed(body: readonly string[]): Pick<RevertClaim, "shas" | "mainline" | "pullRequest"> {
  const shas: string[] = [];
  let mainline: string | null = null;
  let pullRequest: number | null = null;
  for (const [index, line] of body.entries()) {
    const text = line.trimStart();
    // Cheap first: most lines of a long message have nothing to do with this.
    if (!/^(?:this )?revert/i.test(text) || PARTIAL.test(text.slice(0, 60))) continue;
    const rest = NAMED.exec(text)?.[1];
    if (rest === undefined) {
      const number = NUMBER.exec(text)?.[1];
      if (number !== undefined) pullRequest = Number(number);
      continue;
    }
    const next = body[index + 1] ?? "";
    mainline ??= MADE_TO.exec(`${rest} ${next}`.slice(0, 400))?.[1] ?? null;
    const list =
      rest.trim() === "" ? body.slice(index + 1, listEnd(body, index + 1)).join(" ") : beforeWhich(rest);
    for (const [sha] of list.slice(0, 4000).matchAll(SHAS)) shas.push(sha);
  }
  return { shas, mainline, pullRequest };
}

/** A list of commits under the sentence, one to a line, blank lines in front of it allowed. */
function listEnd(body: readonly string[], start: number): number {
  const lines = body.slice(start, start + 100);
  const length = lines.findIndex((line) => line !== "" && !/^[\s*-]{0,8}[0-9a-f]{7,64}\b/.test(line));
  return start + (length === -1 ? lines.length : length);
}

/** "…, reversing changes made to <sha>": the second sha is not reverted. */
function beforeWhich(rest: string): string {
  const cut = rest.search(/,? ?\b(?:reversing|which|because|due|since|as|in favou?r|and also)\b/i);
  return cut === -1 ? rest : rest.slice(0, cut);
}
