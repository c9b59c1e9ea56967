import { expect, test } from "vitest";
import {
  validateGraphql,
  validateGraphqlExchange,
} from "../../../src/sandbox/validation/validate-graphql.ts";
import {
  exampleOf,
  type RestExchange,
  validateRestExchange,
} from "../../../src/sandbox/validation/validate-rest.ts";

const GOOD: RestExchange = {
  method: "POST",
  path: "/repos/acme/storefront/statuses/abc",
  requestBody: { state: "success", context: "ci" },
  status: 201,
  responseBody: exampleOf("status"),
};

test("a request and an answer as GitHub describes them pass", () => {
  expect(validateRestExchange(GOOD)).toEqual([]);
  expect(validateRestExchange({ ...GOOD, path: `/api/v3${GOOD.path}` })).toEqual([]);
});

test.each<[string, Partial<RestExchange>, string]>([
  [
    "an address of nothing",
    { path: "/repos/acme/storefront/nonsense" },
    "GitHub describes no such operation",
  ],
  ["another method", { method: "DELETE" }, "GitHub describes no such operation"],
  [
    "a value outside of its list",
    { requestBody: { state: "green" } },
    "must be equal to one of the allowed values",
  ],
  [
    "a field that is not there",
    { requestBody: { state: "success", colour: 1 } },
    "has no field “colour” in its body",
  ],
  ["a body left out", { requestBody: undefined }, "lacks its body"],
  ["a query that is not there", { path: `${GOOD.path}?colour=1` }, "has no query parameter “colour”"],
  ["an answer without its fields", { responseBody: { id: 1 } }, "must have required property"],
  ["a status that is never given", { status: 204 }, "is never answered with 204"],
])("%s is named", (_what, change, problem) => {
  expect(validateRestExchange({ ...GOOD, ...change }).join("\n")).toContain(problem);
});

test("a page number that is no number is named", () => {
  const path = "/repos/acme/storefront/commits?per_page=many";
  const exchange = { method: "GET", path, status: 200, responseBody: [] };
  expect(validateRestExchange(exchange)).toEqual([
    "GET /repos/{owner}/{repo}/commits: “per_page” cannot be “many”",
  ]);
});

test("a query that GitHub would refuse is refused", () => {
  expect(validateGraphql('query { repository(owner: 1, name: "a") { nonsense } }')).toEqual([
    "String cannot represent a non string value: 1",
    'Cannot query field "nonsense" on type "Repository".',
  ]);
});

test.each([
  ["a variable left out", {}, {}, ': Variable "$id" of required type "ID!" was not provided.'],
  [
    "a null where none may be",
    { id: "1" },
    { node: { name: null } },
    "node.name: Cannot return null for non-nullable",
  ],
  [
    "a text for a number",
    { id: "1" },
    { node: { name: "a", databaseId: "x" } },
    "node.databaseId: Int cannot represent",
  ],
])("%s is named", (_what, variables, data, problem) => {
  const query = "query A($id: ID!) { node(id: $id) { ... on CheckRun { name databaseId } } }";
  expect(validateGraphqlExchange({ query, variables, data }).join("\n")).toContain(problem);
});
