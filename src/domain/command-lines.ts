const COMMAND = /^ {0,3}(\/holdpoint(?:[ \t].*)?)$/i;
const FENCE = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!`)|~{3,}(?!~))([^]*)$/;
const BLANK = /^[ \t]*$/;
/** Not shown, or shown as somebody's example: nobody sees a command there that they would be said to have given. */
const HIDDEN = /<!--[^]*?(?:-->|$)|<(pre|code|blockquote|textarea|script|style)\b[^]*?(?:<\/\1|$)/gi;

/**
 * Lines of a comment that give Holdpoint a command: at the start of a line, outside quotations (their lazy
 * last lines included), code and what Markdown does not show. In doubt a line is no command.
 */
export function commandLines(body: string): readonly string[] {
  // Something must stay where hidden text was, or what follows it would seem to begin the line.
  const shown = body.replaceAll(HIDDEN, (hidden) => `\0${"\n".repeat(hidden.split("\n").length - 1)}\0`);
  const commands: string[] = [];
  let fence: string | null = null;
  let paragraph = newParagraph();
  for (const line of shown.split(/\r\n|\n|\r/)) {
    const marks = FENCE.exec(line);
    if (fence !== null) {
      if (closes(fence, marks)) fence = null;
      continue;
    }
    const opened = opens(marks);
    if (opened !== null || BLANK.test(line)) {
      fence = opened;
      paragraph = newParagraph();
      continue;
    }
    const command = COMMAND.exec(line)?.[1];
    if (command !== undefined && !paragraph.quoted && paragraph.openRuns.size === 0) {
      commands.push(command.replaceAll(/\0+/g, " ").trimEnd());
    }
    readOn(paragraph, line);
  }
  return commands;
}

/** A fence of backticks has none in the rest of its line; else it is code within a line. */
function opens(marks: RegExpExecArray | null): string | null {
  const [, run, rest] = marks ?? [];
  if (run === undefined || rest === undefined) return null;
  return run.startsWith("`") && rest.includes("`") ? null : run;
}

function closes(fence: string, marks: RegExpExecArray | null): boolean {
  const [, run, rest] = marks ?? [];
  return run !== undefined && rest !== undefined && run.startsWith(fence) && BLANK.test(rest);
}

/** What the earlier lines of a paragraph mean for the next one. */
interface Paragraph {
  /** A quotation goes on to the paragraph's end, marked or not. */
  quoted: boolean;
  /** Lengths of runs of backticks that have no partner yet: code may still be open. */
  readonly openRuns: Set<number>;
}

function newParagraph(): Paragraph {
  return { quoted: false, openRuns: new Set() };
}

function readOn(paragraph: Paragraph, line: string): void {
  paragraph.quoted ||= /^[ \t]*>/.test(line);
  for (const [run] of line.matchAll(/`+/g)) {
    if (!paragraph.openRuns.delete(run.length)) paragraph.openRuns.add(run.length);
  }
}
