import type { z } from "zod";
import type { Account, App, Json, Permissions, Repository } from "../model.ts";
import { Refusal } from "../refusal.ts";
import type { Actor, World } from "../world.ts";

/** Who calls: the App itself, one of its installations, or a person with a token. */
export type Caller =
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly app: App;
      readonly installation: number;
      readonly permissions: Permissions;
      readonly mayUse: (repository: Repository) => boolean;
    }
  | { readonly kind: "user"; readonly account: Account };

export interface Call {
  readonly world: World;
  readonly caller: Caller;
  readonly parameter: (name: string) => string;
  readonly number: (name: string) => number;
  readonly query: URLSearchParams;
  /** Path and query as they came, for links to other pages. */
  readonly url: URL;
  /** Reads are answered with what was before the last change. */
  readonly lagging: boolean;
  readonly body: unknown;
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
  readonly actor: Actor;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** As hono writes paths. */
  readonly path: string;
  /** What the caller must be, or may do in the repository. */
  readonly needs:
    | "app"
    | "installation"
    | "user"
    | "anybody"
    | readonly [permission: string, level: "read" | "write"];
  readonly run: (call: Call) => Reply | Promise<Reply>;
  readonly runIn?: (call: RepositoryCall) => Reply | Promise<Reply>;
}

export function route(
  needs: "app" | "installation" | "user" | "anybody",
  method: string,
  path: string,
  run: Route["run"],
): Route {
  return { method, path, needs, run };
}

/** Below `/repos/{owner}/{repo}`; the permission is the one that GitHub's documents name for the operation. */
export function repositoryRoute(
  permission: string,
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  runIn: (call: RepositoryCall) => Reply | Promise<Reply>,
): Route {
  return {
    method,
    path: `/repos/:owner/:repo${path}`,
    needs: [permission, method === "GET" ? "read" : "write"],
    run: () => {
      throw new Error("a route below a repository is run in it");
    },
    runIn,
  };
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function created(body: unknown): Reply {
  return { status: 201, body };
}

export const NO_CONTENT: Reply = { status: 204, body: null };

/** The body as the schema has it; a 422 in GitHub's words where it is not so. */
export function readBody<Schema extends z.ZodType>(call: Call, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "body";
  throw new Refusal(422, `Invalid request.\n\n"${field}": ${issue?.message ?? "is not valid"}`);
}

/** A page of a list, with the way to the others in `Link`. */
export function paged<Item>(
  call: Call,
  items: readonly Item[],
  render: (item: Item) => unknown,
  wrap: (rendered: readonly unknown[], total: number) => unknown = (rendered) => rendered,
): Reply {
  const { size, page } = pageOf(call);
  const start = (page - 1) * size;
  const body = wrap(items.slice(start, start + size).map(render), items.length);
  return { status: 200, body, headers: pageLinks(call, items.length, size, page) };
}

export function pageOf(call: Call): { readonly size: number; readonly page: number } {
  const read = (name: string, otherwise: number): number => {
    const value = Number.parseInt(call.query.get(name) ?? "", 10);
    return Number.isNaN(value) || value < 1 ? otherwise : value;
  };
  return { size: Math.min(100, read("per_page", 30)), page: read("page", 1) };
}

export function pageLinks(call: Call, total: number, size: number, page: number): Record<string, string> {
  const last = Math.max(1, Math.ceil(total / size));
  const link = (to: number, rel: string): string => {
    const url = new URL(call.url);
    url.searchParams.set("page", String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  return links.length === 0 ? {} : { link: links.join(", ") };
}

export function asJson(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
