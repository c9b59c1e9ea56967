/** `1 commit`, `2 commits`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The first few, and how many more there are: `PLAY-1, PLAY-2 and 3 more`. */
export function listed(items: readonly string[], limit: number = 5): string {
  const shown = items.slice(0, limit).join(", ");
  return items.length > limit ? `${shown} and ${items.length - limit} more` : shown;
}

/** As many hex digits as people read. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** A name that somebody else chose, set off from the sentence; it cannot close the quotation itself. */
export function quoted(name: string): string {
  return `“${name.replaceAll(/[“”]/g, "'").trim()}”`;
}

/** `2026-11-21 06:49 UTC`. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** `32,767`. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}
