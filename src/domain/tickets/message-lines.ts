/** A commit message taken apart: what the rules of reading look at. */
export interface MessageLines {
  /** The first line. */
  readonly subject: string;
  /** The first paragraph on one line, as `git log --format=%s` shows it. */
  readonly foldedSubject: string;
  /** The lines after the first one; blank ones are empty strings. */
  readonly body: readonly string[];
}

/**
 * Of a longer message the beginning and the end are read: a subject and what explains it, and the trailers.
 * Messages of a megabyte exist; what lies in the middle is a pasted log.
 */
const LONGEST = 80_000;
const LONGEST_END = 16_000;

/** Lines end with LF, CRLF or CR; blanks at their ends do not count. Leading blank lines are skipped, as git does. */
export function splitMessage(message: string): MessageLines {
  const text = readablePart(message);
  // Nearly all messages have LF alone, and splitting by a pattern takes several times as long.
  const lines = text.split(text.includes("\r") ? /\r\n|\n|\r/ : "\n").map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== "");
  const kept = first === -1 ? [] : lines.slice(first);
  const end = kept.indexOf("");
  const paragraph = kept.slice(0, end === -1 ? undefined : end);
  const [subject = "", ...body] = kept;
  return {
    subject: subject.trimStart(),
    foldedSubject: paragraph.map((line) => line.trim()).join(" "),
    body,
  };
}

function readablePart(message: string): string {
  if (message.length <= LONGEST) return message;
  return `${message.slice(0, LONGEST - LONGEST_END)}\n\n${message.slice(-LONGEST_END)}`;
}
