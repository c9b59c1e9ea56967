import { findRun } from "../find-checks.ts";
import type { Json, Repository } from "../model.ts";
import { roleOf } from "../permissions.ts";
import type { Caller } from "../rest/call.ts";
import { findRepository, formerlyNamed } from "../world.ts";
import { checkRunNode } from "./check-node.ts";
import { checkSuiteConnection, checkSuiteNode } from "./check-suite-node.ts";
import type { Page } from "./connection.ts";
import { type Asked, type GraphqlContext, GraphqlRefusal } from "./context.ts";
import { pullRequestNode } from "./pull-request-node.ts";
import { objectNode } from "./object-node.ts";
import { repositoryNode } from "./repository-node.ts";
import { statusNode } from "./status-node.ts";

interface RepositoryArguments {
  readonly owner: string;
  readonly name: string;
  readonly followRenames?: boolean;
}

/** What `Query` has. */
export function queryRoot(asked: Asked): Json {
  const nodes = { repository: repositoryNode, pullRequest: pullRequestNode, results: resultsOf };
  const context: GraphqlContext = { ...asked, nodes };
  return {
    repository: ({ owner, name, followRenames }: RepositoryArguments) => {
      const { world, caller } = context;
      const named = findRepository(world, owner, name);
      const found = named ?? (followRenames === false ? null : formerlyNamed(world, owner, name));
      if (found === null || !isVisible(caller, found)) {
        throw notResolved(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repositoryNode(context, found);
    },
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => nodeOf(context, id)),
    node: ({ id }: { readonly id: string }) => nodeOf(context, id),
    viewer: () => ({ login: loginOf(context.caller), __typename: "User" }),
    rateLimit: () => ({ cost: 1, limit: 5_000, remaining: 4_999, used: 1, nodeCount: 0 }),
  };
}

function resultsOf(context: GraphqlContext, repository: Repository, sha: string): Json {
  return {
    checkSuites: (wanted: Page) => checkSuiteConnection(context, repository, sha, wanted),
    status: () => statusNode(context, repository, sha),
  };
}

/** By the ids that this sandbox gives; of the things that are asked for so. */
function nodeOf(context: GraphqlContext, id: string): Json | null {
  const [prefix, number] = id.split("_");
  for (const repository of context.world.repositories.values()) {
    if (!isVisible(context.caller, repository)) continue;
    if (prefix === "R" && repository.id === Number(number)) return repositoryNode(context, repository);
    const suite = prefix === "CS" ? repository.suites.get(Number(number)) : undefined;
    if (suite !== undefined) return checkSuiteNode(context, repository, suite);
    const commit = prefix === "C" && number !== undefined ? objectNode(context, repository, number) : null;
    if (commit !== null) return commit;
    const run = prefix === "CR" ? findRun(repository, Number(number)) : null;
    if (run !== null) return checkRunNode(context, repository, run);
  }
  throw notResolved(`Could not resolve to a node with the global id of '${id}'`);
}

function isVisible(caller: Caller, repository: Repository): boolean {
  if (caller.kind === "installation") return caller.mayUse(repository) || !repository.private;
  return caller.kind === "user" && roleOf(repository, caller.account) !== "none";
}

function loginOf(caller: Caller): string {
  return caller.kind === "user" ? caller.account.login : caller.app.bot.login;
}

function notResolved(message: string): GraphqlRefusal {
  return new GraphqlRefusal("NOT_FOUND", message);
}
