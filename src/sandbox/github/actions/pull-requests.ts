import { z } from "zod";
import { addEvent, addIssue, editIssue } from "../issues.ts";
import { makeMerge, type MergeWish } from "../merge.ts";
import type { PullRequest, Repository } from "../model.ts";
import { Refusal } from "../refusal.ts";
import { isPullRequest, type PullRequestIssue } from "../render/pull-request.ts";
import { type Actor, actorOf, expectRepository, type World } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";
import { emitPullRequest } from "./emit.ts";
import { moveRef } from "./move-ref.ts";

const by = z.string().default(DEFAULT_AUTHOR);

export const openPullRequest = action(
  z.strictObject({
    repository: z.string(),
    /** A branch, of the fork where one is named. */
    head: z.string(),
    fork: z.string().optional(),
    base: z.string().optional(),
    title: z.string(),
    body: z.string().default(""),
    draft: z.boolean().default(false),
    labels: z.array(z.string()).default([]),
    by,
  }),
  (world, { repository: name, head, fork, base, draft, by: login, ...wanted }) => {
    const repository = expectRepository(world, name);
    const headRepository = fork === undefined ? repository : expectRepository(world, fork);
    const headSha = resolveRef(headRepository, head);
    const baseBranch = base ?? repository.defaultBranch;
    const pullRequest: PullRequest = {
      id: world.nextId(),
      baseRepository: repository,
      headRepository,
      headBranch: head,
      headSha,
      baseBranch,
      baseSha: resolveRef(repository, `refs/heads/${baseBranch}`),
      draft,
      merge: null,
    };
    const { number } = addIssue(world, repository, actorOf(world, login), { ...wanted, pullRequest });
    repository.git.setRef(`refs/pull/${number}/head`, headSha);
    return { number, headSha };
  },
);

export const editPullRequest = action(
  z.strictObject({
    repository: z.string(),
    number: z.int(),
    title: z.string().optional(),
    body: z.string().optional(),
    base: z.string().optional(),
    state: z.enum(["open", "closed"]).optional(),
    draft: z.boolean().optional(),
    by,
  }),
  (world, { repository: name, number, base, draft, by: login, ...edit }) => {
    const repository = expectRepository(world, name);
    const issue = expectPullRequest(repository, number);
    const actor = actorOf(world, login);
    editIssue(world, repository, issue, actor, edit);
    changeBase(world, repository, issue, actor, base);
    if (draft !== undefined && draft !== issue.pullRequest.draft) {
      issue.pullRequest.draft = draft;
      emitPullRequest(world, repository, issue, actor, draft ? "converted_to_draft" : "ready_for_review");
    }
    return {};
  },
);

export function changeBase(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  actor: Actor,
  base: string | undefined,
): void {
  const { pullRequest } = issue;
  if (base === undefined || base === pullRequest.baseBranch) return;
  const from = { ref: { from: pullRequest.baseBranch }, sha: { from: pullRequest.baseSha } };
  pullRequest.baseBranch = base;
  pullRequest.baseSha = resolveRef(repository, `refs/heads/${base}`);
  emitPullRequest(world, repository, issue, actor, "edited", { changes: { base: from } });
}

export const mergePullRequest = action(
  z.strictObject({
    repository: z.string(),
    number: z.int(),
    method: z.enum(["merge", "squash", "rebase"]).default("merge"),
    title: z.string().nullable().default(null),
    message: z.string().nullable().default(null),
    by,
  }),
  (world, { repository: name, number, by: login, ...wish }) => {
    const repository = expectRepository(world, name);
    return merge(world, repository, expectPullRequest(repository, number), actorOf(world, login), wish);
  },
);

/** Merges onto what the base is now, and moves it: `push` and `pull_request.closed` follow. */
export function merge(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  actor: Actor,
  wish: MergeWish,
): { readonly sha: string } {
  const { pullRequest } = issue;
  if (issue.state !== "open") throw new Refusal(405, "Pull Request is not mergeable");
  if (!repository.mergeMethods[wish.method]) {
    throw new Refusal(
      405,
      `${wish.method[0]?.toUpperCase()}${wish.method.slice(1)} merges are not allowed on this repository.`,
    );
  }
  const ref = `refs/heads/${pullRequest.baseBranch}`;
  const onto = resolveRef(repository, ref);
  const { shas, own } = makeMerge(world, repository, issue, actor.account, onto, wish);
  const sha = shas.at(-1) ?? onto;
  closeMerged(world, repository, issue, actor, { sha, shas, own });
  moveRef(world, repository, actor, ref, sha);
  return { sha };
}

/** The pull request is merged before its base is told of: it must not look open to anybody who asks then. */
export function closeMerged(
  world: World,
  repository: Repository,
  issue: PullRequestIssue,
  actor: Actor,
  merged: { readonly sha: string; readonly shas: readonly string[]; readonly own: readonly string[] },
): void {
  issue.pullRequest.merge = { ...merged, at: world.now(), by: actor.account };
  issue.state = "closed";
  issue.closedAt = world.now();
  issue.closedBy = actor.account;
  issue.updatedAt = world.now();
  addEvent(world, issue, actor, "merged", null);
  addEvent(world, issue, actor, "closed", null);
  emitPullRequest(world, repository, issue, actor, "closed");
}

export function expectPullRequest(repository: Repository, number: number): PullRequestIssue {
  const issue = repository.issues.get(number);
  if (!isPullRequest(issue)) throw new Error(`${repository.name} has no pull request #${number}`);
  return issue;
}
