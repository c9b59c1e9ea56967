import type { CaseFacts } from "../domain/compliance/decide-cases.ts";
import { relapsesOf } from "../domain/compliance/decide-cases.ts";
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import type { NewCase } from "../domain/compliance/open-case.ts";
import { isAfter } from "../domain/compliance/trunk-order.ts";
import type { CommitSha, RepositoryFacts } from "../domain/model.ts";
import type { Policy } from "../domain/policy.ts";
import { readRedRange } from "../snapshot/read-red-range.ts";
import { listKnownIssues } from "../store/compliance-issue.ts";
import type { HandlerDependencies } from "./dependencies.ts";

export interface NewIssue {
  readonly firstRed: CommitSha;
  readonly range: RedRange;
  readonly people: TaggedPeople;
}

interface RangeGround {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly evidence: TrunkEvidence;
}

/** Where the checks of each first red commit broke that has no issue yet, and who is told: read once and kept. */
export async function readNewIssues(
  dependencies: Pick<HandlerDependencies, "github" | "database">,
  ground: RangeGround,
  opened: readonly NewCase[],
): Promise<readonly NewIssue[]> {
  const firstReds = [...new Set(opened.map(({ firstRed }) => firstRed.sha))];
  if (firstReds.length === 0) return [];
  const known = await listKnownIssues(dependencies.database, ground.repository.id, firstReds);
  const issues: NewIssue[] = [];
  for (const firstRed of firstReds.filter((sha) => !known.has(sha))) {
    const cases = opened.filter((one) => one.firstRed.sha === firstRed);
    const found = await readRedRange(dependencies, {
      ...ground,
      firstRed,
      lastGreen: newestGreen(cases, ground.evidence),
      adopted: cases.every(({ adopted }) => adopted),
      owners: [...new Set(cases.flatMap(({ owners }) => owners))],
    });
    issues.push({ firstRed, ...found });
  }
  return issues;
}

/** What all of them have in common broke after the newest of their greens. */
function newestGreen(cases: readonly NewCase[], { chain }: TrunkEvidence): CommitSha | null {
  const greens = new Set(cases.map(({ lastGreen }) => lastGreen));
  return chain.find(({ sha }) => greens.has(sha))?.sha ?? null;
}

/** The keys of checks that are red again within a day of their green, and a pull request was merged since: new streaks. */
export async function readNewWork(
  dependencies: Pick<HandlerDependencies, "github">,
  ground: RangeGround,
  facts: Omit<CaseFacts, "newWork">,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const { streak, of } of relapsesOf(facts)) {
    const { firstRed } = streak.now;
    const green = of.end?.sha ?? null;
    // On the same commit nothing can have been merged, and nobody is asked.
    if (green === null || isAfter(firstRed, { sha: green, at: firstRed.at }, ground.evidence.chain) !== "yes")
      continue;
    const { range } = await readRedRange(dependencies, {
      ...ground,
      firstRed: firstRed.sha,
      lastGreen: green,
      adopted: true,
      owners: [],
    });
    if (range.pullRequests.length > 0) keys.add(streak.key);
  }
  return keys;
}
