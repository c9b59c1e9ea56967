import type { TrunkEvidence } from "../compliance/evidence.ts";
import { commitsOfRange, redRange } from "../compliance/red-range.ts";
import { tagPeople } from "../compliance/tag-people.ts";
import type { CommitSha, PullRequest } from "../model.ts";
import { itemAt } from "./item-at.ts";
import { type LandedCommit, type World, placeOf } from "./world.ts";

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
  world: World,
  chain: TrunkEvidence["chain"],
  { firstRed, lastGreen, adopted }: TagQuestion,
): readonly string[] {
  const found = commitsOfRange(chain, firstRed, lastGreen);
  const inRange = found.commits.map(({ sha }) => itemAt(world.commits, placeOf(world, sha)));
  const names = [...new Set(inRange.map(({ author }) => author))];
  const origins = inRange.map((commit) => {
    const { sha, isMerge, author } = commit;
    const login = isBot(author) ? author : `${ACCOUNT}${names.indexOf(author)}`;
    return [sha, { isMerge, pullRequest: pullRequestOf(commit, login) }] as const;
  });
  const range = redRange(found, firstRed, new Map(origins));
  const codeOwners = { owners: [], complete: true };
  const { tagged } = tagPeople({ range, owners: [], adopted, codeOwners });
  return tagged.map(({ name }) => itemAt(names, Number(name.slice(ACCOUNT.length))));
}

const ACCOUNT = "author-";

function isBot(name: string): boolean {
  return name.endsWith("[bot]");
}

function pullRequestOf({ sha, pullRequest, subject }: LandedCommit, author: string): PullRequest | null {
  if (pullRequest === null) return null;
  const unknown = { body: "", headBranch: "", baseBranch: "", headRepositoryId: null, url: "" };
  return { ...unknown, number: pullRequest, title: subject, headSha: sha, author, state: "merged" };
}
