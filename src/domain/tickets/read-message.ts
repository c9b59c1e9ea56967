import type { TicketKey } from "../model.ts";
import { type BranchKey, findBranchKeys } from "./branch-keys.ts";
import { isReadForKeys, readBodyLine } from "./body-keys.ts";
import { findKeys } from "./key.ts";
import { readSubjectLead } from "./lead.ts";
import { type MergeSubject, readMergeSubject } from "./merge-subject.ts";
import { type MessageLines, splitMessage } from "./message-lines.ts";
import { type RevertClaim, readRevertClaim } from "./revert-claim.ts";
import { readSubjectTail } from "./subject-tail.ts";

/** What one message says of tickets, before it is known which prefixes are projects. */
export interface MessageReading {
  readonly lines: MessageLines;
  /** In the subject, in trailers, behind closing words. */
  readonly named: readonly TicketKey[];
  /** Leading a line of the body. */
  readonly leading: readonly TicketKey[];
  /** In the names of branches that a merge names. */
  readonly branches: readonly BranchKey[];
  /** Every key that stands anywhere in it, but not what a revert quotes, nor who worked on it. */
  readonly seen: readonly TicketKey[];
  /** What `Revert "Revert "…""` brings back, innermost: carried where the revert that it takes back is live. */
  readonly broughtBack: readonly TicketKey[];
  readonly claim: RevertClaim | null;
}

/** The merge scripts of some projects name the branch of the pull request: `Closes #12 from user/KEY-1`. */
const CLOSES_FROM = /^closes #\d{1,9} from [^/\s]{1,100}\/(\S{1,300})/i;

const REVERT_VERB = /(?<!\p{L})(?:revert|back(?:s|ed|ing)? ?out|undo|re-?appl)/iu;

/** Reads a whole commit message (or a pull request's title). Linear in its length. */
export function readMessage(message: string): MessageReading {
  const lines = splitMessage(message);
  const claim = readRevertClaim(lines);
  const merge = readMergeSubject(lines.subject);
  const subject = readSubject(lines.subject, merge, claim);
  const title = merge?.titleFollows === true ? (lines.body.find((line) => line !== "") ?? "") : "";
  const titleKeys = title === "" ? [] : readSubjectKeys(title, readRevertClaim(splitMessage(title)));
  const body = readBody(lines.body);
  return {
    lines,
    claim,
    named: unique([...subject.keys, ...titleKeys, ...body.named]),
    leading: unique(body.leading),
    branches: [...(merge?.branches ?? []), ...body.branches].flatMap(findBranchKeys),
    seen: unique([...subject.seen, ...body.seen]),
    broughtBack: claim?.bySubject === true ? readBroughtBack(lines.subject) : [],
  };
}

function readSubject(
  subject: string,
  merge: MergeSubject | null,
  claim: RevertClaim | null,
): { keys: readonly TicketKey[]; seen: readonly TicketKey[] } {
  if (merge === null) {
    return { keys: readSubjectKeys(subject, claim), seen: keysOf(beforeRevert(subject, claim)) };
  }
  if (merge.quoted === null) return { keys: [], seen: keysOf(subject) };
  const quotedClaim = readRevertClaim(splitMessage(merge.quoted));
  return {
    keys: readSubjectKeys(merge.quoted, quotedClaim),
    seen: keysOf(beforeRevert(merge.quoted, quotedClaim)),
  };
}

/** The keys that lead a subject, else those that close it. */
function readSubjectKeys(subject: string, claim: RevertClaim | null): readonly TicketKey[] {
  const own = beforeRevert(subject, claim);
  const lead = readSubjectLead(own);
  if (lead !== null) return lead.keys;
  return own === subject ? readSubjectTail(subject) : [];
}

/** A revert's subject as far as it speaks for itself: what it quotes names no ticket. */
function beforeRevert(subject: string, claim: RevertClaim | null): string {
  if (claim === null || !claim.bySubject) return subject;
  return subject.split(REVERT_VERB, 1).join("");
}

function readBody(
  body: readonly string[],
): Pick<MessageReading, "named" | "leading" | "seen"> & { branches: readonly string[] } {
  const branches = body.flatMap((line) => CLOSES_FROM.exec(line)?.[1] ?? []);
  const read = body.flatMap((line, index) =>
    line.includes("-") && isReadForKeys(line) ? [readBodyLine(line, body[index - 1] ?? "")] : [],
  );
  return {
    named: read.flatMap(({ named }) => named),
    leading: read.flatMap(({ leading }) => leading),
    seen: read.flatMap(({ seen }) => seen),
    branches,
  };
}

/** `Revert "Revert "KEY-1: text""` and `Reapply "KEY-1: text"`: the work that comes back. */
function readBroughtBack(subject: string): readonly TicketKey[] {
  const inner = /(?:\brevert "revert "|\bre-?apply ")([^]*)$/i.exec(subject)?.[1];
  if (inner === undefined || /^(?:revert|re-?apply)\b/i.test(inner)) return [];
  return readSubjectLead(inner)?.keys ?? [];
}

function keysOf(text: string): readonly TicketKey[] {
  return findKeys(text).map(({ key }) => key);
}

function unique(keys: readonly TicketKey[]): readonly TicketKey[] {
  return [...new Set(keys)];
}
