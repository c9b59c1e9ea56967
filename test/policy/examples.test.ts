import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  createPolicySchema,
  POLICY_SCHEMA_COMMAND,
  POLICY_SCHEMA_FILE,
} from "../../src/policy/json-schema.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const examples = readdirSync(new URL("docs/examples", root)).filter((name) => name.endsWith(".yml"));
const schema: unknown = JSON.parse(createPolicySchema());

describe("the JSON Schema", () => {
  const validate = new Ajv2020({ strict: false }).compile(Object(schema));

  test("that is committed is the one that the definition gives", () => {
    expect(read(POLICY_SCHEMA_FILE), `out of date: ${POLICY_SCHEMA_COMMAND}`).toBe(createPolicySchema());
  });

  test.each(examples)("accepts %s", (name) => {
    expect([validate(parse(read(`docs/examples/${name}`))), validate.errors]).toEqual([true, null]);
  });

  test.each([
    ["an unknown key", { colour: "red" }],
    ["a wrong choice", { mode: "dry-run" }],
    ["a duration without unit", { gate: { max_wait: "30" } }],
    ["a number for a duration", { gate: { max_wait: 30 } }],
    ["a check with two sources", { required_checks: [{ workflow: "ci.yml", status: "a" }] }],
    ["a check without source", { required_checks: [{}] }],
    ["a job without workflow", { required_checks: [{ status: "a", job: "b" }] }],
    ["a base with both", { deploy: { environments: { a: { base: { branch: "b", deployment: "c" } } } } }],
    ["a permission and teams", { override: { allow: { permission: "admin", teams: ["a/b"] } } }],
    [
      "pull requests as evidence",
      { deferred: { checks: [{ name: "a", match: { status: "b" }, events: ["pull_request"] }] } },
    ],
    ["an item listed twice", { tickets: { projects: ["PLAY", "PLAY"] } }],
    ["a label that is too long", { deferred: { label: "x".repeat(51) } }],
    ["a deferred check without match", { deferred: { checks: [{ name: "a" }] } }],
  ])("refuses %s, as the parser does", (_name, policy) => {
    const parsed = parsePolicy({ organisation: null, repository: JSON.stringify(policy) });
    expect([validate(policy), parsed.policy]).toEqual([false, null]);
  });
});

describe("the examples", () => {
  test.each(examples.filter((name) => name !== "repository.yml"))("%s is a policy by itself", (name) => {
    const parsed = parsePolicy({ organisation: null, repository: null, ...textsOf(name) });
    expect([parsed.problems, parsed.organisationProblems]).toEqual([[], []]);
    expect(parsed.policy).not.toBeNull();
  });

  test("repository.yml is one over organisation.yml", () => {
    const { policy } = parsePolicy({
      organisation: read("docs/examples/organisation.yml"),
      repository: read("docs/examples/repository.yml"),
    });
    expect(policy?.tickets.projects).toEqual(["WEB"]);
    expect(policy?.tickets.fields).toEqual([{ name: "Risk assessment", types: [] }]);
    expect(policy?.tickets.exempt).toEqual({ authors: ["dependabot[bot]"], subjects: ["MINOR"] });
    expect(policy?.override.allow).toEqual({ kind: "permission", permission: "admin" });
    expect(policy?.notify.slack).toEqual({
      channel: "#web-deploys",
      people: new Map([["octocat", "U012AB3CD"]]),
    });
  });

  function textsOf(name: string): { readonly organisation?: string; readonly repository?: string } {
    const text = read(`docs/examples/${name}`);
    return name === "organisation.yml" ? { organisation: text } : { repository: text };
  }
});

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Every key of the policy as `deploy.environments.*.base`, from the schema. */
function keysOf(node: unknown, path: string): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const part = new Map<string, unknown>(Object.entries(node));
  const own = entriesOf(part.get("properties")).flatMap(([key, child]) => {
    const name = path === "" ? key : `${path}.${key}`;
    return [name, ...keysOf(child, name)];
  });
  const additional = part.get("additionalProperties");
  const anyOf = part.get("anyOf");
  return [
    ...own,
    ...keysOf(additional, `${path}.*`),
    ...keysOf(part.get("items"), `${path}[]`),
    ...(Array.isArray(anyOf) ? anyOf.flatMap((option: unknown) => keysOf(option, path)) : []),
  ];
}

describe("the reference", () => {
  const reference = read("docs/policy.md");
  const headings = [...reference.matchAll(/^### `([^`]+)`$/gm)].map(([, key = ""]) => key);
  const byName = (a: string, b: string) => (a < b ? -1 : 1);

  test("has a paragraph for each key, and for no other", () => {
    // The keys of a selector are explained once for the three places that take one.
    const keys = keysOf(schema, "").map((key) =>
      key.replace(/^(required_checks\[\]|deferred\.checks\[\]\.match)\.(.+)$/, "check.$2"),
    );
    const categories = (key: string) => !key.endsWith(".category");
    expect(headings.toSorted(byName)).toEqual([...new Set(keys)].filter(categories).toSorted(byName));
  });

  test("names every example", () => {
    expect(examples.filter((name) => !reference.includes(`examples/${name}`))).toEqual([]);
  });
});
