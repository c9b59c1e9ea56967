/** A row of a CSV file and the line on which it begins, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvRead =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  /** A quotation that begins on that line never ends. */
  | { readonly ok: false; readonly line: number };

/** Reads RFC 4180: quoted cells may hold commas, line ends and doubled quotes. Empty lines are no rows. */
export function parseCsv(given: string): CsvRead {
  const text = given.startsWith("\uFEFF") ? given.slice(1) : given;
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  let at = 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    if (cell === null) return { ok: false, line };
    cells.push(cell.text);
    line += cell.lines;
    at = cell.end;
    if (text[at] === ",") {
      at += 1;
      // A comma at the very end leaves an empty cell behind it.
      if (at < text.length) continue;
      cells.push("");
    }
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: began, cells });
    cells = [];
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    at += 1;
    line += 1;
    began = line;
  }
  return { ok: true, rows };
}

interface Cell {
  readonly text: string;
  readonly end: number;
  readonly lines: number;
}

const END_OF_CELL = /[,\r\n]/g;

function readPlain(text: string, from: number): Cell {
  END_OF_CELL.lastIndex = from;
  const end = END_OF_CELL.exec(text)?.index ?? text.length;
  return { text: text.slice(from, end), end, lines: 0 };
}

/** What stands between the closing quote and the comma is kept: it is for the reader to refuse. */
function readQuoted(text: string, from: number): Cell | null {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return null;
    at = quote + 1;
    if (text[at] !== '"') break;
    at += 1;
  }
  const quoted = text.slice(from + 1, at - 1);
  const rest = readPlain(text, at);
  const lines = quoted.split(/\r\n|\n|\r/).length - 1;
  return { text: quoted.replaceAll('""', '"') + rest.text, end: rest.end, lines };
}
