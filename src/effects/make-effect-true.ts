import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { Effect } from "../domain/effect.ts";
import { nothingDoneForRepository } from "../domain/wording/effect.ts";
import { commentMarker } from "../domain/wording/comment.ts";
import { Fault } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AnswersDeployments, Posted, PostsToGitHub, RepositoryRef } from "../ports.ts";
import { makeDeploymentAnswer } from "./make-deployment-answer.ts";
import { findEffect, markEffectDone, noteEffectAnswer, type StoredEffect } from "../store/effect.ts";
import { findActiveRepository } from "../store/repository.ts";
import { makeSlackMessage, type SlackDependencies } from "./make-slack-message.ts";

export interface EffectDependencies extends SlackDependencies {
  readonly github: PostsToGitHub & AnswersDeployments & SlackDependencies["github"];
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Makes the newest desired state of a target true at GitHub. An older wish is never posted after a newer
 * one, because only the newest is stored; done twice is done once. A refusal (422) is final and kept for
 * people; any other failure rises, and the queue tries again.
 */
export async function makeEffectTrue(dependencies: EffectDependencies, target: string): Promise<void> {
  const { database, clock, log } = dependencies;
  const effect = await findEffect(database, target);
  if (effect === null || effect.doneRevision >= effect.revision) return;
  const repository = await findActiveRepository(database, effect.desired.repositoryId);
  if (repository === null) {
    await noteEffectAnswer(database, target, nothingDoneForRepository());
    return;
  }
  if (effect.desired.kind === "slack") {
    await makeSlackMessage(dependencies, repository, effect, effect.desired);
    return;
  }
  const posted = await tryToPost(dependencies, repository, effect);
  const refusal = posted.state === "refused" ? `${posted.status}: ${posted.detail}` : null;
  if (refusal !== null) log.error("GitHub refused what was posted", { target, refusal });
  await markEffectDone(database, {
    target,
    revision: effect.revision,
    remoteId: posted.state === "done" ? posted.remoteId : null,
    refusal,
    at: clock.now(),
  });
}

async function tryToPost(
  { github, database }: EffectDependencies,
  repository: RepositoryRef,
  effect: StoredEffect,
): Promise<Posted> {
  try {
    return await post(github, repository, effect.desired, effect.remoteId);
  } catch (error) {
    if (error instanceof Fault) await noteEffectAnswer(database, effect.target, error.message);
    throw error;
  }
}

async function post(
  github: PostsToGitHub & AnswersDeployments,
  repository: RepositoryRef,
  desired: Effect,
  remoteId: number | null,
): Promise<Posted> {
  switch (desired.kind) {
    case "status":
      return await github.postStatus(repository, desired);
    case "check-run":
      return await github.postCheckRun(repository, { ...desired, text: wholeText(desired) }, remoteId);
    case "comment":
      return await github.postComment(repository, {
        issueNumber: desired.issueNumber,
        marker: commentMarker(desired.answersComment),
        body: desired.body,
      });
    case "deployment-answer":
      return await makeDeploymentAnswer(github, repository, desired);
    case "issue":
    case "note":
    case "label":
    case "issue-state":
    case "slack":
      throw new Fault({
        kind: "never-retry",
        code: "not-built",
        doing: `making ${desired.kind} true`,
        detail: "",
      });
  }
}

function wholeText({ text, footnote }: Extract<Effect, { kind: "check-run" }>): string | null {
  if (footnote === undefined) return text;
  return text === null ? footnote : `${text}\n\n${footnote}`;
}
