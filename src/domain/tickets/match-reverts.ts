import type { Commit, CommitSha } from "../model.ts";
import type { Revert } from "./carriage.ts";
import { captured } from "./captured.ts";
import { splitMessage } from "./message-lines.ts";
import type { RevertClaim } from "./revert-claim.ts";
import { withoutNumbers } from "./subject-tail.ts";

/** A commit of the range with what its message claims to take back. */
export interface Claimant {
  readonly commit: Pick<Commit, "sha" | "parents" | "message">;
  readonly subject: string;
  readonly foldedSubject: string;
  readonly claim: RevertClaim | null;
}

export interface MatchedReverts {
  readonly reverts: readonly Revert[];
  /** Commits that are taken back by a revert that stands. */
  readonly takenBack: ReadonlySet<CommitSha>;
  /** Commits that are proven reverts, and what each takes back, whether in the range or live. */
  readonly targets: ReadonlyMap<CommitSha, readonly CommitSha[]>;
}

/**
 * Proves the claims: by a sha in the range, else by the newest earlier commit with exactly the quoted subject,
 * else (a revert of what is live already) by sha or subject among `live`. A revert that is itself taken back
 * takes nothing back.
 *
 * @param range oldest first, every commit after its parents
 * @param live newest first
 */
export function matchReverts(
  range: readonly Claimant[],
  live: readonly Pick<Commit, "sha" | "message">[],
): MatchedReverts {
  if (range.every(({ claim }) => claim === null))
    return { reverts: [], takenBack: new Set(), targets: new Map() };
  const index = new RangeIndex();
  const reverts: Revert[] = [];
  const targets = new Map<CommitSha, readonly CommitSha[]>();
  for (const claimant of range) {
    const { commit, claim } = claimant;
    const proven = claim === null ? [] : proveClaim(claim, index, live);
    if (proven.length > 0) targets.set(commit.sha, proven);
    reverts.push(...proven.map((sha) => ({ sha: commit.sha, reverts: sha })));
    index.add(claimant);
  }
  return { reverts, targets, takenBack: findTakenBack(range, targets, index) };
}

function proveClaim(
  claim: RevertClaim,
  index: RangeIndex,
  live: readonly Pick<Commit, "sha" | "message">[],
): readonly CommitSha[] {
  const also = claim.alsoSubjects.flatMap((subject) => index.bySubject(subject) ?? []);
  return [...new Set([...proveItself(claim, index, live), ...also])];
}

/** What the claim takes back by the commits it names, else by its subject, else by its pull request. */
function proveItself(
  claim: RevertClaim,
  index: RangeIndex,
  live: readonly Pick<Commit, "sha" | "message">[],
): readonly CommitSha[] {
  const bySha = claim.shas.flatMap((sha) => index.bySha(sha) ?? liveBySha(live, sha) ?? []);
  if (bySha.length > 0) return bySha;
  const inRange =
    claim.subjects.map((subject) => index.bySubject(subject)).find((sha) => sha !== null) ??
    (claim.pullRequest === null ? null : index.byPullRequest(claim.pullRequest));
  const sha = inRange ?? liveBySubject(live, claim.subjects);
  return sha === null ? [] : [sha];
}

function liveBySha(live: readonly Pick<Commit, "sha">[], sha: string): CommitSha | null {
  return live.find((commit) => commit.sha.startsWith(sha))?.sha ?? null;
}

function liveBySubject(
  live: readonly Pick<Commit, "sha" | "message">[],
  subjects: readonly string[],
): CommitSha | null {
  if (subjects.length === 0) return null;
  const wanted = new Set(subjects.flatMap((subject) => [subject, withoutNumbers(subject)]));
  const found = live.find(({ message }) => {
    const { subject, foldedSubject } = splitMessage(message);
    return wanted.has(subject) || wanted.has(foldedSubject) || wanted.has(withoutNumbers(subject));
  });
  return found?.sha ?? null;
}

