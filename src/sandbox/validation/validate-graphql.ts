import { readFileSync } from "node:fs";
import {
  buildSchema,
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
  validate,
} from "graphql";

let built: GraphQLSchema | null = null;

/** GitHub's GraphQL schema; takes about half a second the first time. */
function loadGraphqlSchema(): GraphQLSchema {
  if (built !== null) return built;
  const file = new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  built = buildSchema(readFileSync(file, "utf8"), { assumeValid: true });
  return built;
}

/** What is wrong with a query by GitHub's schema; empty when nothing is. */
export function validateGraphql(query: string): readonly string[] {
  return validate(loadGraphqlSchema(), parse(query)).map(({ message }) => message);
}

export interface GraphqlExchange {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The `data` of the answer. */
  readonly data: unknown;
}

/**
 * What is wrong with a query, its variables or the answer: the query is run on the answer itself, so that a null where none may be,
 * or a number for a text, comes out.
 */
export function validateGraphqlExchange({ query, variables, data }: GraphqlExchange): readonly string[] {
  const problems = validateGraphql(query);
  if (problems.length > 0) return problems;
  const result = execute({
    schema: loadGraphqlSchema(),
    document: parse(query),
    variableValues: variables,
    rootValue: data,
    fieldResolver: (source: unknown, _args, _context, info) => answered(source, info.path.key),
    typeResolver: (value: unknown, _context, info, abstract) =>
      nameType(value, info) ?? info.schema.getPossibleTypes(abstract)[0]?.name,
  });
  if (result instanceof Promise) throw new TypeError("nothing in an answer is awaited");
  return (result.errors ?? []).map(({ message, path }) => `${path?.join(".") ?? ""}: ${message}`);
}

function answered(source: unknown, key: string | number): unknown {
  if (typeof source !== "object" || source === null) return undefined;
  const value: unknown = Reflect.get(source, key);
  return value;
}

/** An answer without `__typename` is of the type that the query asks something of; where it asks of none, any will do. */
function nameType(value: unknown, info: GraphQLResolveInfo): string | undefined {
  const named = answered(value, "__typename");
  if (typeof named === "string") return named;
  for (const node of info.fieldNodes) {
    const found = conditions(node, info.fragments).find((name) => isObjectType(info.schema.getType(name)));
    if (found !== undefined) return found;
  }
  return undefined;
}

function conditions(
  node: FieldNode | FragmentDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): readonly string[] {
  return (node.selectionSet?.selections ?? []).flatMap((selection: SelectionNode) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection.typeCondition?.name.value ?? [];
    if (selection.kind !== Kind.FRAGMENT_SPREAD) return [];
    const fragment = fragments[selection.name.value];
    return fragment === undefined
      ? []
      : [fragment.typeCondition.name.value, ...conditions(fragment, fragments)];
  });
}
