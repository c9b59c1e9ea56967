import { type Effect, issueTarget } from "../domain/effect.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { noteMarker } from "../domain/wording/comment.ts";
import { noIssueToWriteOn } from "../domain/wording/effect.ts";
import { Fault } from "../errors.ts";
import { markEffectDone, reassertEffect, type StoredEffect } from "../store/effect.ts";
import type { EffectDependencies } from "./dependencies.ts";
import { findNumber } from "./find-number.ts";
import { refusalOf, tryToPost } from "./make-posted.ts";

type NoteEffect = Extract<Effect, { kind: "note" }>;
type NoteDependencies = Pick<EffectDependencies, "github" | "queue" | "database" | "clock" | "log">;

/** Deleted, or not in this repository any more. */
const GONE = new Set([301, 404, 410]);

/**
 * Says something once on an issue. A compliance issue that has no number yet asks for its notes itself when it has one; where it is
 * gone it is opened anew, and the note follows.
 */
export async function makeNote(
  dependencies: NoteDependencies,
  repository: RepositoryFacts,
  effect: StoredEffect,
  desired: NoteEffect,
): Promise<void> {
  const { github, database, clock } = dependencies;
  const { target, revision } = effect;
  const found = await findNumber(database, repository.id, desired.on);
  if (found.state === "waiting") return;
  if (found.state === "refused") {
    const refusal = noIssueToWriteOn(found.detail);
    return await markEffectDone(database, { target, revision, remoteId: null, refusal, at: clock.now() });
  }
  const note = { issueNumber: found.number, marker: noteMarker(desired.key), body: desired.body };
  const posted = await tryToPost(dependencies, target, () => github.postComment(repository, note)).catch(
    async (error: unknown) => {
      if (error instanceof Fault && GONE.has(error.status ?? 0))
        await openAnew(dependencies, repository, desired);
      throw error;
    },
  );
  if (posted.state === "refused" && GONE.has(posted.status)) {
    const isAsked = await openAnew(dependencies, repository, desired);
    if (isAsked) return;
  }
  const refusal = refusalOf(dependencies, target, posted);
  const remoteId = posted.state === "done" ? posted.remoteId : null;
  await markEffectDone(database, { target, revision, remoteId, refusal, at: clock.now() });
}

/** Asks for the compliance issue to be looked for, and opened again where it is gone; a few times an hour at most. */
async function openAnew(
  { queue, database, clock }: NoteDependencies,
  repository: RepositoryFacts,
  { on }: NoteEffect,
): Promise<boolean> {
  if (on.kind !== "compliance-issue") return false;
  const target = issueTarget(repository.id, on.firstRed);
  return await database.transaction(async (transaction) => {
    if ((await reassertEffect(transaction, target, clock.now())) === "too-often") return false;
    await queue.enqueue(transaction, [{ kind: "effect", data: { target } }]);
    return true;
  });
}
