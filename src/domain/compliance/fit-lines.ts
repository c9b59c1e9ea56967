/** Lines as long as they fit into so many characters, and one that says how many are left out. None is cut in its middle. */
export function fitLines(
  lines: readonly string[],
  characters: number,
  leftOut: (count: number) => string,
): readonly string[] {
  const kept: string[] = [];
  let used = 0;
  for (const line of lines) {
    used += line.length + 1;
    if (used > characters) return [...kept, leftOut(lines.length - kept.length)];
    kept.push(line);
  }
  return kept;
}
