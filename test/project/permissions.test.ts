import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { COMMITS_EXIST_QUERY } from "../../src/adapters/github/change-sets.ts";
import { CODE_OWNERS_QUERY } from "../../src/adapters/github/code-owners.ts";
import { commitOriginsQuery } from "../../src/adapters/github/commit-origins.ts";
import { commitPullRequestsQuery } from "../../src/adapters/github/commit-pull-requests.ts";
import { GOVERNED_RUNS_QUERY } from "../../src/adapters/github/governed-runs.ts";
import { branchesQuery, DEPLOYMENTS_QUERY } from "../../src/adapters/github/heads.ts";
import { OUTLINE_QUERY } from "../../src/adapters/github/outline.ts";
import { OPEN_PULL_REQUESTS_QUERY, PULL_REQUEST_QUERY } from "../../src/adapters/github/pull-requests.ts";
import { TRUNK_PAGE_QUERY, TRUNK_QUERY, trunkRestQuery } from "../../src/adapters/github/trunk-queries.ts";
import { workflowFilesQuery } from "../../src/adapters/github/workflow-files.ts";
import { USED_EVENTS } from "../../src/ingress/app.ts";
import { parsePlainYaml } from "../../src/policy/parse-plain-yaml.ts";
import { ALWAYS_TOLD, EVENTS, ON_PULL_REQUESTS, ROUTES, TYPES } from "./github-needs.ts";
import { listSources } from "./imports.ts";
import { readSource } from "./source-text.ts";
import { judgeUse, needed } from "./used-permissions.ts";

const QUERIES: readonly string[] = [
  OUTLINE_QUERY,
  branchesQuery(2),
  DEPLOYMENTS_QUERY,
  COMMITS_EXIST_QUERY,
  commitPullRequestsQuery(2),
  commitOriginsQuery(2),
  CODE_OWNERS_QUERY,
  PULL_REQUEST_QUERY,
  OPEN_PULL_REQUESTS_QUERY,
  workflowFilesQuery(2),
  GOVERNED_RUNS_QUERY,
  TRUNK_QUERY,
  TRUNK_PAGE_QUERY,
  trunkRestQuery(2),
];

const manifest = z
  .object({ default_permissions: z.record(z.string(), z.string()), default_events: z.array(z.string()) })
  .parse(parsePlainYaml(readFileSync(new URL("../../app.yml", import.meta.url), "utf8")));

/** As they stand in the adapter, where each is written once. */
function routesInSource(): ReadonlySet<string> {
  const files = listSources(fileURLToPath(new URL("../../src/adapters/github", import.meta.url)));
  const quoted = files.flatMap((file) => readSource(readFileSync(file, "utf8")).literals);
  return new Set(
    quoted.map(({ text }) => text).filter((text) => /^(?:GET|POST|PATCH|PUT|DELETE) \/\w/.test(text)),
  );
}

const schema = buildSchema(
  readFileSync(new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema")), "utf8"),
  { assumeValid: true },
);

/** The types that a query asks something of; of connections and lists, what they hold. */
function typesIn(query: string): ReadonlySet<string> {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      SelectionSet() {
        const type = getNamedType(info.getType());
        if (isCompositeType(type)) found.add(type.name);
      },
    }),
  );
  return new Set([...found].filter((name) => !/(?:Connection|Edge)$/.test(name)));
}

describe("what the adapter may ask of GitHub", () => {
  test("every address has its permission, and no permission stands for an address that nobody asks", () => {
    const written = routesInSource();
    // The one that is put together from two parts stands there by the first.
    const told = Object.keys(ROUTES).filter((route) => !route.endsWith("/memberships/{username}"));
    expect([...written].toSorted()).toEqual(told.toSorted());
  });

  test("every type that GraphQL is asked for has its permissions, and no other", () => {
    const asked = new Set(QUERIES.flatMap((query) => [...typesIn(query)]));
    expect([...asked].toSorted()).toEqual(Object.keys(TYPES).toSorted());
  });

  test("a person's token reads, and writes nothing", () => {
    const withToken = Object.entries(ROUTES).filter(([, need]) => "as" in need && need.as === "a person");
    expect(withToken.length).toBeGreaterThan(0);
    expect(withToken.filter(([route]) => !route.startsWith("GET "))).toEqual([]);
  });

  test("together it is what the App asks for: nothing more, and nothing less", () => {
    const calls = [...Object.values(ROUTES), ...Object.values(ON_PULL_REQUESTS)];
    const read = QUERIES.flatMap((query) => [...typesIn(query)]).flatMap((type) => TYPES[type] ?? []);
    const told = manifest.default_events.map((event) => EVENTS[event] ?? `for ${event}`);
    expect(needed(calls, [...read, ...told])).toEqual(manifest.default_permissions);
  });

  test("it is told of what it listens to: nothing more, and nothing less", () => {
    expect(manifest.default_events.toSorted()).toEqual(Object.keys(EVENTS).toSorted());
    expect(USED_EVENTS.filter((event) => !ALWAYS_TOLD.includes(event)).toSorted()).toEqual(
      manifest.default_events.toSorted(),
    );
  });
});

describe("the judge of a whole run", () => {
  const everything = {
    routes: Object.keys(ROUTES).map((route) => route.replaceAll(/\{[^}]*\}/g, ":x")),
    events: [...Object.keys(EVENTS), ...ALWAYS_TOLD],
  };

  test("finds nothing wrong where everything that is asked for was used", () => {
    expect(judgeUse(everything)).toEqual([]);
  });

  test("names an address that nobody called, and one that nobody knows", () => {
    const routes = everything.routes.filter(
      (route) => !/^GET .*\/(?:labels|installation)\//.test(`${route}/`),
    );
    expect(judgeUse({ ...everything, routes: [...routes, "PUT /repos/:owner/:repo/topics"] })).toEqual([
      "the run called PUT /repos/:owner/:repo/topics, and test/project/github-needs.ts does not say what GitHub asks for it",
      "no test of the run called GET /repos/{owner}/{repo}/labels/{name}",
    ]);
  });

  test("names a permission that nothing used, and an event that came to nothing", () => {
    const routes = everything.routes.filter((route) => !/statuses?(?:\/|$)/.test(route));
    const wrong = judgeUse({ routes, events: everything.events.filter((event) => event !== "merge_group") });
    expect(wrong).toContain("app.yml asks for statuses: write, and the run used nothing of it above read");
    expect(wrong).toContain(
      "app.yml asks to be told of merge_group, and in the whole run it came to nothing",
    );
  });
});
