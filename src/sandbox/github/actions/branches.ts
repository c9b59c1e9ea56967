import { z } from "zod";
import { actorOf, expectRepository } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";
import { moveRef } from "./move-ref.ts";

const by = z.string().default(DEFAULT_AUTHOR);
const branchOf = { repository: z.string(), branch: z.string(), by };

export const createBranch = action(
  z.strictObject({ ...branchOf, from: z.string().optional() }),
  (world, { repository: name, branch, from, by: login }) => {
    const repository = expectRepository(world, name);
    const sha = resolveRef(repository, from ?? repository.defaultBranch);
    moveRef(world, repository, actorOf(world, login), `refs/heads/${branch}`, sha);
    return { sha };
  },
);

/** Sets a branch to any commit, forwards or not: a deploy branch moves so, and a force-push does. */
export const forcePush = action(
  z.strictObject({ ...branchOf, to: z.string() }),
  (world, { repository: name, branch, to, by: login }) => {
    const repository = expectRepository(world, name);
    const { before } = moveRef(
      world,
      repository,
      actorOf(world, login),
      `refs/heads/${branch}`,
      resolveRef(repository, to),
    );
    return { before };
  },
);

export const deleteBranch = action(
  z.strictObject(branchOf),
  (world, { repository: name, branch, by: login }) => {
    const repository = expectRepository(world, name);
    const { before } = moveRef(world, repository, actorOf(world, login), `refs/heads/${branch}`, null);
    return { before };
  },
);

export const createTag = action(
  z.strictObject({ repository: z.string(), tag: z.string(), at: z.string(), by }),
  (world, { repository: name, tag, at, by: login }) => {
    const repository = expectRepository(world, name);
    const sha = resolveRef(repository, at);
    moveRef(world, repository, actorOf(world, login), `refs/tags/${tag}`, sha);
    return { sha };
  },
);
