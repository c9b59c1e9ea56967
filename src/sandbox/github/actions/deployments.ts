import { z } from "zod";
import { addDeployment, addDeploymentStatus } from "../deployments.ts";
import { actorOf, expectRepository } from "../world.ts";
import { action } from "./action.ts";
import { DEFAULT_AUTHOR, resolveRef } from "./commits.ts";

const state = z.enum([
  "error",
  "failure",
  "inactive",
  "in_progress",
  "queued",
  "pending",
  "success",
  "waiting",
]);

/** A deployment with its first status. */
export const deploy = action(
  z.strictObject({
    repository: z.string(),
    environment: z.string(),
    sha: z.string(),
    state: state.nullable().default("success"),
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, environment, sha: ref, state: first, by }) => {
    const repository = expectRepository(world, name);
    const actor = actorOf(world, by);
    const sha = resolveRef(repository, ref);
    const deployment = addDeployment(world, repository, actor, { environment, sha, ref });
    if (first !== null) addDeploymentStatus(world, repository, actor, deployment, { state: first });
    return { id: deployment.id };
  },
);

export const setDeploymentState = action(
  z.strictObject({
    repository: z.string(),
    deployment: z.int(),
    state,
    by: z.string().default(DEFAULT_AUTHOR),
  }),
  (world, { repository: name, deployment: id, state: next, by }) => {
    const repository = expectRepository(world, name);
    const deployment = repository.deployments.get(id);
    if (deployment === undefined) throw new Error(`${name} has no deployment ${id}`);
    addDeploymentStatus(world, repository, actorOf(world, by), deployment, { state: next });
    return {};
  },
);
