import type { Repository, Status } from "./model.ts";
import { Refusal, refuseLonger } from "./refusal.ts";
import { renderAccount } from "./render/account.ts";
import { renderCommit } from "./render/commit.ts";
import { repositoryUrl } from "./render/repository.ts";
import { renderTime } from "./render/time.ts";
import { type Actor, fullName, type World } from "./world.ts";

/** https://docs.github.com/en/rest/commits/statuses#create-a-commit-status */
const MAX_STATUSES = 1_000;
/** Not in GitHub's description, yet refused: "description is too long (maximum is 140 characters)". */
const MAX_DESCRIPTION = 140;
const MAX_BRANCHES = 10;

export type NewStatus = Omit<Status, "id" | "creator" | "createdAt">;

export function addStatus(world: World, repository: Repository, actor: Actor, wanted: NewStatus): Status {
  if (repository.git.graph.get(wanted.sha) === null) {
    throw new Refusal(422, `No commit found for SHA: ${wanted.sha}`);
  }
  refuseLonger(wanted.description, MAX_DESCRIPTION, "Status", "description");
  const statuses = repository.statuses.get(wanted.sha) ?? [];
  repository.statuses.set(wanted.sha, statuses);
  const context = wanted.context.toLowerCase();
  if (statuses.filter((one) => one.context.toLowerCase() === context).length >= MAX_STATUSES) {
    throw new Refusal(422, "Validation Failed", {
      errors: [
        {
          resource: "Status",
          code: "custom",
          message: "This SHA and context has reached the maximum number of statuses.",
        },
      ],
    });
  }
  const status: Status = { ...wanted, id: world.nextId(), creator: actor.account, createdAt: world.now() };
  statuses.push(status);
  emitStatus(world, repository, actor, status);
  return status;
}

/** The newest of each context, which are the same in any case of their letters; newest first. */
export function newestStatuses(statuses: readonly Status[]): readonly Status[] {
  const newest = new Map<string, Status>();
  for (const status of statuses) newest.set(status.context.toLowerCase(), status);
  return [...newest.values()].toSorted((one, other) => other.id - one.id);
}

function emitStatus(world: World, repository: Repository, actor: Actor, status: Status): void {
  const commit = repository.git.graph.get(status.sha);
  const url = repositoryUrl(world, repository);
  const branches = [...repository.git.refs]
    .filter(([name, sha]) => name.startsWith("refs/heads/") && sha === status.sha)
    .slice(0, MAX_BRANCHES)
    .map(([name, sha]) => ({
      name: name.slice("refs/heads/".length),
      commit: { sha, url: `${url}/commits/${sha}` },
      protected: false,
    }));
  world.emit({
    event: "status",
    action: null,
    payload: {
      id: status.id,
      sha: status.sha,
      name: fullName(repository),
      avatar_url: renderAccount(world, actor.account)["avatar_url"],
      target_url: status.targetUrl,
      context: status.context,
      description: status.description,
      state: status.state,
      commit: commit === null ? null : renderCommit(world, repository, commit),
      branches,
      created_at: renderTime(status.createdAt),
      updated_at: renderTime(status.createdAt),
    },
    sender: actor.account,
    repository,
    installation: null,
  });
}
