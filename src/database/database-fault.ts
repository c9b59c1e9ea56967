import { Fault, type FaultKind, asError } from "../errors.ts";

/**
 * What a SQLSTATE means for whoever runs into it; the class (its first two characters) where the whole
 * is not listed. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const MEANINGS: Readonly<Record<string, readonly [code: string, kind: FaultKind]>> = {
  "08": ["database-unavailable", "retry-later"],
  "57P": ["database-unavailable", "retry-later"],
  "58": ["database-unavailable", "retry-later"],
  "25006": ["database-read-only", "retry-later"],
  "53": ["database-busy", "retry-later"],
  "53100": ["database-full", "retry-later"],
  "57014": ["database-timeout", "retry-later"],
  "55P03": ["database-timeout", "retry-later"],
  "25P03": ["database-timeout", "retry-later"],
  "25P04": ["database-timeout", "retry-later"],
  "40": ["database-conflict", "retry-later"],
  "28": ["database-refused", "misconfigured"],
  "3D": ["database-missing", "misconfigured"],
  "42501": ["database-permission", "misconfigured"],
  "23": ["database-constraint", "never-retry"],
  XX: ["database-damaged", "never-retry"],
};

/** The five characters PostgreSQL gives each error; null for what did not come from the server. */
export function sqlStateOf(thrown: unknown): string | null {
  if (thrown instanceof Fault) return sqlStateOf(thrown.cause);
  if (!(thrown instanceof Error) || !("code" in thrown) || !("severity" in thrown)) return null;
  return typeof thrown.code === "string" && /^[0-9A-Z]{5}$/.test(thrown.code) ? thrown.code : null;
}

/**
 * Whatever the driver threw, as a fault with a code. Decided by SQLSTATE, never by message: an error
 * without one comes from the connection itself (refused, reset, ended, no answer in time).
 */
export function toDatabaseFault(thrown: unknown, doing: string): Fault {
  if (thrown instanceof Fault) return thrown;
  const cause = asError(thrown);
  const state = sqlStateOf(thrown);
  if (state === null) {
    return new Fault({
      kind: "retry-later",
      code: "database-unavailable",
      doing,
      detail: describeConnectionError(cause),
      cause,
    });
  }
  const [code, kind] = MEANINGS[state] ??
    MEANINGS[state.slice(0, 3)] ??
    MEANINGS[state.slice(0, 2)] ?? ["database-error", "never-retry"];
  return new Fault({ kind, code, doing, detail: describeServerError(state, cause), cause });
}

/** After these the session is of no use: what is next must go through a new one. */
export function spoilsSession(thrown: unknown): boolean {
  const state = sqlStateOf(thrown);
  if (state === null) return true;
  return /^(08|57P|58|XX)/.test(state) || state === "25006" || state === "25P03" || state === "25P04";
}

/** PostgreSQL's own message may quote values of rows, so only names of things are shown. */
function describeServerError(state: string, error: Error): string {
  const names = ["constraint", "table", "column"].flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === "string" ? [`${field} ${value}`] : [];
  });
  return [`SQLSTATE ${state}`, ...names].join(", ");
}

function describeConnectionError(error: Error): string {
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : "the connection gave no answer or was lost";
}
