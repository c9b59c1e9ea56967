import { z } from "zod";
import { makeMerge } from "../merge.ts";
import type { Repository } from "../model.ts";
import { renderSimpleCommit } from "../render/commit.ts";
import { type Actor, actorOf, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";
import { moveRef } from "./move-ref.ts";
import { closeMerged, expectPullRequest } from "./pull-requests.ts";

const method = z.enum(["merge", "squash", "rebase"]).default("squash");

/**
 * Puts pull requests into the merge queue as one group: a branch of its own with all of them on top of the base, for which checks
 * are asked.
 */
export const queueMergeGroup = action(
  z.strictObject({
    repository: z.string(),
    numbers: z.array(z.int()).min(1),
    method,
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, numbers, method: how, by }) => {
    const repository = expectRepository(world, name);
    const actor = actorOf(world, by);
    const issues = numbers.map((number) => expectPullRequest(repository, number));
    const baseBranch = issues[0]?.pullRequest.baseBranch ?? repository.defaultBranch;
    const baseSha = resolveRef(repository, `refs/heads/${baseBranch}`);
    let headSha = baseSha;
    for (const issue of issues) {
      const wish = { method: how, title: null, message: null };
      headSha = makeMerge(world, repository, issue, actor.account, headSha, wish).shas.at(-1) ?? headSha;
    }
    const headRef = `refs/heads/gh-readonly-queue/${baseBranch}/pr-${numbers.at(-1)}-${baseSha}`;
    moveRef(world, repository, actor, headRef, headSha);
    const group = { headRef, headSha, baseRef: `refs/heads/${baseBranch}`, baseSha };
    emitMergeGroup(world, repository, actor, group, "checks_requested", null);
    return group;
  },
);

interface MergeGroup {
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
}

/** The end of a group: its commits become the base, or they are thrown away. */
export const finishMergeGroup = action(
  z.strictObject({
    repository: z.string(),
    headRef: z.string(),
    numbers: z.array(z.int()),
    reason: z.enum(["merged", "invalidated", "dequeued"]),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, headRef, numbers, reason, by }) => {
    const repository = expectRepository(world, name);
    const actor = actorOf(world, by);
    const headSha = resolveRef(repository, headRef);
    const baseRef = `refs/heads/${/^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-/.exec(headRef)?.[1] ?? ""}`;
    const baseSha = resolveRef(repository, baseRef);
    if (reason === "merged") {
      // From the base up, the commits of the group fall to its pull requests in turn.
      const chain = repository.git.graph.compare(baseSha, headSha).ahead;
      for (const number of numbers) {
        const issue = expectPullRequest(repository, number);
        const own = repository.git.graph.compare(baseSha, issue.pullRequest.headSha).ahead;
        const titled = chain.find((sha) => repository.git.graph.get(sha)?.message.includes(`#${number}`));
        const sha = titled ?? headSha;
        closeMerged(world, repository, issue, actor, { sha, shas: [sha], own });
      }
      moveRef(world, repository, actor, baseRef, headSha);
    }
    emitMergeGroup(world, repository, actor, { headRef, headSha, baseRef, baseSha }, "destroyed", reason);
    moveRef(world, repository, actor, headRef, null);
    return {};
  },
);

function emitMergeGroup(
  world: World,
  repository: Repository,
  actor: Actor,
  group: MergeGroup,
  event: string,
  reason: string | null,
): void {
  const head = repository.git.graph.get(group.headSha);
  world.emit({
    event: "merge_group",
    action: event,
    payload: {
      action: event,
      ...(reason === null ? {} : { reason }),
      merge_group: {
        head_sha: group.headSha,
        head_ref: group.headRef,
        base_sha: group.baseSha,
        base_ref: group.baseRef,
        head_commit: head === null ? null : renderSimpleCommit(head),
      },
    },
    sender: actor.account,
    repository,
    installation: null,
  });
}
