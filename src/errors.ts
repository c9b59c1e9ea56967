/**
 * Three kinds of fault are enough. A refusal (a wrong command, a missing branch) is a value, not a fault.
 *
 * retry-later     the outside did not answer as it should; the same call may go through later
 * never-retry     the same call will fail again; a person or new code must change something
 * misconfigured   a setting or a permission is missing; the operator must change it
 */
export type FaultKind = "retry-later" | "never-retry" | "misconfigured";

export interface FaultFields {
  readonly kind: FaultKind;
  /** Machine-readable: `github-rate-limited`, `database-unavailable`, ... Never branch on the message. */
  readonly code: string;
  /** What was being attempted, as it would read after "while": "reading the head of main". */
  readonly doing: string;
  /** Not before this moment, where the other side said so. */
  readonly retryAt?: Date | null;
  readonly status?: number | null;
  /** What was seen, free of secrets; shown to the operator. */
  readonly detail?: string;
  readonly cause?: unknown;
}

export class Fault extends Error {
  readonly kind: FaultKind;
  readonly code: string;
  readonly doing: string;
  readonly retryAt: Date | null;
  readonly status: number | null;
  readonly detail: string;

  constructor(fields: FaultFields) {
    super(`${fields.code} while ${fields.doing}${fields.detail === undefined ? "" : `: ${fields.detail}`}`, {
      cause: fields.cause,
    });
    this.name = "Fault";
    this.kind = fields.kind;
    this.code = fields.code;
    this.doing = fields.doing;
    this.retryAt = fields.retryAt ?? null;
    this.status = fields.status ?? null;
    this.detail = fields.detail ?? "";
  }
}

/** Whatever was thrown, as an Error: strangers throw strings and `undefined`. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(
    typeof thrown === "string" ? thrown : `a value that is no error was thrown: ${String(thrown)}`,
  );
}
