import type { Reading } from "../model.ts";

/** Whether anybody else may say what Holdpoint says: what whoever sets the repository up is told. */
export type Pin =
  | { readonly state: "pinned" }
  | { readonly state: "open-to-all"; readonly branch: string; readonly contexts: readonly string[] }
  | { readonly state: "unseen"; readonly branch: string };

const OURS = "holdpoint/";

/**
 * What is required on the branch of what is ours, and not pinned to this App. A branch of which no ruleset asks anything of ours
 * is nobody's business.
 */
export function pinOf(
  branch: string,
  required: Reading<readonly { readonly context: string; readonly onlyOurs: boolean }[]>,
): Pin {
  if (required.state !== "known") return { state: "unseen", branch };
  const contexts = required.value
    .filter(({ context, onlyOurs }) => context.toLowerCase().startsWith(OURS) && !onlyOurs)
    .map(({ context }) => context);
  return contexts.length === 0
    ? { state: "pinned" }
    : { state: "open-to-all", branch, contexts: [...new Set(contexts)].toSorted() };
}
