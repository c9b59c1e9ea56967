import { commentMarker } from "../domain/wording/comment.ts";
import { nothingDoneForRepository } from "../domain/wording/effect.ts";
import type { RepositoryFacts } from "../domain/model.ts";
import { findEffect, noteEffectAnswer, type StoredEffect } from "../store/effect.ts";
import { findActiveRepository } from "../store/repository.ts";
import type { EffectDependencies } from "./dependencies.ts";
import { makeCheckRun } from "./make-check-run.ts";
import { makeDeploymentAnswer } from "./make-deployment-answer.ts";
import { makeIssue } from "./make-issue.ts";
import { makeLabel } from "./make-label.ts";
import { makeNote } from "./make-note.ts";
import { makePosted } from "./make-posted.ts";
import { makeSlackMessage } from "./make-slack-message.ts";
import { makeTicketChange } from "./make-ticket-change.ts";

/**
 * Makes the newest desired state of a target true outside. An older wish is never posted after a newer one, because only the newest
 * is stored; done twice is done once.
 */
export async function makeEffectTrue(dependencies: EffectDependencies, target: string): Promise<void> {
  const { database } = dependencies;
  const effect = await findEffect(database, target);
  if (effect === null || effect.doneRevision >= effect.revision) return;
  const repository = await findActiveRepository(database, effect.desired.repositoryId);
  if (repository === null) {
    await noteEffectAnswer(database, target, nothingDoneForRepository());
    return;
  }
  await make(dependencies, repository, effect);
}

async function make(
  dependencies: EffectDependencies,
  repository: RepositoryFacts,
  effect: StoredEffect,
): Promise<void> {
  const { github } = dependencies;
  const { desired } = effect;
  switch (desired.kind) {
    case "status":
      return await makePosted(dependencies, effect, () => github.postStatus(repository, desired));
    case "check-run":
      return await makePosted(dependencies, effect, () =>
        makeCheckRun(github, repository, desired, effect.remoteId),
      );
    case "comment":
      return await makePosted(dependencies, effect, () =>
        github.postComment(repository, {
          issueNumber: desired.issueNumber,
          marker: commentMarker(desired.answersComment),
          body: desired.body,
        }),
      );
    case "issue":
      return await makeIssue(dependencies, repository, effect, desired);
    case "note":
      return await makeNote(dependencies, repository, effect, desired);
    case "label":
      return await makeLabel(dependencies, repository, effect, desired);
    case "issue-state":
      return await makePosted(dependencies, effect, () => github.putIssueState(repository, desired));
    case "slack":
      return await makeSlackMessage(dependencies, repository, effect, desired);
    case "ticket":
      return await makeTicketChange(dependencies, repository, effect, desired);
    case "deployment-answer":
      return await makePosted(dependencies, effect, () => makeDeploymentAnswer(github, repository, desired));
  }
}
