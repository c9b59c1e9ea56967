import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { onTestFinished } from "vitest";
import { createGitHub, type GitHubAppOptions } from "../../../src/adapters/github/create-github.ts";
import type { SentCall } from "../../../src/adapters/github/transport.ts";
import { isCommitSha, isInstallationId, isRepositoryId } from "../../../src/domain/brands.ts";
import type { CommitSha, InstallationId, RepositoryFacts, RepositoryId } from "../../../src/domain/model.ts";
import { Fault } from "../../../src/errors.ts";
import type { LogFields } from "../../../src/log.ts";
import type { GitHub } from "../../../src/ports/github.ts";
import type { RepositoryRef } from "../../../src/ports/repository.ts";
import type { FindsRepositories } from "../../../src/adapters/github/find-repository.ts";
import { validateGraphqlExchange } from "../../../src/sandbox/validation/validate-graphql.ts";
import { validateRestExchange } from "../../../src/sandbox/validation/validate-rest.ts";

export const API = "https://api.github.com";
export const START = new Date("2026-03-02T10:00:00Z");
export const APP_ID = 4711;
/** Values that must never be seen outside of a request's `authorization` header. */
export const TOKEN_CANARY = "ghs_canaryTokenOfAnInstallation";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const KEY_PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

export type Json = Readonly<Record<string, unknown>>;

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Breaks the connection with this code in the place of an answer. */
  readonly breaks?: string;
  /** GitHub misbehaving on purpose: the answer is not held against its description. */
  readonly lies?: boolean;
}

type Handler = Reply | ((request: SeenRequest) => Reply | Promise<Reply>);

/** A GitHub of prepared answers behind nock, the adapter in front of it, and a clock that only sleeping moves. */
export interface GitHubUnderTest {
  readonly github: GitHub & FindsRepositories;
  /** Several replies are given one after another, the last one for good. */
  readonly on: (method: string, path: string | RegExp, ...replies: readonly Handler[]) => void;
  /** By the name of the GraphQL operation. */
  readonly onQuery: (operation: string, ...replies: readonly Handler[]) => void;
  readonly requests: readonly SeenRequest[];
  readonly calls: readonly SentCall[];
  readonly naps: readonly number[];
  readonly logged: readonly string[];
  readonly renamed: readonly RepositoryFacts[];
  readonly pauses: Map<InstallationId, Date>;
  /** How often the shared pauses were asked for. */
  readonly pauseReads: () => number;
  readonly clock: { readonly now: () => Date; readonly advance: (milliseconds: number) => void };
  /** The same GitHub and the same shared pauses seen by another process. */
  readonly replica: () => GitHub & FindsRepositories;
}

const problems: string[] = [];

