import { cutHere } from "../wording/report.ts";

const NOTE_BYTES = 200;

/** A Markdown block or list item, whole: nothing is left open between two of them. Made only where it is shown. */
export type Row = string | (() => string);

/** As many rows as fit into `bytes` of UTF-8, and a last line that says how many did not and where they are. */
export function fitRows(rows: readonly Row[], bytes: number, whereElse: string): string {
  const fitting: string[] = [];
  let used = 0;
  for (const row of rows) {
    const made = typeof row === "string" ? row : row();
    used += sizeOf(made);
    fitting.push(made);
    if (used > bytes) break;
  }
  if (used <= bytes) return fitting.join("\n").trimEnd();
  const kept: string[] = [];
  let room = bytes - NOTE_BYTES;
  for (const row of fitting) {
    room -= sizeOf(row);
    if (room < 0) break;
    kept.push(row);
  }
  return [...kept, "", `${cutHere(rows.length - kept.length)} ${whereElse}`].join("\n");
}

/** With the line's end. */
function sizeOf(row: string): number {
  return Buffer.byteLength(row) + 1;
}
