import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { USED_EVENTS } from "../../src/ingress/app.ts";
import { parsePlainYaml } from "../../src/policy/parse-plain-yaml.ts";
import { appRoutes } from "../../src/sandbox/github/rest/app-routes.ts";
import type { Route } from "../../src/sandbox/github/rest/call.ts";
import { checkRoutes } from "../../src/sandbox/github/rest/check-routes.ts";
import { commitRoutes } from "../../src/sandbox/github/rest/commit-routes.ts";
import { deploymentRoutes } from "../../src/sandbox/github/rest/deployment-routes.ts";
import { issueRoutes } from "../../src/sandbox/github/rest/issue-routes.ts";
import { peopleRoutes } from "../../src/sandbox/github/rest/people-routes.ts";
import { protectionRuleRoutes } from "../../src/sandbox/github/rest/protection-rule-routes.ts";
import { pullRequestRoutes } from "../../src/sandbox/github/rest/pull-request-routes.ts";
import { repositoryRoutes } from "../../src/sandbox/github/rest/repository-routes.ts";
import { statusRoutes } from "../../src/sandbox/github/rest/status-routes.ts";
import { workflowRoutes } from "../../src/sandbox/github/rest/workflow-routes.ts";
import { validateRestExchange } from "../../src/sandbox/validation/validate-rest.ts";
import { ALWAYS_TOLD, EVENTS } from "../project/github-needs.ts";
import { openShop, type Shop } from "./shop.ts";

const ROUTES: readonly Route[] = [
  ...appRoutes,
  ...checkRoutes,
  ...commitRoutes,
  ...deploymentRoutes,
  ...issueRoutes,
  ...peopleRoutes,
  ...protectionRuleRoutes,
  ...pullRequestRoutes,
  ...repositoryRoutes,
  ...statusRoutes,
  ...workflowRoutes,
];

/** What GraphQL reads, by the name of the query: the permissions of the REST addresses that answer the same. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  Outline: ["contents"],
  WorkflowFiles: ["contents"],
  CommitsExist: ["contents"],
  Branches: ["contents"],
  CommitPullRequests: ["pull_requests"],
  OpenPullRequests: ["pull_requests"],
  PullRequest: ["pull_requests"],
  Deployments: ["deployments"],
  GovernedRuns: ["checks", "deployments"],
};

/** Asked for although no address says so: comments on pull requests are written at the address of issues, teams belong to no repository. */
const MORE: Readonly<Record<string, "read" | "write">> = { pull_requests: "write", members: "read" };

const manifest = z.object({
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  default_events: z.array(z.string()),
});

const POLICY = `
deploy:
  environments:
    production: { base: { deployment: production } }
tickets: { projects: [PLAY] }
override: { allow: { teams: [acme/release] } }
required_checks: [{ workflow: "ci.yml", job: "unit" }, { check: "build" }, { status: "ci/lint" }]
`;

let shop: Shop;
let asked: z.infer<typeof manifest>;
beforeAll(async () => {
  shop = await openShop({ inspect: validateRestExchange });
  asked = manifest.parse(parsePlainYaml(await readFile(new URL("../../app.yml", import.meta.url), "utf8")));
});
afterAll(() => shop.close());

/** Everything that Holdpoint does, with the rights of `app.yml` and no other. */
async function liveADay(): Promise<void> {
  const { control } = shop.box.github;
  await shop.spectatorOf("acme");
  await control.setInstallationPermissions({
    account: "acme",
    permissions: asked.default_permissions,
    events: asked.default_events,
  });
  const repo = await shop.repository({
    policy: POLICY,
    files: { ".github/workflows/ci.yml": "on: push\njobs:\n  unit: { runs-on: x, steps: [] }\n" },
  });
  const repository = repo.name;
  await control.deploy({ repository, environment: "production", sha: repo.first });
  const key = shop.ticket();
  const { number, head } = await repo.open({ title: `${key}: Charge in euros` });
  await repo.comment(number, "/holdpoint check");
  await control.addTeamMember({ organisation: "acme", team: "release", login: "monalisa" });
  for (const by of ["octocat", "monalisa"]) {
    await repo.comment(number, "/holdpoint override 4h because the till is down", by);
  }
  await repo.pressCheckAgain(head);
  const group = await control.queueMergeGroup({ repository, numbers: [number] });
  await shop.quiet();
  await control.finishMergeGroup({ repository, headRef: group.headRef, numbers: [number], reason: "merged" });
  await shop.quiet();
  const sha = group.headSha;
  await control.setStatus({ repository, sha, context: "ci/lint", state: "success" });
  await control.finishCheck({ repository, sha, name: "build" });
  await control.finishWorkflowRun({
    repository,
    sha,
    workflow: "ci.yml",
    branch: "main",
    jobs: [{ name: "unit", conclusion: "success" }],
  });
  await shop.quiet();
  expect(await repo.preDeploy(sha)).toEqual({
    state: "success",
    description: "production: 1 commit, 1 ticket",
  });
  await control.protectEnvironment({ repository, environment: "production" });
  const { run } = await control.startDeployment({ repository, environment: "production", sha });
  await shop.quiet();
  expect(await control.readDeployment({ repository, run })).toMatchObject({ conclusion: "success" });
  shop.box.github.lie({ kind: "delivery-refused", event: "deployment_status" });
  await control.deploy({ repository, environment: "production", sha });
  await shop.tick("failed deliveries");
  shop.box.github.tellTheTruth();
  await shop.tick("failed deliveries");
  expect((await repo.preDeploy(sha))?.description).toBe("production: nothing new");
  await control.suspendInstallation({ account: "acme" });
  await control.suspendInstallation({ account: "acme", suspended: false });
  await shop.reconcile();
}

test("I10: the App asks for exactly what it uses, does all of its work with that, and only as GitHub describes it", async () => {
  await liveADay();
  const requests = shop.box.github.requests.list();
  expect(requests.filter(({ status }) => status === 403 || status === 401)).toEqual([]);
  expect(shop.box.github.violations()).toEqual([]);

  const needed = new Map<string, "read" | "write">([["metadata", "read"]]);
  function need(permission: string, level: string): void {
    if (needed.get(permission) !== "write") needed.set(permission, level === "write" ? "write" : "read");
  }
  for (const route of new Set(requests.map((request) => request.route))) {
    const query = route.startsWith("POST /graphql ") ? route.slice("POST /graphql ".length) : null;
    if (query !== null) {
      const permissions = QUERIES[query];
      if (permissions === undefined) throw new Error(`which permission does the query ${query} need?`);
      permissions.forEach((permission) => need(permission, "read"));
      continue;
    }
    const found = ROUTES.find((one) => `${one.method} ${one.path.replaceAll(/\{[^}]*\}/g, "")}` === route);
    if (found !== undefined && typeof found.needs !== "string") need(found.needs[0], found.needs[1]);
  }
  for (const event of asked.default_events) need(EVENTS[event] ?? `for ${event}`, "read");
  for (const [permission, level] of Object.entries(MORE)) need(permission, level);
  expect(Object.fromEntries(needed)).toEqual(asked.default_permissions);
}, 60_000);

test("the App asks to be told of exactly what it listens to", () => {
  expect(asked.default_events.toSorted()).toEqual(
    USED_EVENTS.filter((event) => !ALWAYS_TOLD.includes(event)).toSorted(),
  );
});
