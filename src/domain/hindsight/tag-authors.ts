import type { TrunkEvidence } from "../compliance/evidence.ts";
import { commitsOfRange, redRange } from "../compliance/red-range.ts";
import { tagPeople } from "../compliance/tag-people.ts";
import type { CommitSha, PullRequest } from "../model.ts";
import type { LandedCommit, World } from "./world.ts";

export interface TagQuestion {
  readonly firstRed: CommitSha;
  readonly lastGreen: CommitSha | null;
  readonly adopted: boolean;
}

/**
 * The authors whom the issue would have mentioned, by the rule that mentions them (J10). A history knows names and no logins: each name
 * stands for one account; bots have none.
 */
export function tagAuthors(
  { commits, places }: World,
  chain: TrunkEvidence["chain"],
  { firstRed, lastGreen, adopted }: TagQuestion,
): readonly string[] {
  const found = commitsOfRange(chain, firstRed, lastGreen);
  const names = new Map<string, string>();
  const origins = found.commits.flatMap(({ sha }) => {
    const commit = commits[places.get(sha) ?? -1];
    if (commit === undefined) return [];
    const { author, isMerge } = commit;
    const login = isBot(author) ? author : (loginOf(author, names) ?? `author-${String(names.size)}`);
    names.set(login, author);
    return [[sha, { isMerge, pullRequest: pullRequestOf(commit, login) }] as const];
  });
  const range = redRange(found, firstRed, new Map(origins));
  const codeOwners = { owners: [], complete: true };
  const { tagged } = tagPeople({ range, owners: [], adopted, codeOwners });
  return tagged.map(({ name }) => names.get(name) ?? name);
}

function isBot(name: string): boolean {
  return name.endsWith("[bot]");
}

function loginOf(author: string, names: ReadonlyMap<string, string>): string | undefined {
  return [...names].find(([, name]) => name === author)?.[0];
}

function pullRequestOf({ sha, pullRequest, subject }: LandedCommit, author: string): PullRequest | null {
  if (pullRequest === null) return null;
  const unknown = { body: "", headBranch: "", baseBranch: "", headRepositoryId: null, url: "" };
  return { ...unknown, number: pullRequest, title: subject, headSha: sha, author, state: "merged" };
}
