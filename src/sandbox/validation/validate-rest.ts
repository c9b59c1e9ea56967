import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";

/** One request and its answer, as they went over the wire. */
export interface RestExchange {
  readonly method: string;
  /** With its query, without the host; an Enterprise Server's `/api/v3` is taken off. */
  readonly path: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

interface Operation {
  readonly template: string;
  readonly pointer: string;
  readonly fields: Fields;
  readonly shared: readonly unknown[];
}

/** GitHub does not describe this one, yet answers it: redirects of renamed repositories lead to it. */
const UNDESCRIBED = /^\/repositories\/\d+$/;
/** Any operation may be answered so, whether or not its description says it. */
const EVERYWHERE = new Set([301, 302, 304, 307, 308, 400, 401, 403, 404, 410, 422, 429, 451]);

const DESCRIPTION = "github";
let loaded: {
  readonly ajv: Ajv;
  readonly description: Fields;
  readonly templates: readonly string[];
} | null = null;
const compiled = new Map<string, ValidateFunction>();

/**
 * What is wrong with a request or its answer by GitHub's own REST description; empty when nothing is. The description (13 MB) is
 * read once, schemas are compiled as they are met.
 */
export function validateRestExchange(exchange: RestExchange): readonly string[] {
  const url = new URL(exchange.path.replace(/^\/api\/v3\//, "/"), "https://api.github.com");
  if (exchange.method === "GET" && UNDESCRIBED.test(url.pathname)) return validateFullRepository(exchange);
  const operation = findOperation(exchange.method, url.pathname);
  if (operation === null) return [`${exchange.method} ${url.pathname}: GitHub describes no such operation`];
  const where = `${exchange.method} ${operation.template}`;
  return [
    ...pathProblems(operation, url.pathname),
    ...queryProblems(operation, url.searchParams),
    ...requestProblems(operation, exchange.requestBody),
    ...responseProblems(operation, exchange),
  ].map((problem) => `${where}: ${problem}`);
}

/** One of GitHub's own examples, as a fresh copy: `full-repository-default-response`. */
export function exampleOf(name: string): unknown {
  const { examples } = fields(load().description["components"]);
  return structuredClone(fields(fields(examples)[name])["value"]);
}

function validateFullRepository({ status, responseBody }: RestExchange): readonly string[] {
  if (status !== 200) return [];
  return schemaProblems("#/components/schemas/full-repository", responseBody, "answer");
}

function load(): NonNullable<typeof loaded> {
  if (loaded !== null) return loaded;
  const file = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
  const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
  const description = fields(mended(parsed));
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
  ajv.addSchema({ ...description, $id: DESCRIPTION });
  loaded = { ajv, description, templates: Object.keys(fields(description["paths"])) };
  return loaded;
}

/**
 * OpenAPI 3.0 says `nullable` where JSON Schema says "or null". And of an installation's account the description says that it is
 * a user and an enterprise at once, which GitHub's own example is not: it is one of the two.
 */
function mended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mended);
  if (!isFields(value)) return value;
  const { allOf, ...others } = value;
  const { nullable, ...rest } = isUserAndEnterprise(allOf) ? { ...others, anyOf: allOf } : value;
  const walked = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, mended(inner)]));
  return nullable === true ? { anyOf: [{ type: "null" }, walked] } : walked;
}

function isUserAndEnterprise(allOf: unknown): boolean {
  if (!Array.isArray(allOf)) return false;
  const titles = allOf.map((member: unknown) => (isFields(member) ? member["title"] : null));
  return titles.includes("Simple User") && titles.includes("Enterprise");
}

function findOperation(method: string, path: string): Operation | null {
  const { templates, description } = load();
  const matching = templates
    .filter((template) => pathParameters(template, path) !== null)
    .toSorted((one, other) => one.split("{").length - other.split("{").length);
  for (const template of matching) {
    const item = fields(fields(description["paths"])[template]);
    const operation = item[method.toLowerCase()];
    if (!isFields(operation)) continue;
    const shared: readonly unknown[] = Array.isArray(item["parameters"]) ? item["parameters"] : [];
    const pointer = `#/paths/${escapePointer(template)}/${method.toLowerCase()}`;
    return { template, pointer, fields: operation, shared };
  }
  return null;
}

/** null: the path is none of this template. A parameter called `path` takes the rest. */
function pathParameters(template: string, path: string): ReadonlyMap<string, string> | null {
  const parts = template.split("/");
  const given = path.split("/");
  const found = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    const value = given[index];
    if (value === undefined || value === "") {
      if (part === "") continue;
      return null;
    }
    if (part === "{path}" && index === parts.length - 1) {
      found.set("path", given.slice(index).map(decodeURIComponent).join("/"));
      return found;
    }
    if (part.startsWith("{")) found.set(part.slice(1, -1), decodeURIComponent(value));
    else if (part !== value) return null;
  }
  return parts.length === given.length ? found : null;
}

