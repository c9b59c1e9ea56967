import { readFileSync } from "node:fs";
import type * as Graphql from "graphql";
import type { DocumentNode, ExecutionResult, GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { asError } from "../../../errors.ts";
import type { Reply } from "../rest/call.ts";
import { type Asked, GraphqlRefusal } from "./context.ts";
import { queryRoot } from "./query-root.ts";

export interface GraphqlApp {
  readonly answer: (context: Asked, body: unknown) => Promise<Reply & { readonly name: string }>;
}

/** What is used of the package `graphql`, which is only there in development. */
type Engine = Pick<typeof Graphql, "buildSchema" | "execute" | "parse" | "validate">;

interface Loaded {
  readonly engine: Engine;
  readonly schema: GraphQLSchema;
}

const REMEMBERED_QUERIES = 200;

/**
 * Runs queries for real, on GitHub's own schema: a wrong field, argument or type is refused as GitHub refuses it. `onGap` is told of
 * a field that is GitHub's but that this sandbox does not have. The schema is loaded with the first query; it takes half a second.
 */
export function createGraphqlApp(onGap: (problem: string) => void): GraphqlApp {
  let loaded: Promise<Loaded> | null = null;
  const documents = new Map<string, DocumentNode | readonly string[]>();

  function documentOf({ engine, schema }: Loaded, query: string): DocumentNode | readonly string[] {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const parsed = parseQuery(engine, schema, query);
    if (documents.size >= REMEMBERED_QUERIES) documents.clear();
    documents.set(query, parsed);
    return parsed;
  }

  return {
    answer: async (context, body) => {
      const { query, variables } = readRequest(body);
      const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "";
      loaded ??= load();
      const ready = await loaded;
      const document = documentOf(ready, query);
      if (!("kind" in document)) {
        for (const problem of document) onGap(`GraphQL ${name}: ${problem}`);
        return { status: 200, name, body: { errors: document.map((message) => ({ message })) } };
      }
      const result: ExecutionResult = await ready.engine.execute({
        schema: ready.schema,
        document,
        rootValue: queryRoot(context),
        contextValue: context,
        variableValues: variables,
        fieldResolver: (source: unknown, args: unknown, _context: unknown, info) =>
          resolveField(source, args, info),
        typeResolver: (value: unknown) => {
          const type = fieldOf(value, "__typename");
          return typeof type === "string" ? type : undefined;
        },
      });
      return {
        status: 200,
        name,
        body: renderResult(result, (message) => onGap(`GraphQL ${name}: ${message}`)),
      };
    },
  };
}

async function load(): Promise<Loaded> {
  let engine: Engine;
  let file: URL;
  try {
    engine = await import("graphql");
    file = new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  } catch (error) {
    throw new Error(
      "The sandbox needs the development dependencies graphql and @octokit/graphql-schema; install them with npm ci.",
      { cause: error },
    );
  }
  return { engine, schema: engine.buildSchema(readFileSync(file, "utf8"), { assumeValid: true }) };
}

function parseQuery(engine: Engine, schema: GraphQLSchema, query: string): DocumentNode | readonly string[] {
  try {
    const document = engine.parse(query);
    const problems = engine.validate(schema, document);
    return problems.length > 0 ? problems.map(({ message }) => message) : document;
  } catch (error) {
    return [asError(error).message];
  }
}

/** Only what is there is given: a field that a node lacks must not pass for null. */
function resolveField(source: unknown, args: unknown, info: GraphQLResolveInfo): unknown {
  const value = fieldOf(source, info.fieldName);
  if (value === undefined) {
    throw new Error(`the sandbox has no ${info.parentType.name}.${info.fieldName}`);
  }
  if (typeof value !== "function") return value;
  const resolved: unknown = Reflect.apply(value, source, [args]);
  return resolved;
}

function fieldOf(source: unknown, name: string): unknown {
  if (typeof source !== "object" || source === null) return undefined;
  const value: unknown = Reflect.get(source, name);
  return value;
}

function readRequest(body: unknown): {
  readonly query: string;
  readonly variables: { readonly [name: string]: unknown };
} {
  const query = fieldOf(body, "query");
  const variables = fieldOf(body, "variables");
  return {
    query: typeof query === "string" ? query : "",
    variables: typeof variables === "object" && variables !== null ? { ...variables } : {},
  };
}

function renderResult(result: ExecutionResult, onGap: (message: string) => void): unknown {
  const errors = (result.errors ?? []).map((error) => {
    const { originalError, message, path, locations } = error;
    if (originalError instanceof GraphqlRefusal)
      return { type: originalError.type, path, locations, message };
    onGap(`${path?.join(".") ?? ""}: ${message}`);
    return { path, locations, message };
  });
  return errors.length === 0 ? { data: result.data } : { data: result.data, errors };
}
