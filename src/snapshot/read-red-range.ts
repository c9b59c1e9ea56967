import { setImmediate } from "node:timers/promises";
import { type FoundOwners, saysSomething, searchOwners } from "../domain/code-owners/search-owners.ts";
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import { commitsOfRange, redRange } from "../domain/compliance/red-range.ts";
import { type PeopleFacts, tagPeople } from "../domain/compliance/tag-people.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import type { GitHub } from "../ports/github.ts";
import { readFact } from "./reading.ts";

export interface RedRangeQuestion {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly evidence: Pick<TrunkEvidence, "head" | "chain">;
  readonly firstRed: CommitSha;
  /** The newest green before it; null: none was found. */
  readonly lastGreen: CommitSha | null;
  /** Red already when Holdpoint began to watch: only the owners are told. */
  readonly adopted: boolean;
  /** The policy's, as they are written there: `@acme/server`, `@octocat`. */
  readonly owners: readonly string[];
}

export interface RedRangeSources {
  readonly github: Pick<GitHub, "readOrigins" | "readCodeOwners" | "readChangedFiles">;
}

const NOBODY = { owners: [], complete: true } as const;
const NOT_READ = { owners: [], complete: false } as const;

/**
 * Where a check broke and who is told of it (J10): one call for where the commits came from, two more for the code owners when one pull
 * request alone is in the range. Code owners that cannot be read are said to be incomplete; nothing waits for them.
 *
 * @throws Fault when GitHub cannot say where the commits came from: asked again with the next look
 */
export async function readRedRange(
  { github }: RedRangeSources,
  { repository, evidence, firstRed, lastGreen, adopted, owners }: RedRangeQuestion,
): Promise<{ readonly range: RedRange; readonly people: TaggedPeople }> {
  const found = commitsOfRange(evidence.chain, firstRed, lastGreen);
  const origins = await github.readOrigins(
    repository,
    found.commits.map(({ sha }) => sha),
  );
  const range = redRange(found, firstRed, origins);
  const codeOwners = adopted ? NOBODY : await readOwners(github, repository, evidence.head, range);
  return { range, people: tagPeople({ range, owners, adopted, codeOwners }) };
}

/** Of the files of the one pull request of the range; several would name everybody. */
async function readOwners(
  github: Pick<GitHub, "readCodeOwners" | "readChangedFiles">,
  repository: RepositoryFacts,
  head: CommitSha,
  range: RedRange,
): Promise<PeopleFacts["codeOwners"]> {
  const [only, ...others] = range.pullRequests;
  if (
    only === undefined ||
    others.length > 0 ||
    range.commits.some(({ pullRequest }) => pullRequest === null)
  ) {
    return NOBODY;
  }
  const file = await readFact(() => github.readCodeOwners(repository, head));
  if (file.state === "missing") return NOBODY;
  if (file.state === "unknown") return NOT_READ;
  const { text } = file.value;
  if (!saysSomething(text)) return NOBODY;
  const paths = await readFact(() => github.readChangedFiles(repository, only.number));
  return paths.state === "known" ? await letOthersWork(searchOwners(text, paths.value)) : NOT_READ;
}

/** A long search, with everything else that waits done in its pauses. */
async function letOthersWork(search: Generator<void, FoundOwners>): Promise<FoundOwners> {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}
