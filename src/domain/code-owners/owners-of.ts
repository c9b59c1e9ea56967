import { matchesCodeOwnersPattern } from "./code-owners-pattern.ts";
import type { CodeOwner, CodeOwnersRule } from "./parse-code-owners.ts";

/** Some tenths of a second; past that the answer is cut short. */
const MOST_COMPARISONS = 1_000_000;

/** Who owns the files, those who own most of them first. `complete` is false where there were too many to look at. */
export function ownersOf(
  rules: readonly CodeOwnersRule[],
  paths: readonly string[],
): { readonly owners: readonly CodeOwner[]; readonly complete: boolean } {
  const files = new Map<string, { readonly owner: CodeOwner; count: number }>();
  const most = rules.length === 0 ? 0 : Math.max(1, Math.floor(MOST_COMPARISONS / rules.length));
  for (const path of paths.slice(0, most)) {
    const parts = path.split("/");
    // The last line that matches decides alone, also where it names nobody.
    const rule = rules.findLast(({ pattern }) => matchesCodeOwnersPattern(pattern, parts));
    for (const owner of rule?.owners ?? []) {
      const key = `${owner.kind}:${owner.name.toLowerCase()}`;
      const known = files.get(key);
      if (known === undefined) files.set(key, { owner, count: 1 });
      else known.count += 1;
    }
  }
  const byFiles = [...files.values()].toSorted((one, other) => other.count - one.count);
  return { owners: byFiles.map(({ owner }) => owner), complete: rules.length === 0 || paths.length <= most };
}
