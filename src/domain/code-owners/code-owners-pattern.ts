/** What one line of CODEOWNERS says which files. Made once, asked for many paths. */
export interface CodeOwnersPattern {
  /** `**` crosses folders, everything else stays within one. */
  readonly segments: readonly string[];
  /** What lies below a folder that matches belongs to it; not for `docs/*`, which means the files themselves. */
  readonly isDeep: boolean;
}

/**
 * A pattern as GitHub reads it: like gitignore, without negation and without ranges. null: GitHub does not take it.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-syntax
 */
export function compileCodeOwnersPattern(pattern: string): CodeOwnersPattern | null {
  if (pattern === "" || pattern.startsWith("!") || pattern.startsWith("\\#") || /^\/*$/.test(pattern))
    return null;
  const isFolder = pattern.endsWith("/");
  const bare = isFolder ? pattern.slice(0, -1) : pattern;
  const isAnchored = bare.includes("/");
  const parts = bare.split("/").filter((part, index) => part !== "" || index > 0);
  if (parts.includes("")) return null;
  const last = parts.at(-1);
  const segments = [...(isAnchored ? [] : ["**"]), ...parts, ...(isFolder ? ["**"] : [])];
  return { segments, isDeep: !isFolder && last !== "**" && !(isAnchored && last === "*") };
}

/** `parts`: the path as GitHub lists files, taken apart at its slashes. */
export function matchesCodeOwnersPattern(
  { segments, isDeep }: CodeOwnersPattern,
  parts: readonly string[],
): boolean {
  const [first = "", second = ""] = segments;
  // Most patterns are answered by one of these two.
  if (first !== "**" && !matchesSegment(first, parts[0] ?? "")) return false;
  if (first === "**" && segments.length === 2 && isDeep) {
    return parts.some((part) => matchesSegment(second, part));
  }
  /** Which numbers of the path's parts the pattern's segments so far may have used up. */
  let reached = new Set([0]);
  for (const [index, segment] of segments.entries()) {
    const next = new Set<number>();
    const isLast = index === segments.length - 1;
    for (const used of reached) {
      if (segment === "**") {
        // At the end it stands for something, elsewhere it may stand for nothing.
        for (let upTo = isLast ? used + 1 : used; upTo <= parts.length; upTo += 1) next.add(upTo);
        continue;
      }
      const part = parts[used];
      if (part !== undefined && matchesSegment(segment, part)) next.add(used + 1);
    }
    reached = next;
  }
  return reached.has(parts.length) || (isDeep && reached.size > 0);
}

/** `*` any run of characters, `?` one; a run of stars is one. Goes back to the last star alone, so it takes no more than length × length. */
function matchesSegment(glob: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let starText = 0;
  while (inText < text.length) {
    const sign = glob[at];
    if (sign === "*") {
      star = at;
      starText = inText;
      at += 1;
    } else if (sign !== undefined && (sign === "?" || sign === text[inText])) {
      at += 1;
      inText += 1;
    } else if (star >= 0) {
      at = star + 1;
      starText += 1;
      inText = starText;
    } else {
      return false;
    }
  }
  while (glob[at] === "*") at += 1;
  return at === glob.length;
}
