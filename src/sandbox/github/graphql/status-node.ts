import type { Json, Repository, Status } from "../model.ts";
import { combinedState } from "../render/status.ts";
import { renderTime } from "../render/time.ts";
import { newestStatuses } from "../statuses.ts";
import type { GraphqlContext } from "./context.ts";

/** The newest status of each context; null where a commit has none. */
export function statusNode({ lagging }: GraphqlContext, repository: Repository, sha: string): Json | null {
  const all = repository.statuses.get(sha) ?? [];
  const newest = newestStatuses(lagging ? all.slice(0, -1) : all);
  if (newest.length === 0) return null;
  return {
    __typename: "Status",
    id: `S_${sha}`,
    state: combinedState(newest).toUpperCase(),
    contexts: newest.map(contextNode),
  };
}

function contextNode(status: Status): Json {
  return {
    __typename: "StatusContext",
    id: `SC_${status.id}`,
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: renderTime(status.createdAt),
  };
}
