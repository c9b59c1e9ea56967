import type { Effect } from "../domain/effect.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import type { StoredEffect } from "../store/effect.ts";
import type { EffectDependencies } from "./dependencies.ts";

/** Writes to Jira what somebody typed, unless somebody else was there first. */
export async function makeTicketChange(
  _dependencies: EffectDependencies,
  _repository: RepositoryFacts,
  _effect: StoredEffect,
  _desired: Extract<Effect, { kind: "ticket" }>,
): Promise<void> {
  throw new Error("not built");
}
