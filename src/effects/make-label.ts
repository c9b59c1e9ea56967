import type { Effect } from "../domain/effect.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { noIssueToWriteOn } from "../domain/wording/effect.ts";
import { markEffectDone, type StoredEffect } from "../store/effect.ts";
import type { EffectDependencies } from "./dependencies.ts";
import { findNumber } from "./find-number.ts";
import { makePosted } from "./make-posted.ts";

/** Puts a label on an issue, or takes it off. A compliance issue that has no number yet asks for its labels itself when it has one. */
export async function makeLabel(
  dependencies: Pick<EffectDependencies, "github" | "database" | "clock" | "log">,
  repository: RepositoryFacts,
  effect: StoredEffect,
  { on, label, present }: Extract<Effect, { kind: "label" }>,
): Promise<void> {
  const { github, database, clock } = dependencies;
  const { target, revision } = effect;
  const found = await findNumber(database, repository.id, on);
  if (found.state === "waiting") return;
  if (found.state === "refused") {
    const refusal = noIssueToWriteOn(found.detail);
    return await markEffectDone(database, { target, revision, remoteId: null, refusal, at: clock.now() });
  }
  const wanted = { issueNumber: found.number, name: label, present };
  await makePosted(dependencies, effect, () => github.putLabel(repository, wanted));
}
