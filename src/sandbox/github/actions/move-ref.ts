import { isPullRequest, type PullRequestIssue } from "../render/pull-request.ts";
import type { Repository } from "../model.ts";
import { pushPayload, type RefMove, ZERO_SHA } from "../webhooks/push-payload.ts";
import type { Actor, World } from "../world.ts";
import { emitPullRequest } from "./emit.ts";

/**
 * Moves, makes or deletes a ref and tells what follows from it: `create`, `push`, `delete`, and `synchronize` for the pull
 * requests whose head it is.
 */
export function moveRef(
  world: World,
  repository: Repository,
  actor: Actor,
  ref: string,
  after: string | null,
): RefMove {
  const before = repository.git.refs.get(ref) ?? null;
  const move = { ref, before, after };
  if (before === after) return move;
  repository.formerRefs.set(ref, before);
  if (after === null) repository.git.deleteRef(ref);
  else repository.git.setRef(ref, after);
  repository.pushedAt = world.now();
  announce(world, repository, actor, move);
  if (after !== null) followHead(world, repository, actor, ref, after);
  return move;
}

export function announce(world: World, repository: Repository, actor: Actor, move: RefMove): void {
  const { ref, before, after } = move;
  const told = { action: null, sender: actor.account, repository, installation: null };
  const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
  const about = { ref: name, ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch", pusher_type: "user" };
  world.emit({ ...told, event: "push", payload: pushPayload(world, repository, actor.account, move) });
  if (before === null) {
    const payload = { ...about, master_branch: repository.defaultBranch, description: null };
    world.emit({ ...told, event: "create", payload });
  }
  if (after === null) world.emit({ ...told, event: "delete", payload: about });
}

/** Pull requests whose base or head it is see where it went. */
export function followHead(
  world: World,
  repository: Repository,
  actor: Actor,
  ref: string,
  after: string,
): void {
  for (const other of world.repositories.values()) {
    for (const issue of openPullRequests(other)) {
      const { pullRequest } = issue;
      if (`refs/heads/${pullRequest.baseBranch}` === ref && other === repository) pullRequest.baseSha = after;
      if (`refs/heads/${pullRequest.headBranch}` !== ref || pullRequest.headRepository !== repository)
        continue;
      const before = pullRequest.headSha;
      pullRequest.headSha = after;
      issue.updatedAt = world.now();
      other.git.setRef(`refs/pull/${issue.number}/head`, after);
      emitPullRequest(world, other, issue, actor, "synchronize", { before: before || ZERO_SHA, after });
    }
  }
}

function openPullRequests(repository: Repository): readonly PullRequestIssue[] {
  return [...repository.issues.values()].filter(isPullRequest).filter(({ state }) => state === "open");
}