export function startGitHub(options: Partial<GitHubAppOptions> = {}): GitHubUnderTest {
  nock.disableNetConnect();
  onTestFinished(takeAway);
  const apiUrl = options.apiUrl ?? API;
  const handlers: { matches: (request: SeenRequest) => boolean; replies: Handler[] }[] = [];
  const requests: SeenRequest[] = [];
  const calls: SentCall[] = [];
  const naps: number[] = [];
  const logged: string[] = [];
  const renamed: RepositoryFacts[] = [];
  const pauses = new Map<InstallationId, Date>();
  const strikes = new Map<InstallationId, number>();
  let reads = 0;
  let time = START.getTime();
  const clock = {
    now: () => new Date(time),
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
  };
  const note = (message: string, fields: LogFields = {}): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };

  async function answer(incoming: Request): Promise<Reply> {
    const { method, headers } = incoming;
    const url = new URL(incoming.url);
    const text = await incoming.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const request: SeenRequest = {
      method,
      path: url.pathname + url.search,
      pathname: url.pathname,
      query: url.searchParams,
      body: isJson(body) ? body : {},
      headers: Object.fromEntries(headers),
    };
    requests.push(request);
    const handler = handlers.findLast(({ matches }) => matches(request));
    const next =
      handler !== undefined && handler.replies.length > 1 ? handler.replies.shift() : handler?.replies[0];
    if (next === undefined) {
      problems.push(`nothing was prepared for ${method} ${request.path} ${text.slice(0, 200)}`);
      return { status: 500, body: {} };
    }
    const reply = typeof next === "function" ? await next(request) : next;
    if (reply.lies !== true && reply.breaks === undefined) problems.push(...check(request, reply));
    return reply;
  }

  for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
    nock(new URL(apiUrl).origin)
      .persist()
      .intercept(/.*/, method)
      .reply(async (incoming: Request) => {
        const { status = 200, body, headers, breaks } = await answer(incoming);
        if (breaks !== undefined) throw Object.assign(new Error("broken"), { code: breaks });
        const text = status === 304 ? "" : typeof body === "string" ? body : JSON.stringify(body ?? {});
        return [
          status,
          text,
          {
            "content-type": "application/json; charset=utf-8",
            date: clock.now().toUTCString(),
            ...headers,
          },
        ];
      });
  }

  function create(): GitHub & FindsRepositories {
    return createGitHub({
      appId: APP_ID,
      privateKey: KEY_PEM,
      apiUrl,
      clock,
      log: { debug: note, info: note, warn: note, error: note },
      pauses: {
        until: async (installation) => {
          reads += 1;
          return pauses.get(installation) ?? null;
        },
        strike: async (installation) => {
          const before = strikes.get(installation) ?? 0;
          strikes.set(installation, before + 1);
          return before;
        },
        calm: async (installation) => void strikes.delete(installation),
        extend: async (installation, until) => {
          const before = pauses.get(installation);
          if (before === undefined || before < until) pauses.set(installation, until);
        },
      },
      parseYaml: () => {
        throw new Error("no workflow file was expected");
      },
      onRenamed: async (facts) => {
        renamed.push(facts);
      },
      onCall: (call) => {
        calls.push(call);
      },
      sleep: async (milliseconds) => {
        naps.push(milliseconds);
        time += milliseconds;
      },
      random: () => 0.5,
      ...options,
    });
  }

  const on: GitHubUnderTest["on"] = (method, path, ...replies) => {
    handlers.push({
      matches: (request) =>
        request.method === method &&
        (typeof path === "string" ? request.pathname === path : path.test(request.path)),
      replies: [...replies],
    });
  };
  on("POST", /\/app\/installations\/\d+\/access_tokens$/, () => ({
    status: 201,
    body: {
      token: TOKEN_CANARY,
      expires_at: new Date(time + 3_600_000).toISOString(),
      permissions: { metadata: "read" },
      repository_selection: "all",
    },
  }));

  return {
    github: create(),
    on,
    onQuery: (operation, ...replies) => {
      handlers.push({
        matches: ({ method, body }) =>
          method === "POST" && String(body["query"]).startsWith(`query ${operation}(`),
        replies: [...replies],
      });
    },
    requests,
    calls,
    naps,
    logged,
    renamed,
    pauses,
    pauseReads: () => reads,
    clock,
    replica: create,
  };
}

/** Files share a process: nothing prepared for one test may answer another, and no file's hooks are another's. */
function takeAway(): void {
  nock.cleanAll();
  const found = problems.splice(0);
  if (found.length > 0) throw new Error(`GitHub's own descriptions say:\n${found.join("\n")}`);
}

function check(request: SeenRequest, reply: Reply): readonly string[] {
  const status = reply.status ?? 200;
  if (request.pathname.endsWith("/graphql")) {
    const { query, variables } = request.body;
    if (typeof query !== "string" || !isJson(variables))
      return ["a GraphQL request lacks its query or variables"];
    const data = isJson(reply.body) ? reply.body["data"] : undefined;
    if (status !== 200 || !isJson(data)) return [];
    return validateGraphqlExchange({ query, variables, data });
  }
  return validateRestExchange({
    method: request.method,
    path: request.path,
    requestBody:
      request.method === "GET" || Object.keys(request.body).length === 0 ? undefined : request.body,
    status,
    responseBody: reply.body,
  });
}

/** Requests that count against a check: everything but credentials. */
export function spent(under: GitHubUnderTest): number {
  return under.calls.filter(({ kind }) => kind !== "credentials").length;
}

/** What a promise was rejected with, if it is a fault. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("no fault was thrown");
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `sha("a")`, `sha(12)`: forty digits that a person can tell apart. */
export function sha(seed: string | number): CommitSha {
  const text = typeof seed === "number" ? seed.toString(16).padStart(40, "0") : seed.padEnd(40, "0");
  if (!isCommitSha(text)) throw new TypeError(`${seed} makes no sha`);
  return text;
}

export const INSTALLATION = installation(7);
export const OTHER_INSTALLATION = installation(8);
export const REPOSITORY: RepositoryRef = {
  id: repositoryNumber(1_296_269),
  installationId: INSTALLATION,
  owner: "acme",
  name: "storefront",
};

export function installation(id: number): InstallationId {
  if (!isInstallationId(id)) throw new TypeError("no installation");
  return id;
}

export function repositoryNumber(id: number): RepositoryId {
  if (!isRepositoryId(id)) throw new TypeError("no repository");
  return id;
}
