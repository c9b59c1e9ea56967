import type { TrunkCommit } from "../compliance/evidence.ts";
import type { Commit, CommitSha } from "../model.ts";
import { subjectOf } from "../tickets/subject-of.ts";
import { readMerged } from "./merged.ts";
import { itemAt } from "./item-at.ts";

/** A commit of the trunk; `committedAt` is when it landed there. */
export interface LandedCommit extends TrunkCommit {
  /** Of what was merged, where it is a merge. */
  readonly author: string;
  readonly isMerge: boolean;
  /** The pull request that brought it, as its message names it; null: it came without one. */
  readonly pullRequest: number | null;
}

/** A stretch of a real trunk: what happened in it, and when. */
export interface World {
  readonly from: Date;
  readonly until: Date;
  /** Oldest first. */
  readonly commits: readonly LandedCommit[];
  readonly newestFirst: readonly LandedCommit[];
  readonly places: ReadonlyMap<CommitSha, number>;
}

export interface WorldFacts {
  /** Oldest first. */
  readonly commits: readonly Pick<Commit, "sha" | "parents" | "message" | "author">[];
  /** When each of them landed, in milliseconds. */
  readonly landed: readonly number[];
  /** Who wrote what a merge brought, by the merge's second parent. */
  readonly mergedAuthors: ReadonlyMap<CommitSha, string>;
  readonly from: Date;
  readonly until: Date;
}

export function buildWorld({ commits: given, landed, mergedAuthors, from, until }: WorldFacts): World {
  const commits = given.map(({ sha, parents, message, author }, index): LandedCommit => {
    const [parent, merged] = parents;
    return {
      sha,
      parent: parent ?? null,
      subject: subjectOf({ message }),
      committedAt: new Date(itemAt(landed, index)),
      author: (merged === undefined ? undefined : mergedAuthors.get(merged)) ?? author.name,
      isMerge: parents.length > 1,
      pullRequest: readMerged(message).pullRequest,
    };
  });
  return {
    from,
    until,
    commits,
    newestFirst: commits.toReversed(),
    places: new Map(commits.map(({ sha }, place) => [sha, place] as const)),
  };
}

/** A commit of the world; one that is not in it is a mistake of ours. */
export function placeOf({ places }: Pick<World, "places">, sha: CommitSha): number {
  const place = places.get(sha);
  if (place === undefined) throw new RangeError(`${sha} is not in the window`);
  return place;
}

/** How many commits have landed by then. */
export function countLanded({ commits }: Pick<World, "commits">, at: number): number {
  let low = 0;
  let high = commits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (itemAt(commits, middle).committedAt.getTime() <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
