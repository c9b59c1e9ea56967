const ACTIONS_APP = "github-actions";
/** GitHub names no more of them. https://docs.github.com/en/webhooks/webhook-events-and-payloads#status */
const MAX_BRANCHES_OF_STATUS = 10;

/**
 * Where a check ran, as its suite says. Actions has a suite for each run; another App has one for each commit, named after the
 * branch that the commit was pushed to first, whichever it is on by now. null: nobody knows.
 */
export function branchOfSuite(
  app: { readonly slug?: string | null | undefined } | null | undefined,
  suite: { readonly head_branch?: string | null | undefined } | null | undefined,
): readonly string[] | null {
  const branch = suite?.head_branch ?? "";
  return app?.slug === ACTIONS_APP && branch !== "" ? [branch] : null;
}

/** The branches whose head the commit is. A list that is full may be cut; an empty one says that it is the head of none. */
export function branchesOfStatus(
  branches: readonly { readonly name: string }[] | null | undefined,
): readonly string[] | null {
  if (!branches || branches.length === 0 || branches.length >= MAX_BRANCHES_OF_STATUS) return null;
  return branches.map(({ name }) => name);
}
