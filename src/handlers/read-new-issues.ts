import type { CaseFacts } from "../domain/compliance/decide-cases.ts";
import { relapsesOf } from "../domain/compliance/decide-cases.ts";
import type { TrunkEvidence } from "../domain/compliance/evidence.ts";
import type { RedRange, TaggedPeople } from "../domain/compliance/issue-view.ts";
import { newWorkSince } from "../domain/compliance/new-work.ts";
import { newestGreen } from "../domain/compliance/newest-green.ts";
import type { NewCase } from "../domain/compliance/open-case.ts";
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

/** The keys of checks that are red again within a day of their green, and a pull request was merged since: new streaks. */
export async function readNewWork(
  dependencies: Pick<HandlerDependencies, "github">,
  ground: RangeGround,
  facts: Omit<CaseFacts, "newWork">,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const { streak, of } of relapsesOf(facts)) {
    const green = newWorkSince(streak, of, ground.evidence.chain);
    if (green === null) continue;
    const { range } = await readRedRange(dependencies, {
      ...ground,
      firstRed: streak.now.firstRed.sha,
      lastGreen: green,
      adopted: true,
      owners: [],
    });
    if (range.pullRequests.length > 0) keys.add(streak.key);
  }
  return keys;
}
