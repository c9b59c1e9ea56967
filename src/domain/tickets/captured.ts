/** What a group of a pattern took; nothing where it took no part. */
export function captured(match: RegExpExecArray, group: number): string {
  return match.slice(group, group + 1).join("");
}
