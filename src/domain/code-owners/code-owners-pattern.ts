/** What one line of CODEOWNERS says which files. Made once, asked for many paths. */
export interface CodeOwnersPattern {
  /** `**` crosses folders, everything else stays within one. No two `**` follow each other, and no two stars within a segment. */
  readonly segments: readonly string[];
  /** What lies below a folder that matches belongs to it; not for `docs/*`, which means the files themselves. */
  readonly isDeep: boolean;
}

/** Counts what a search costs, in characters and folders that were looked at. */
export interface Effort {
  spent: number;
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
  const written = [...(isAnchored ? [] : ["**"]), ...parts, ...(isFolder ? ["**"] : [])];
  const segments = written.filter((segment, index) => segment !== "**" || written[index - 1] !== "**");
  return {
    segments: segments.map((one) => (one === "**" ? one : one.replaceAll(/\*{2,}/g, "*"))),
    isDeep: !isFolder && last !== "**" && !(isAnchored && last === "*"),
  };
}

/**
 * `parts`: the path as GitHub lists files, taken apart at its slashes. Goes back to the last `**` alone, and within a segment to the last
 * star: no more than the lengths of path and pattern multiplied.
 */
export function matchesCodeOwnersPattern(
  { segments, isDeep }: CodeOwnersPattern,
  parts: readonly string[],
  effort: Effort,
): boolean {
  const endsOpen = segments.at(-1) === "**";
  const length = endsOpen ? segments.length - 1 : segments.length;
  /** What of the path has to be left when the pattern is at its end; -1: nothing may be. */
  const least = endsOpen ? 1 : isDeep ? 0 : -1;
  let at = 0;
  let inParts = 0;
  let open = -1;
  let openPart = 0;
  for (;;) {
    effort.spent += 1;
    if (at === length && (least === -1 ? inParts === parts.length : parts.length - inParts >= least)) {
      return true;
    }
    const segment = at < length ? segments[at] : undefined;
    const part = parts[inParts];
    if (segment === "**") {
      open = at;
      openPart = inParts;
      at += 1;
    } else if (segment !== undefined && part !== undefined && matchesSegment(segment, part, effort)) {
      at += 1;
      inParts += 1;
    } else if (open >= 0 && openPart < parts.length) {
      at = open + 1;
      openPart += 1;
      inParts = openPart;
    } else {
      return false;
    }
  }
}

/** `*` any run of characters, `?` one. */
function matchesSegment(glob: string, text: string, effort: Effort): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let starText = 0;
  while (inText < text.length) {
    effort.spent += 1;
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
  return glob.length - at === (glob[at] === "*" ? 1 : 0);
}
