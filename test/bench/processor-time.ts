import { readFileSync, readdirSync } from "node:fs";

/** What a process has taken of the processors so far, in microseconds. Linux alone tells, in hundredths of a second. */
export function readProcessorTime(pid: number): number {
  const fields = readFields(pid);
  return (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) * 10_000;
}

/** The same of every PostgreSQL process that descends from this one. */
export function readPostgresTime(): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const fields = /^[0-9]+$/.test(name) ? readFields(Number(name)) : null;
    if (fields !== null) parents.set(Number(name), Number(fields[1]));
  }
  let sum = 0;
  for (const pid of parents.keys())
    if (isOurs(pid, parents) && isPostgres(pid)) sum += readProcessorTime(pid);
  return sum;
}

function isOurs(pid: number, parents: ReadonlyMap<number, number>): boolean {
  const parent = parents.get(pid);
  return parent !== undefined && (parent === process.pid || isOurs(parent, parents));
}

function isPostgres(pid: number): boolean {
  return readText(`/proc/${String(pid)}/cmdline`)?.includes("postgres") === true;
}

/** What follows the name, which may hold anything. */
function readFields(pid: number): readonly string[] | null {
  const text = readText(`/proc/${String(pid)}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** null: the process has ended meanwhile. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
