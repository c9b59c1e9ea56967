import { createHash, type KeyObject } from "node:crypto";
import { answerLie } from "./answer-lie.ts";
import { createGraphqlApp } from "./graphql/graphql-app.ts";
import type { Lies } from "./lies.ts";
import { Refusal } from "./refusal.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { renderTime } from "./render/time.ts";
import type { RequestLog } from "./request-log.ts";
import { authenticate } from "./rest/authenticate.ts";
import type { Reply, Route } from "./rest/call.ts";
import { createRestApp } from "./rest/rest-app.ts";
import { fullName, type World } from "./world.ts";

/** One request and its answer, for whoever looks whether they are as GitHub describes them. */
export interface InspectedExchange {
  readonly method: string;
  readonly path: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

export interface DoorOptions {
  readonly world: World;
  readonly publicKey: KeyObject;
  readonly lies: Lies;
  readonly requests: RequestLog;
  readonly routes: readonly Route[];
  readonly rateLimit: number | null;
  readonly inspect: ((exchange: InspectedExchange) => readonly string[]) | null;
  readonly onViolation: (problem: string) => void;
}

interface Routed {
  readonly reply: Reply;
  readonly route: string;
}

/** From a request to GitHub's answer, or to a lie in its place. */
export function createDoor(options: DoorOptions): (request: Request) => Promise<Response> {
  const { world, publicKey, requests, inspect } = options;
  const rateLimit = createRateLimit(options.rateLimit, world.now);
  const rest = createRestApp(world, publicKey, [...options.routes, rateLimitRoute(rateLimit)]);
  const graphql = createGraphqlApp(options.onViolation);

  async function answer(original: Request): Promise<Response> {
    const url = rewritten(world, new URL(original.url));
    const request = new Request(url, { method: original.method, headers: original.headers });
    const text = original.method === "GET" ? "" : await original.text();
    const query = url.pathname === "/graphql" ? ` ${queryName(text)}` : "";
    const lie = options.lies.takeForCall(request.method, `${url.pathname}${url.search}${query}`);
    if (lie === null) return respond(request, text, false);
    return answerLie(lie, world.now(), (lagging) => respond(request, text, lagging));
  }

  async function respond(request: Request, text: string, lagging: boolean): Promise<Response> {
    const startedAt = performance.now();
    const { pathname, search } = new URL(request.url);
    const { reply, route, body } = await reach(request, text, lagging);
    const answered = reply.status === 204 ? "" : JSON.stringify(reply.body);
    const mayBeKnown = reply.status === 200 && request.method === "GET";
    const etag = mayBeKnown ? `W/"${createHash("sha1").update(answered).digest("hex")}"` : null;
    const status = etag !== null && request.headers.get("if-none-match") === etag ? 304 : reply.status;
    const headers = new Headers({
      date: world.now().toUTCString(),
      "content-type": "application/json; charset=utf-8",
      "x-github-media-type": "github.v3; format=json",
      ...rateLimit.count(request.headers.get("authorization"), status),
      ...(etag === null ? {} : { etag }),
      ...reply.headers,
    });
    const path = `${pathname}${search}`;
    const at = renderTime(world.now());
    requests.add({ at, method: request.method, path, route, status, took: performance.now() - startedAt });
    if (inspect !== null && pathname !== "/graphql" && status !== 304) {
      const responseBody: unknown = answered === "" ? undefined : JSON.parse(answered);
      const requestBody = body === null ? undefined : body;
      inspect({ method: request.method, path, requestBody, status, responseBody }).forEach(
        options.onViolation,
      );
    }
    return new Response(status === 304 || status === 204 ? null : answered, { status, headers });
  }

  async function reach(
    request: Request,
    text: string,
    lagging: boolean,
  ): Promise<Routed & { readonly body: unknown }> {
    const body = parseBody(text);
    try {
      rateLimit.check(request.headers.get("authorization"));
      if (body === undefined) throw new Refusal(400, "Problems parsing JSON");
      if (new URL(request.url).pathname !== "/graphql")
        return { ...(await rest.answer(request, body, lagging)), body };
      const caller = authenticate(world, publicKey, request.headers.get("authorization"));
      const reply = await graphql.answer({ world, caller, lagging }, body);
      return { reply, route: `POST /graphql ${reply.name}`, body };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        reply: { status: error.status, body: error.body, headers: error.headers },
        route: "",
        body: null,
      };
    }
  }

  return answer;
}

/** `/rate_limit` says what has been spent, and spends nothing. */
function rateLimitRoute(rateLimit: RateLimit): Route {
  return {
    method: "GET",
    path: "/rate_limit",
    needs: "anybody",
    run: () => ({ status: 200, body: rateLimit.overview() }),
  };
}

/** Enterprise Server's prefix is taken off, and a repository's number becomes its name. */
function rewritten(world: World, url: URL): URL {
  const path = url.pathname.replace(/^\/api\/v3(?=\/)/, "").replace(/^\/api\/graphql$/, "/graphql");
  const [, id, rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? [];
  const repository = id === undefined ? undefined : world.repositories.get(Number(id));
  const next = new URL(url);
  next.pathname = repository === undefined ? path : `/repos/${fullName(repository)}${rest}`;
  return next;
}

function queryName(text: string): string {
  return /(?:query|mutation)\s+(\w+)/.exec(text)?.[1] ?? "";
}

/** undefined: not JSON; null: nothing. */
function parseBody(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    // Whoever sent it is told so.
    return undefined;
  }
}