/** The commits of the range that were met so far, by everything that a claim can name them by. */
class RangeIndex {
  readonly parents = new Map<CommitSha, readonly CommitSha[]>();
  readonly #byPrefix = new Map<string, CommitSha[]>();
  readonly #byPick = new Map<string, CommitSha>();
  readonly #bySubject = new Map<string, CommitSha>();
  readonly #byNumber = new Map<number, CommitSha>();

  add({ commit, subject, foldedSubject }: Claimant): void {
    const { sha, message } = commit;
    this.parents.set(sha, commit.parents);
    const prefix = sha.slice(0, 7);
    this.#byPrefix.set(prefix, [...(this.#byPrefix.get(prefix) ?? []), sha]);
    for (const picked of pickedFrom(message)) this.#byPick.set(picked, sha);
    for (const name of [subject, foldedSubject]) {
      this.#bySubject.set(withoutNumbers(name), sha);
      this.#bySubject.set(name, sha);
    }
    const number = pullRequestOf(subject);
    if (number !== null) this.#byNumber.set(number, sha);
  }

  bySha(sha: string): CommitSha | null {
    const named = this.#byPrefix.get(sha.slice(0, 7))?.find((known) => known.startsWith(sha));
    return named ?? this.#byPick.get(sha) ?? null;
  }

  bySubject(subject: string): CommitSha | null {
    return this.#bySubject.get(subject) ?? this.#bySubject.get(withoutNumbers(subject)) ?? null;
  }

  byPullRequest(number: number): CommitSha | null {
    return this.#byNumber.get(number) ?? null;
  }
}

/** `git cherry-pick -x` leaves the commit's name on another branch, and a revert may name that one. */
function pickedFrom(message: string): readonly string[] {
  if (!message.includes("cherry picked from commit")) return [];
  const named = message.matchAll(/cherry picked from commit ([0-9a-f]{40,64})\b/g);
  return [...named].map((match) => captured(match, 1));
}

/** `Title (#12)` of a squash merge, `Merge pull request #12 from …` of a merge. */
function pullRequestOf(subject: string): number | null {
  const number = /^Merge pull request #(\d{1,9}) /.exec(subject)?.[1] ?? /\(#(\d{1,9})\)$/.exec(subject)?.[1];
  return number === undefined ? null : Number(number);
}

/** Newest first: whether a revert stands is known before what it takes back is looked at. */
function findTakenBack(
  range: readonly Claimant[],
  targets: ReadonlyMap<CommitSha, readonly CommitSha[]>,
  index: RangeIndex,
): ReadonlySet<CommitSha> {
  const takenBack = new Set<CommitSha>();
  for (const { commit, claim } of range.toReversed()) {
    if (takenBack.has(commit.sha)) continue;
    for (const target of targets.get(commit.sha) ?? []) {
      for (const sha of broughtBy(target, claim?.mainline, index)) takenBack.add(sha);
    }
  }
  return takenBack;
}

/** The commit itself; for a merge, everything that it brought to the side that stays. */
function broughtBy(
  target: CommitSha,
  mainline: string | null | undefined,
  index: RangeIndex,
): readonly CommitSha[] {
  const parents = index.parents.get(target);
  if (parents === undefined) return [];
  const [first, ...others] = parents;
  if (first === undefined || others.length === 0) return [target];
  const stays =
    parents.find((parent) => mainline !== null && mainline !== undefined && parent.startsWith(mainline)) ??
    first;
  const kept = ancestors([stays], index, new Set());
  const sides = parents.filter((parent) => parent !== stays);
  return [target, ...ancestors(sides, index, kept)];
}

/** Those of the starting commits and their ancestors that are in the range and not excluded. */
function ancestors(
  from: readonly CommitSha[],
  index: RangeIndex,
  excluded: ReadonlySet<CommitSha>,
): ReadonlySet<CommitSha> {
  const found = new Set<CommitSha>();
  const open = [...from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const parents = index.parents.get(sha);
    if (parents === undefined || found.has(sha) || excluded.has(sha)) continue;
    found.add(sha);
    open.push(...parents);
  }
  return found;
}
