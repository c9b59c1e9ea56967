import type { Repository } from "../model.ts";

/** What a ref points at, or pointed at before it last moved while reads lag. */
export function refOf(
  { repository, lagging }: { readonly repository: Repository; readonly lagging: boolean },
  name: string,
): string | null {
  if (lagging && repository.formerRefs.has(name)) return repository.formerRefs.get(name) ?? null;
  return repository.git.refs.get(name) ?? null;
}
