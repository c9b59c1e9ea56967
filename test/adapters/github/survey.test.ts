import { describe, expect, test } from "vitest";
import { faultOf, REPOSITORY, startGitHub } from "./github-under-test.ts";

const ENVIRONMENTS = /^\/repos\/[^/]+\/[^/]+\/environments/;
const WORKFLOWS = /^\/repos\/[^/]+\/[^/]+\/contents\/\.github%2Fworkflows|\/contents\/\.github\/workflows/;
const missing = { state: "missing", detail: "GitHub lists nothing there." };

function environment(name: string): object {
  const url = `https://api.github.com/repos/acme/storefront/environments/${encodeURIComponent(name)}`;
  const at = "2026-01-01T00:00:00Z";
  return { id: 1, node_id: "EN_1", name, url, html_url: url, created_at: at, updated_at: at };
}

function entry(name: string, type: string): object {
  const url = "https://api.github.com/x";
  const links = { self: url, git: url, html: url };
  const addresses = { url, html_url: url, git_url: url, download_url: url, _links: links };
  return { type, name, path: `.github/workflows/${name}`, sha: "a".repeat(40), size: 1, ...addresses };
}

describe("the environments of a repository", () => {
  test("are known by name", async () => {
    const under = startGitHub();
    const environments = [environment("production"), environment("blue/green")];
    under.on("GET", ENVIRONMENTS, { body: { total_count: 2, environments } });
    expect(await under.github.listEnvironments(REPOSITORY)).toEqual({
      state: "known",
      value: ["production", "blue/green"],
    });
  });

  test("are missing where there are none", async () => {
    const under = startGitHub();
    under.on("GET", ENVIRONMENTS, { body: { total_count: 0, environments: [] } });
    expect(await under.github.listEnvironments(REPOSITORY)).toEqual(missing);
  });

  test("cannot be read without the permission", async () => {
    const under = startGitHub();
    under.on("GET", ENVIRONMENTS, {
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    expect(await faultOf(under.github.listEnvironments(REPOSITORY))).toMatchObject({
      code: "github-forbidden",
    });
  });
});

test("the workflows of a repository are the files in their folder", async () => {
  const under = startGitHub();
  under.on("GET", WORKFLOWS, { body: [entry("ci.yml", "file"), entry("shared", "dir")] });
  expect(await under.github.listWorkflows(REPOSITORY)).toEqual({ state: "known", value: ["ci.yml"] });
});

test("the name of the App is asked for once", async () => {
  const under = startGitHub();
  under.on("GET", "/app", { body: { slug: "holdpoint-acme" }, lies: true });
  expect(await under.github.readSlug()).toBe("holdpoint-acme");
  expect(await under.github.readSlug()).toBe("holdpoint-acme");
  expect(under.requests.filter(({ pathname }) => pathname === "/app")).toHaveLength(1);
});

test("what is left of the limits is what GitHub said last, for each of its kinds", async () => {
  const under = startGitHub();
  const limits = (remaining: string): Record<string, string> => ({
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": "1772449200",
    "x-ratelimit-resource": "core",
  });
  under.on(
    "GET",
    ENVIRONMENTS,
    { body: { total_count: 0, environments: [] }, headers: limits("4000") },
    { body: { total_count: 0, environments: [] }, headers: limits("3999") },
    {
      body: { total_count: 0, environments: [] },
      headers: { ...limits("x"), "x-ratelimit-resource": "search" },
    },
  );
  for (let times = 0; times < 3; times += 1) await under.github.listEnvironments(REPOSITORY);
  expect(under.github.limitsLeft()).toEqual([
    {
      installationId: REPOSITORY.installationId,
      resource: "core",
      limit: 5000,
      remaining: 3999,
      resetAt: new Date("2026-03-02T11:00:00Z"),
      seenAt: under.clock.now(),
    },
  ]);
});
