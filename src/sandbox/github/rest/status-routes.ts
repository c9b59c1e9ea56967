import { z } from "zod";
import type { Status } from "../model.ts";
import { addStatus, newestStatuses } from "../statuses.ts";
import { Refusal } from "../refusal.ts";
import { combinedState, renderSimpleStatus, renderStatus } from "../render/status.ts";
import { renderMinimalRepository, repositoryUrl } from "../render/repository.ts";
import {
  created,
  paged,
  readBody,
  type Reply,
  repositoryRoute,
  type RepositoryCall,
  type Route,
} from "./call.ts";
import { commitAt } from "./repository-routes.ts";

const newStatus = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  context: z.string().default("default"),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});

export const statusRoutes: readonly Route[] = [
  repositoryRoute("statuses", "POST", "/statuses/:sha", (call) => {
    const { world, repository, actor } = call;
    const wanted = readBody(call, newStatus);
    const status = addStatus(world, repository, actor, {
      sha: call.parameter("sha"),
      context: wanted.context,
      state: wanted.state,
      description: wanted.description ?? null,
      targetUrl: wanted.target_url ?? null,
    });
    return created(renderStatus(world, repository, status));
  }),
  repositoryRoute("statuses", "GET", "/commits/:ref/status", readCombined),
  repositoryRoute("statuses", "GET", "/commits/:ref/statuses", (call) => {
    const { world, repository } = call;
    const all = statusesAt(call).all.toReversed();
    return paged(call, all, (status) => renderStatus(world, repository, status));
  }),
];

function statusesAt(call: RepositoryCall): { readonly sha: string; readonly all: readonly Status[] } {
  const ref = call.parameter("ref").replace(/^(?:heads|tags)\//, "");
  const commit = commitAt(call, ref);
  if (commit === null) throw new Refusal(404, "Not Found");
  const all = call.repository.statuses.get(commit.sha) ?? [];
  return { sha: commit.sha, all: call.lagging ? all.slice(0, -1) : all };
}

function readCombined(call: RepositoryCall): Reply {
  const { world, repository } = call;
  const { sha, all } = statusesAt(call);
  const newest = newestStatuses(all);
  const url = `${repositoryUrl(world, repository)}/commits/${sha}`;
  return paged(
    call,
    newest,
    (status) => renderSimpleStatus(world, repository, status),
    (statuses, total) => ({
      state: combinedState(newest),
      statuses,
      sha,
      total_count: total,
      repository: renderMinimalRepository(world, repository),
      commit_url: url,
      url: `${url}/status`,
    }),
  );
}
