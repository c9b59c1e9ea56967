import { Fault } from "../errors.ts";
import type { Posted } from "../ports/posts.ts";
import { markEffectDone, noteEffectAnswer, type StoredEffect } from "../store/effect.ts";
import type { EffectDependencies } from "./dependencies.ts";

/**
 * Posts and keeps what came of it. A refusal (422) is final and kept for people; any other failure is kept too, and rises, and the
 * queue tries again.
 */
export async function makePosted(
  dependencies: Pick<EffectDependencies, "database" | "clock" | "log">,
  effect: StoredEffect,
  post: () => Promise<Posted>,
): Promise<void> {
  const posted = await tryToPost(dependencies, effect.target, post);
  await markEffectDone(dependencies.database, {
    target: effect.target,
    revision: effect.revision,
    remoteId: posted.state === "done" ? posted.remoteId : null,
    refusal: refusalOf(dependencies, effect.target, posted),
    at: dependencies.clock.now(),
  });
}

/** What GitHub answered; a fault is noted with the effect, where people see it, before it rises. */
export async function tryToPost(
  { database }: Pick<EffectDependencies, "database">,
  target: string,
  post: () => Promise<Posted>,
): Promise<Posted> {
  try {
    return await post();
  } catch (error) {
    if (error instanceof Fault) await noteEffectAnswer(database, target, error.message);
    throw error;
  }
}

/** GitHub's words where it refused for good, told to the operator as well; else null. */
export function refusalOf(
  { log }: Pick<EffectDependencies, "log">,
  target: string,
  posted: Posted,
): string | null {
  if (posted.state === "done") return null;
  const refusal = `${posted.status}: ${posted.detail}`;
  log.error("GitHub refused what was posted", { target, refusal });
  return refusal;
}
