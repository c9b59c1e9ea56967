import type { KeyObject } from "node:crypto";
import { Hono, type Context } from "hono";
import type { Repository } from "../model.ts";
import { mayWrite, roleOf } from "../permissions.ts";
import { notFound, Refusal } from "../refusal.ts";
import { findRepository, formerlyNamed, type World } from "../world.ts";
import { appRoutes } from "./app-routes.ts";
import { authenticate } from "./authenticate.ts";
import type { Call, Caller, Reply, RepositoryCall, Route } from "./call.ts";
import { checkRoutes } from "./check-routes.ts";
import { commitRoutes } from "./commit-routes.ts";
import { deploymentRoutes } from "./deployment-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { labelRoutes } from "./label-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import { protectionRuleRoutes } from "./protection-rule-routes.ts";
import { pullRequestRoutes } from "./pull-request-routes.ts";
import { workflowRoutes } from "./workflow-routes.ts";
import { repositoryRoutes } from "./repository-routes.ts";
import { statusRoutes } from "./status-routes.ts";
import { userRoutes } from "./user-routes.ts";

export interface Answered {
  readonly reply: Reply;
  readonly route: string;
  readonly caller: Caller | null;
}

export interface RestApp {
  readonly answer: (request: Request, body: unknown, lagging: boolean) => Promise<Answered>;
}

/** In this order: a path that takes anything comes after those that know what they take. */
const ROUTES: readonly Route[] = [
  ...appRoutes,
  ...statusRoutes,
  ...checkRoutes,
  ...userRoutes,
  ...protectionRuleRoutes,
  ...workflowRoutes,
  ...deploymentRoutes,
  ...peopleRoutes,
  ...labelRoutes,
  ...issueRoutes,
  ...pullRequestRoutes,
  ...commitRoutes,
  ...repositoryRoutes,
];

interface Found {
  readonly route: Route | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route and the caller, asks whether the one may use the other, and runs it. */
export function createRestApp(world: World, publicKey: KeyObject, more: readonly Route[] = []): RestApp {
  // hono only finds the route: what it leads to is run with the body read already.
  const router = new Hono<{ Bindings: { found: (found: Found) => void } }>();
  for (const route of [...more, ...ROUTES]) {
    router.on(route.method, route.path, (context) => {
      context.env.found({ route, parameters: readParameters(context) });
      return context.body(null);
    });
  }

  async function find(request: Request): Promise<Found> {
    let found: Found = { route: null, parameters: {} };
    const note = (one: Found): void => {
      found = one;
    };
    await router.fetch(new Request(request.url, { method: request.method }), { found: note });
    return found;
  }

  return {
    answer: async (request, body, lagging) => {
      const { route, parameters } = await find(request);
      const name = route === null ? "" : `${route.method} ${route.path.replaceAll(/\{[^{}]*\}/g, "")}`;
      let caller: Caller | null = null;
      try {
        caller = authenticate(world, publicKey, request.headers.get("authorization"));
        if (route === null) throw notFound();
        const call: Call = {
          world,
          caller,
          lagging,
          body,
          url: new URL(request.url),
          query: new URL(request.url).searchParams,
          parameter: (key) => parameters[key] ?? "",
          number: (key) => Number(parameters[key]),
        };
        return { reply: await run(route, call), route: name, caller };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { status, body: refusal, headers } = error;
        return { reply: { status, body: refusal, headers }, route: name, caller };
      }
    },
  };
}

function readParameters(context: Context): Readonly<Record<string, string>> {
  const parameters: unknown = context.req.param();
  return Object.fromEntries(
    Object.entries(typeof parameters === "object" && parameters !== null ? parameters : {}).map(
      ([name, value]) => [name, String(value)] as const,
    ),
  );
}

function run(route: Route, call: Call): Reply | Promise<Reply> {
  const { caller } = call;
  if (typeof route.needs === "string") {
    if (route.needs !== "anybody" && route.needs !== caller.kind) throw wrongCaller(route.needs);
    return route.run(call);
  }
  if (caller.kind === "app") throw wrongCaller("installation");
  const [permission, level] = route.needs;
  const repository = findVisible(call);
  if (route.runIn === undefined) return route.run(call);
  if (caller.kind === "installation") {
    const has = permission === "metadata" ? "read" : caller.permissions[permission];
    if (has === undefined || (level === "write" && has === "read")) {
      throw new Refusal(403, "Resource not accessible by integration");
    }
  } else if (level === "write" && !mayWrite(repository, caller.account)) {
    throw new Refusal(403, "Must have write access to the repository.");
  }
  if (level === "write" && repository.archived) {
    throw new Refusal(403, "Repository was archived so is read-only.");
  }
  const actor =
    caller.kind === "user"
      ? { account: caller.account, app: null }
      : { account: caller.app.bot, app: caller.app };
  const inRepository: RepositoryCall = { ...call, repository, actor };
  return route.runIn(inRepository);
}

/** 404 to whoever may not see it; 301 to the number where the name has moved. */
function findVisible(call: Call): Repository {
  const owner = call.parameter("owner");
  const name = call.parameter("repo");
  const repository = findRepository(call.world, owner, name);
  if (repository !== null && isVisible(call.caller, repository)) return repository;
  const moved = repository === null ? formerlyNamed(call.world, owner, name) : null;
  if (moved === null || !isVisible(call.caller, moved)) throw notFound();
  const rest = call.url.pathname.split("/").slice(4).join("/");
  const url = `${call.world.apiUrl()}/repositories/${moved.id}${rest === "" ? "" : `/${rest}`}${call.url.search}`;
  throw new Moved(url);
}

function isVisible(caller: Caller, repository: Repository): boolean {
  if (caller.kind === "installation") return caller.mayUse(repository) || !repository.private;
  return caller.kind === "user" && roleOf(repository, caller.account) !== "none";
}

class Moved extends Refusal {
  constructor(url: string) {
    super(301, "Moved Permanently", { headers: { location: url } });
    Object.assign(this.body, { url });
  }
}

function wrongCaller(needed: string): Refusal {
  return needed === "app"
    ? new Refusal(401, "A JSON web token could not be decoded")
    : new Refusal(403, "Resource not accessible by integration");
}
