import type { Issue, Json, Repository } from "../model.ts";
import { renderIssue } from "../render/issue.ts";
import { type PullRequestIssue, renderPullRequest } from "../render/pull-request.ts";
import type { Actor, World } from "../world.ts";

export function emitPullRequest(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  actor: Actor,
  action: string,
  extra: Json = {},
): void {
  const payload = {
    action,
    number: issue.number,
    pull_request: renderPullRequest(world, repository, issue),
    ...extra,
  };
  world.emit({
    event: "pull_request",
    action,
    payload,
    sender: actor.account,
    repository,
    installation: null,
  });
}

export function emitIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  actor: Actor,
  action: string,
  extra: Json = {},
): void {
  const payload = { action, issue: renderIssue(world, repository, issue), ...extra };
  world.emit({ event: "issues", action, payload, sender: actor.account, repository, installation: null });
}
