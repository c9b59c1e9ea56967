import type { CommitSha } from "../model.ts";
import type { TrunkEvidence } from "./evidence.ts";
import type { NewCase } from "./open-case.ts";

/** What all of them have in common broke after the newest of their greens. */
export function newestGreen(
  cases: readonly Pick<NewCase, "lastGreen">[],
  { chain }: Pick<TrunkEvidence, "chain">,
): CommitSha | null {
  const greens = new Set(cases.map(({ lastGreen }) => lastGreen));
  return chain.find(({ sha }) => greens.has(sha))?.sha ?? null;
}
