import type { TicketKey } from "../model.ts";
import type { TicketPolicy } from "../policy.ts";
import { startsWithWord } from "./exemption.ts";
import { projectOf } from "./key.ts";
import { readMergeSubject } from "./merge-subject.ts";
import { type MessageReading, readMessage } from "./read-message.ts";
import { isStandard } from "./standards.ts";

/** Whether a message may be committed as it is. */
export type MessageJudgement =
  | {
      readonly accepted: true;
      readonly because: "ticket" | "empty" | "off" | "exempt" | "merge" | "autosquash" | "revert";
    }
  | {
      readonly accepted: false;
      /** Keys that would count if they stood where a ticket is named. */
      readonly seen: readonly TicketKey[];
    };

/** `git commit --fixup` and `--squash`: they vanish in the next rebase. */
const AUTOSQUASH = /^(?:fixup|squash|amend)! /;

/**
 * Judges one message alone, before it is a commit: no history shows which prefixes are projects here, so
 * without a list every prefix counts that is no well-known standard. Claims of a revert are believed.
 *
 * @param message without comments
 */
export function judgeMessage(
  message: string,
  policy: Pick<TicketPolicy, "projects" | "require" | "exempt">,
): MessageJudgement {
  const reading = readMessage(message);
  const { subject } = reading.lines;
  if (subject === "") return { accepted: true, because: "empty" };
  if (policy.require === "off") return { accepted: true, because: "off" };
  const counts = countsAs(policy.projects);
  if ([...reading.named, ...reading.leading].some(counts)) return { accepted: true, because: "ticket" };
  if (readMergeSubject(subject) !== null) return { accepted: true, because: "merge" };
  if (AUTOSQUASH.test(subject)) return { accepted: true, because: "autosquash" };
  if (isRevert(reading)) return { accepted: true, because: "revert" };
  if (policy.exempt.subjects.some((prefix) => startsWithWord(subject, prefix))) {
    return { accepted: true, because: "exempt" };
  }
  return { accepted: false, seen: reading.seen.filter(counts) };
}

function countsAs(projects: readonly string[]): (key: TicketKey) => boolean {
  const listed = new Set(projects.map((project) => project.toUpperCase()));
  return (key) => (listed.size > 0 ? listed.has(projectOf(key)) : !isStandard(key));
}

/** A commit named by its sha, or a quoted subject: more than the word "revert". */
function isRevert({ claim, lines }: MessageReading): boolean {
  if (claim === null) return false;
  return claim.shas.length > 0 || (claim.bySubject && /\b(?:revert|reapply) "/i.test(lines.subject));
}
