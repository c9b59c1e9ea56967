import * as wording from "../../domain/wording/github.ts";
import { Fault } from "../../errors.ts";
import type { Caller } from "./caller.ts";
import { fields, type Fields, isFields } from "./json.ts";
import type { Transport } from "./transport.ts";

export interface GraphqlQuery {
  readonly caller: Caller;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly doing: string;
}

/** Parts of an answer may be refused while others are given: each error names the part by its path. */
export interface GraphqlAnswer {
  readonly data: Fields;
  readonly errors: readonly GraphqlError[];
}

export interface GraphqlError {
  /** `NOT_FOUND`, `FORBIDDEN`, ...; "" where GitHub gave none: its own failure. */
  readonly type: string;
  /** `repository.pullRequest` */
  readonly path: string;
}

/** On Enterprise Server GraphQL is beside the REST address, not below it. */
export function graphqlUrlOf(apiUrl: string): string {
  const bare = apiUrl.replace(/(?<!\/)\/+$/, "");
  return bare.endsWith("/api/v3") ? `${bare.slice(0, -"/v3".length)}/graphql` : `${bare}/graphql`;
}

/** Throws a `Fault` where nothing came, or where anything but "not there" and "not allowed" is wrong with a part. */
export async function callGraphql(
  transport: Transport,
  url: string,
  { caller, query, variables, doing }: GraphqlQuery,
): Promise<GraphqlAnswer> {
  const answer = await transport.send({
    caller,
    route: `POST ${url}`,
    parameters: { query, variables },
    doing,
    repeatable: true,
    readsOnly: true,
  });
  const body = fields(answer.data, "data");
  const raw: unknown = body["errors"];
  const errors = Array.isArray(raw) ? raw.map(parseError) : [];
  const failed = errors.find(({ type }) => type !== "NOT_FOUND" && type !== "FORBIDDEN");
  if (answer.status === 200 && failed === undefined && isFields(body["data"])) {
    return { data: body["data"], errors };
  }
  throw new Fault({
    kind: "retry-later",
    code: "github-unreachable",
    doing,
    status: answer.status,
    detail: wording.githubDidNotAnswer(failed?.type || "GraphQL"),
  });
}

/** Whether GitHub refused that part, which is not the same as there being none. */
export function isForbidden(answer: GraphqlAnswer, path: string): boolean {
  return answer.errors.some((error) => error.type === "FORBIDDEN" && error.path.startsWith(path));
}

function parseError(error: unknown): GraphqlError {
  if (!isFields(error)) return { type: "", path: "" };
  const path: unknown = error["path"];
  return {
    type: typeof error["type"] === "string" ? error["type"] : "",
    path: Array.isArray(path) ? path.join(".") : "",
  };
}
