import * as wording from "../wording/hindsight/results.ts";
import { type CsvRow, parseCsv } from "./parse-csv.ts";
import { itemAt } from "./item-at.ts";

/** A recorded result of a check. */
export interface RecordedResult {
  readonly line: number;
  readonly check: string;
  /** Lower case, as many hex digits as were given. */
  readonly sha: string;
  /** Milliseconds. */
  readonly finishedAt: number;
  readonly said: string;
  /** null: the file does not say. */
  readonly attempt: number | null;
}

export interface ResultsProblem {
  readonly line: number;
  readonly message: string;
}

export interface ResultsRead {
  readonly results: readonly RecordedResult[];
  /** In the order of the file. */
  readonly problems: readonly ResultsProblem[];
}

/** A check run's conclusions and a status' states, as GitHub writes them. */
const CONCLUSIONS: ReadonlySet<string> = new Set([
  "success",
  "failure",
  "timed_out",
  "cancelled",
  "skipped",
  "neutral",
  "action_required",
  "startup_failure",
  "stale",
  "error",
]);
const REQUIRED = ["check", "sha", "finished_at", "conclusion"] as const;
const COLUMNS = [...REQUIRED, "attempt"] as const;
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d\d:?\d\d)$/i;
const LONGEST_CHECK = 300;

/**
 * Reads recorded results; columns that are not known are passed over. Everything wrong is named, and what is right is read.
 *
 * @param now nothing ended after it, in milliseconds
 */
export function readResults(text: string, now: number): ResultsRead {
  const parsed = parseCsv(text);
  if (!parsed.ok) {
    return { results: [], problems: [{ line: parsed.line, message: wording.unclosedQuote() }] };
  }
  const [header, ...rows] = parsed.rows;
  if (header === undefined) return { results: [], problems: [{ line: 1, message: wording.emptyResults() }] };
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return { results: [], problems: [{ line: header.line, message: wording.columnsMissing(missing) }] };
  }
  const twice = COLUMNS.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) {
    return { results: [], problems: [{ line: header.line, message: wording.columnTwice(twice) }] };
  }
  if (rows.length === 0) {
    return { results: [], problems: [{ line: header.line, message: wording.noResults() }] };
  }
  return readRows(names, rows, now);
}

function readRows(names: readonly string[], rows: readonly CsvRow[], now: number): ResultsRead {
  const results: RecordedResult[] = [];
  const problems: ResultsProblem[] = [];
  const lines = new Map<string, number>();
  for (const row of rows) {
    const read = readRow(names, row, now);
    if (typeof read === "string") {
      problems.push({ line: row.line, message: read });
      continue;
    }
    const { check, sha, attempt, finishedAt } = read;
    const key = JSON.stringify([check, sha, attempt ?? finishedAt]);
    const before = lines.get(key);
    if (before !== undefined) problems.push({ line: row.line, message: wording.sameResult(before) });
    else results.push(read);
    lines.set(key, before ?? row.line);
  }
  return { results, problems };
}

/** A text is what is wrong with it. */
function readRow(names: readonly string[], { line, cells }: CsvRow, now: number): RecordedResult | string {
  if (cells.length !== names.length) return wording.cellsMiscounted(cells.length, names.length);
  const cell = (name: string): string => itemAt(cells, names.indexOf(name)).trim();
  const check = cell("check");
  if (check === "") return wording.checkEmpty();
  if (check.length > LONGEST_CHECK) return wording.checkTooLong(LONGEST_CHECK);
  const sha = cell("sha").toLowerCase();
  if (!/^[0-9a-f]{7,64}$/.test(sha)) return wording.notASha(cell("sha"));
  const finishedAt = readTime(cell("finished_at"));
  if (finishedAt === null) return wording.notATime(cell("finished_at"));
  if (finishedAt > now) return wording.endedInTheFuture(cell("finished_at"));
  const said = cell("conclusion").toLowerCase();
  if (!CONCLUSIONS.has(said)) return wording.notAConclusion(cell("conclusion"), [...CONCLUSIONS]);
  const attempt = names.includes("attempt") ? cell("attempt") : "";
  if (!/^(?:|[1-9]\d{0,5})$/.test(attempt)) return wording.notAnAttempt(attempt);
  return { line, check, sha, finishedAt, said, attempt: attempt === "" ? null : Number(attempt) };
}

/** null: no time, or one that does not say where on earth. */
function readTime(text: string): number | null {
  const [, day = "", time = "", zone = ""] = TIME.exec(text) ?? [];
  if (day === "") return null;
  const offset = /^[Zu]/i.test(zone) ? "Z" : zone.replace(/^(...)(\d\d)$/, "$1:$2");
  const at = Date.parse(`${day}T${time}${offset}`);
  // JavaScript takes the 30th of February for the 2nd of March.
  const isDay = new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(8));
  return Number.isNaN(at) || !isDay ? null : at;
}
