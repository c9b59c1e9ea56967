import { visibleText } from "../escape/visible-text.ts";
import { counted } from "./counted.ts";

export function queueHelp(): string {
  return `holdpoint queue [--json]
holdpoint queue --retry ID

Shows how many jobs wait, run and were parked, and what the last try of each parked one said. --retry puts a
parked job back to work. Needs the database: DATABASE_URL, or the data folder of Holdpoint's own.
`;
}

interface Counted {
  readonly queued: number;
  readonly active: number;
  readonly parked: number;
}

interface Parked {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly retries: number;
  readonly lastError: string;
}

/** Counts first, then every parked job with its last error on a line of its own. */
export function queueTable(counts: Readonly<Record<string, Counted>>, parked: readonly Parked[]): string {
  const rows = Object.entries(counts).map(
    ([kind, { queued, active, parked: held }]) =>
      `${kind.padEnd(10)} ${String(queued).padStart(7)} ${String(active).padStart(7)} ${String(held).padStart(7)}`,
  );
  const held = parked.map(
    ({ id, kind, key, retries, lastError }) =>
      `\n${id}  ${kind} ${visibleText(key, 120)}, tried ${counted(retries + 1, "time")}\n  ${visibleText(lastError, 400)}`,
  );
  const hint = parked.length === 0 ? [] : ["", "Put one back with: holdpoint queue --retry ID"];
  return `${[`${"".padEnd(10)} waiting running  parked`, ...rows, ...held, ...hint].join("\n")}\n`;
}

export function parkedRetried(id: string): string {
  return `${id} is back in the queue.\n`;
}

export function parkedUnknown(id: string): string {
  return `There is no parked job ${id}. “holdpoint queue” lists them.\n`;
}
