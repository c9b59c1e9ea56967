import type { Json, Repository, Status } from "../model.ts";
import type { World } from "../world.ts";
import { renderAccount } from "./account.ts";
import { repositoryUrl } from "./repository.ts";
import { renderTime } from "./time.ts";

/** The REST schema `simple-commit-status`. */
export function renderSimpleStatus(world: World, repository: Repository, status: Status): Json {
  return {
    url: `${repositoryUrl(world, repository)}/statuses/${status.sha}`,
    avatar_url: `${world.webUrl}/avatars/${status.creator.id}`,
    id: status.id,
    node_id: `SC_${status.id}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: renderTime(status.createdAt),
    updated_at: renderTime(status.createdAt),
  };
}

/** The REST schema `status`. */
export function renderStatus(world: World, repository: Repository, status: Status): Json {
  return {
    ...renderSimpleStatus(world, repository, status),
    creator: renderAccount(world, status.creator),
  };
}

/** No status at all is `pending`, too. */
export function combinedState(newest: readonly Status[]): string {
  if (newest.some(({ state }) => state === "error" || state === "failure")) return "failure";
  return newest.length > 0 && newest.every(({ state }) => state === "success") ? "success" : "pending";
}
