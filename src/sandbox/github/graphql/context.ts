import type { Json, Repository } from "../model.ts";
import type { PullRequestIssue } from "../render/pull-request.ts";
import type { Caller } from "../rest/call.ts";
import type { World } from "../world.ts";

export interface Asked {
  readonly world: World;
  readonly caller: Caller;
  readonly lagging: boolean;
}

/** A commit leads to its pull requests, those to their repository, that to its commits, those to their deployments: the circles close here. */
export interface GraphqlContext extends Asked {
  readonly nodes: {
    readonly repository: (context: GraphqlContext, repository: Repository) => Json;
    readonly pullRequest: (context: GraphqlContext, issue: PullRequestIssue) => Json;
    /** What checks and statuses say of a commit: the fields that `Commit` has for it. */
    readonly results: (context: GraphqlContext, repository: Repository, sha: string) => Json;
  };
}

/** Thrown for what GitHub would answer as an error of one part of the query. */
export class GraphqlRefusal extends Error {
  readonly type: "NOT_FOUND" | "FORBIDDEN";

  constructor(type: "NOT_FOUND" | "FORBIDDEN", message: string) {
    super(message);
    this.name = "GraphqlRefusal";
    this.type = type;
  }
}
