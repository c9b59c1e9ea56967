import type { SourceNode } from "./source-node.ts";

/** Maps of which exactly one key counts: merged key by key they would end with two. */
const WHOLE = [/^deploy\.environments\.(?:[\w-]+|"(?:[^"\\]|\\.)*")\.base$/, /^override\.allow$/];

/**
 * The repository's file over the organisation's: maps merged, everything else replaced. The repository's
 * keys come first, in its own order, so that its first environment is the main one.
 */
export function mergeSources(
  organisation: SourceNode | null,
  repository: SourceNode | null,
): SourceNode | null {
  if (organisation === null) return repository;
  if (repository === null) return organisation;
  if (organisation.kind !== "map" || repository.kind !== "map") return repository;
  if (WHOLE.some((path) => path.test(repository.path))) return repository;
  const entries = new Map(repository.entries);
  for (const [key, theirs] of organisation.entries) {
    const ours = repository.entries.get(key);
    const value = ours === undefined ? theirs.value : mergeSources(theirs.value, ours.value);
    if (value !== null) entries.set(key, { keyAt: (ours ?? theirs).keyAt, value });
  }
  return { ...repository, entries };
}
