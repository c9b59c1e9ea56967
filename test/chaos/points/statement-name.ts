const VERBS = /\b(insert into|update|delete from)\s+(?:only\s+)?([a-z_]+\.[a-z_0-9]+)/i;
const READS = /\bfrom\s+(?:only\s+)?([a-z_]+\.[a-z_0-9]+)/i;
const CALLS = /^\s*select\s+([a-z_]+(?:\.[a-z_]+)?)\s*\(/i;

/** What a statement does to which table, by its first words: `insert into holdpoint.effect`, `select from holdpoint.turn`. */
export function nameStatement(sql: string): string {
  const write = VERBS.exec(sql);
  if (write !== null) return `${(write[1] ?? "").toLowerCase()} ${tableOf(write[2])}`;
  const read = READS.exec(sql);
  if (read !== null) return `select from ${tableOf(read[1])}`;
  const called = CALLS.exec(sql);
  return called === null ? (sql.trim().split(/\s+/)[0] ?? "").toLowerCase() : `select ${called[1] ?? ""}`;
}

export function isWrite(sql: string): boolean {
  return VERBS.test(sql);
}

/** pg-boss keeps each queue in a table of its own, by a name that nobody would recognise. */
function tableOf(name: string | undefined): string {
  return (name ?? "").toLowerCase().replace(/^pgboss\.j[0-9a-f]{20,}$/, "pgboss.job");
}
