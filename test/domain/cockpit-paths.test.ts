import { expect, test } from "vitest";
import { casePath, repositoryPath, whyPath } from "../../src/domain/cockpit-paths.ts";
import { buildRepository, HEAD } from "./build-snapshot.ts";

const repository = buildRepository();

test.each([
  ["the main environment", repositoryPath(repository), "/acme/storefront"],
  ["another one", repositoryPath(repository, "eu & us"), "/acme/storefront?environment=eu+%26+us"],
  ["a name that is no path", repositoryPath({ owner: "a/b", name: "c?d" }), "/a%2Fb/c%3Fd"],
  [
    "why, of the main environment",
    whyPath(repository, { environment: null, sha: HEAD }),
    `/acme/storefront/why?sha=${HEAD}`,
  ],
  [
    "why, of another one, as a deploy",
    whyPath(repository, { environment: "staging", sha: HEAD, intent: "deploy" }),
    `/acme/storefront/why?environment=staging&sha=${HEAD}`,
  ],
  [
    "why, of a rollback",
    whyPath(repository, { environment: null, sha: "abc", intent: "rollback" }),
    "/acme/storefront/why?sha=abc&intent=rollback",
  ],
  ["a case", casePath(repository, 12), "/acme/storefront/cases/12"],
])("%s", (_, path, expected) => {
  expect(path).toBe(expected);
});
