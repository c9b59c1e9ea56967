import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { GitHub } from "../ports.ts";

export interface RedRangeQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly evidence: TrunkEvidence;
  readonly firstRed: CommitSha;
  /** The newest green before it; null: none was found. */
  readonly lastGreen: CommitSha | null;
  /** Red already when Holdpoint began to watch: only the owners are told. */
  readonly adopted: boolean;
  /** The policy's, as they are written there: `@acme/server`, `@octocat`. */
  readonly owners: readonly string[];
}

export interface RedRangeSources {
  readonly github: Pick<GitHub, "readCodeOwners" | "readChangedFiles">;
}

/** Where a check broke and who is told of it (J10). */
export async function readRedRange(
  _sources: RedRangeSources,
  { firstRed, lastGreen }: RedRangeQuestion,
): Promise<{ readonly range: RedRange; readonly people: TaggedPeople }> {
  return {
    range: { after: lastGreen, upTo: firstRed, commits: [], pullRequests: [], incomplete: true },
    people: { tagged: [], listed: [], ownersMayBeIncomplete: false },
  };
}
