import type { Clock } from "./clock.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

/** Constant message, data in fields; the same keys everywhere: delivery, repository, subject, job, code. */
export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
}

export interface LogOptions {
  readonly level: LogLevel;
  readonly clock: Clock;
  /** Takes one line, newline included. */
  readonly write: (line: string) => void;
  /** Values that must never appear: replaced wherever they stand. */
  readonly secrets: readonly string[];
}

/** What JSON leaves as it is although terminals and log viewers obey it: DEL, the C1 controls, two line separators. */
const OBEYED = /[\u007F-\u009F\u2028\u2029]/g;

/** One JSON object a line, without a control character in it: a hostile text can neither forge a line nor steer a terminal. */
export function createLog(options: LogOptions): Log {
  const threshold = LOG_LEVELS.indexOf(options.level);
  const secrets = options.secrets.filter((secret) => secret.length > 0);

  function emit(level: LogLevel, message: string, fields: LogFields): void {
    if (LOG_LEVELS.indexOf(level) < threshold) return;
    const record: Record<string, unknown> = { time: options.clock.now().toISOString(), level, message };
    for (const [key, value] of Object.entries(fields)) {
      if (value !== undefined) record[key] = value instanceof Error ? describeError(value) : value;
    }
    let line = JSON.stringify(record);
    for (const secret of secrets) {
      line = line.replaceAll(JSON.stringify(secret).slice(1, -1), "[secret]");
    }
    options.write(`${line.replaceAll(OBEYED, escapeCharacter)}\n`);
  }

  return {
    debug: (message, fields = {}) => emit("debug", message, fields),
    info: (message, fields = {}) => emit("info", message, fields),
    warn: (message, fields = {}) => emit("warn", message, fields),
    error: (message, fields = {}) => emit("error", message, fields),
  };
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The chain of causes with the first stack; bounded, because strangers' errors carry whole requests. */
function describeError(error: Error): string {
  const lines = [error.stack ?? error.message];
  let cause = error.cause;
  for (let depth = 0; cause instanceof Error && depth < 4; depth += 1) {
    lines.push(`caused by ${cause.name}: ${cause.message}`);
    cause = cause.cause;
  }
  return lines.join("\n").slice(0, 4_000);
}
