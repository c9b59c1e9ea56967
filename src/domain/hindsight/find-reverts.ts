import type { Commit } from "../model.ts";
import { matchReverts } from "../tickets/match-reverts.ts";
import { splitMessage } from "../tickets/message-lines.ts";
import { readRevertClaim } from "../tickets/revert-claim.ts";
import { readMerged } from "./merged.ts";
import { type World, placeOf } from "./world.ts";

/** A commit of the world that a later one of it takes back, by their places. */
export interface Reverted {
  readonly broke: number;
  readonly mended: number;
}

/**
 * The commits of a history that were taken back in it: by the sha that the revert names, or by the subject that it quotes. A revert that
 * is itself taken back was no breakage. Of several reverts of one commit the first counts.
 */
export function findReverts(
  world: Pick<World, "places">,
  commits: readonly Pick<Commit, "sha" | "parents" | "message">[],
): readonly Reverted[] {
  const claimants = commits.map(({ sha, parents, message: written }) => {
    const message = asWritten(written);
    const lines = splitMessage(message);
    const claim = /revert|back|undo|appl/i.test(message) ? readRevertClaim(lines) : null;
    const { subject, foldedSubject } = lines;
    // The trunk alone is looked at: what a merge brought counts as the merge itself.
    return { commit: { sha, parents: parents.slice(0, 1), message }, subject, foldedSubject, claim };
  });
  const { reverts } = matchReverts(claimants, []);
  const areReverts = new Set(reverts.map(({ sha }) => sha));
  const found = new Map<number, Reverted>();
  for (const { sha, reverts: target } of reverts) {
    const [broke, mended] = [placeOf(world, target), placeOf(world, sha)];
    if (!areReverts.has(target) && !found.has(broke)) found.set(broke, { broke, mended });
  }
  return [...found.values()].toSorted((one, other) => one.broke - other.broke);
}

/** A merge says what its pull request's title says. */
function asWritten(message: string): string {
  const { title, pullRequest } = readMerged(message);
  if (title === null) return message;
  const body = message.slice(message.indexOf(title) + title.length);
  return `${title} (#${String(pullRequest)})\n\n${body}`;
}
