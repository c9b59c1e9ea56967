import { visibleText } from "../domain/escape/visible-text.ts";
import {
  andMore,
  exemptLine,
  mentionedLine,
  rangeLine,
  revertRow,
  revertsHeading,
  skippedLine,
  ticketRow,
  ticketsHeading,
  unticketedHeading,
  verdictLine,
} from "../domain/wording/check-table.ts";
import { shortSha } from "../domain/wording/counted.ts";
import type { CheckDocument } from "./check-document.ts";

export interface TableStyle {
  /** Of the terminal; lines are cut to it. */
  readonly columns: number;
  readonly colour: boolean;
  /** Rows of one list; the JSON has them all. */
  readonly rows: number;
}

const COLOURS = { pass: "32", fail: "31", unknown: "33" } as const;
const MOST_MENTIONED = 20;

/**
 * The document as text for people: discrepancies first, then what goes out. Everything that strangers wrote
 * stands last on its line, cut, and with every character visible, so that it can neither move the cursor
 * nor push other columns about.
 */
export function renderCheckTable(document: CheckDocument, style: TableStyle): string {
  const { base, base_counts_as: countsAs, head, relation, ahead_by: ahead, behind_by: behind } = document;
  const lines = [
    rangeLine(countsAs ?? base ?? "", head, ahead, behind, relation),
    paint(verdictLine(document.verdict), document.verdict, style),
    "",
    ...document.findings.map(
      ({ rule, outcome, message }) =>
        `  ${paint(outcome.padEnd(7), outcome, style)}  ${rule.padEnd(16)}  ${shown(message, style, 29)}`,
    ),
    ...(document.skipped.length === 0 ? [] : [`  ${skippedLine(document.skipped)}`]),
    ...section(
      unticketedHeading,
      document.unticketed,
      style,
      ({ sha, subject }) => `${shortSha(sha)}  ${shown(subject, style, 11)}`,
    ),
    ...section(
      ticketsHeading,
      document.tickets,
      style,
      ({ key, commits, reverted }) => `${key.padEnd(14)}  ${ticketRow(commits.length, reverted)}`,
    ),
    ...section(revertsHeading, document.reverts, style, ({ sha, reverts }) => revertRow(sha, reverts)),
    ...summary(document),
  ];
  return `${lines.join("\n")}\n`;
}

function section<Row>(
  heading: (count: number) => string,
  rows: readonly Row[],
  style: TableStyle,
  line: (row: Row) => string,
): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - style.rows;
  const listed = rows.slice(0, style.rows).map((row) => `  ${line(row)}`);
  return ["", heading(rows.length), ...listed, ...(more > 0 ? [`  ${andMore(more)}`] : [])];
}

function summary({ exempt, mentioned, notes }: CheckDocument): readonly string[] {
  const reasons = new Map<string, number>();
  for (const { because } of exempt) reasons.set(because, (reasons.get(because) ?? 0) + 1);
  const counts = [...reasons].map(([because, count]) => `${count} ${because}`);
  const named = mentioned.slice(0, MOST_MENTIONED);
  const rest = mentioned.length > named.length ? [andMore(mentioned.length - named.length)] : [];
  const lines = [
    ...(exempt.length === 0 ? [] : [exemptLine(exempt.length, counts)]),
    ...(mentioned.length === 0 ? [] : [mentionedLine([...named, ...rest])]),
    ...notes,
  ];
  return lines.length === 0 ? [] : ["", ...lines];
}

function shown(text: string, { columns }: TableStyle, used: number): string {
  return visibleText(text, Math.max(20, columns - used));
}

function paint(text: string, outcome: CheckDocument["verdict"], { colour }: TableStyle): string {
  return colour ? `\u001B[${COLOURS[outcome]}m${text}\u001B[0m` : text;
}