function parametersOf(operation: Operation): readonly Fields[] {
  const own: readonly unknown[] = Array.isArray(operation.fields["parameters"])
    ? operation.fields["parameters"]
    : [];
  return [...operation.shared, ...own].map((parameter) => resolve(fields(parameter)));
}

function pathProblems(operation: Operation, path: string): readonly string[] {
  const given = pathParameters(operation.template, path) ?? new Map<string, string>();
  return parametersOf(operation)
    .filter((parameter) => parameter["in"] === "path")
    .flatMap((parameter) => valueProblems(parameter, given.get(String(parameter["name"]))));
}

function queryProblems(operation: Operation, query: URLSearchParams): readonly string[] {
  const known = parametersOf(operation).filter((parameter) => parameter["in"] === "query");
  const names = new Set(known.map((parameter) => parameter["name"]));
  const unknown = [...query.keys()].filter((name) => !names.has(name));
  return [
    ...unknown.map((name) => `has no query parameter “${name}”`),
    ...known.flatMap((parameter) => {
      const value = query.get(String(parameter["name"]));
      if (value === null)
        return parameter["required"] === true ? [`lacks “${String(parameter["name"])}”`] : [];
      return valueProblems(parameter, value);
    }),
  ];
}

/** On the wire everything is text: a number is one if it looks like one and the description asks for one. */
function valueProblems(parameter: Fields, value: string | undefined): readonly string[] {
  const name = `“${String(parameter["name"])}”`;
  if (value === undefined) return [`lacks ${name}`];
  const schema = parameter["schema"];
  if (!isFields(schema)) return [];
  const { ajv } = load();
  const validate = ajv.compile(anchored(schema));
  const readings: readonly unknown[] = [
    value,
    ...(/^-?\d+$/.test(value) ? [Number(value)] : []),
    value === "true",
  ];
  return readings.some((reading) => validate(reading)) ? [] : [`${name} cannot be “${value}”`];
}

function requestProblems(operation: Operation, body: unknown): readonly string[] {
  const requestBody = operation.fields["requestBody"];
  if (!isFields(requestBody)) return body === undefined || body === "" ? [] : ["takes no body"];
  const schema = jsonSchema(requestBody);
  if (schema === null) return [];
  if (body === undefined || body === "") return requestBody["required"] === true ? ["lacks its body"] : [];
  const pointer = `${operation.pointer}/requestBody/content/application~1json/schema`;
  const { properties } = schema;
  const strangers =
    isFields(properties) && isFields(body)
      ? Object.keys(body).filter((key) => !Object.hasOwn(properties, key))
      : [];
  return [
    ...strangers.map((key) => `has no field “${key}” in its body`),
    ...schemaProblems(pointer, body, "body"),
  ];
}

function responseProblems(operation: Operation, { status, responseBody }: RestExchange): readonly string[] {
  const responses = fields(operation.fields["responses"]);
  const response = responses[String(status)];
  if (!isFields(response)) {
    return EVERYWHERE.has(status) || status >= 500 ? [] : [`is never answered with ${status}`];
  }
  const described = resolve(response);
  if (jsonSchema(described) === null) return [];
  const reference = response["$ref"];
  const pointer = typeof reference === "string" ? reference : `${operation.pointer}/responses/${status}`;
  return schemaProblems(`${pointer}/content/application~1json/schema`, responseBody, "answer");
}

function schemaProblems(pointer: string, value: unknown, what: string): readonly string[] {
  const { ajv } = load();
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${DESCRIPTION}${encodeURI(pointer)}` });
  compiled.set(pointer, validate);
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .slice(0, 10)
    .map(
      ({ instancePath, message, params }) => `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
}

function anchored(schema: Fields): Fields {
  const reference = schema["$ref"];
  return typeof reference === "string" ? { $ref: `${DESCRIPTION}${reference}` } : schema;
}

function resolve(value: Fields): Fields {
  const reference = value["$ref"];
  if (typeof reference !== "string") return value;
  let found: unknown = load().description;
  for (const part of reference.slice(2).split("/")) {
    found = fields(found)[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return fields(found);
}

function jsonSchema(from: Fields): Fields | null {
  const content = from["content"];
  const json = isFields(content) ? content["application/json"] : null;
  const schema = isFields(json) ? json["schema"] : null;
  return isFields(schema) ? schema : null;
}

function escapePointer(text: string): string {
  return text.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fields(value: unknown): Fields {
  if (isFields(value)) return value;
  throw new TypeError("GitHub's description does not have the shape of OpenAPI");
}
