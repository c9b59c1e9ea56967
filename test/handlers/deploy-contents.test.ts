import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DeployContents } from "../../src/domain/contents/deploy-contents.ts";
import { Fault } from "../../src/errors.ts";
import { lookAtDeploy } from "../../src/handlers/look-at-deploy.ts";
import { findDeployContents } from "../../src/store/deploy-contents.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { buildCommit, buildRepository, sha, TAKEN_AT } from "../domain/build-snapshot.ts";
import { type HandlerTest, NO_FILE, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const DEPLOY = { kind: "deploy", repositoryId: REPOSITORY.id } as const;
const ENVIRONMENTS = "production: { base: { branch: live } }, staging: { base: { branch: stage } }";
const POLICY = policyText(`deploy: { environments: { ${ENVIRONMENTS} } }\ntickets: { projects: [PLAY] }\n`);

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
  given.world.policyFile = POLICY;
  given.world.branches = { main: sha("main"), live: sha("live"), stage: sha("stage") };
  given.world.commits.set(sha("main"), [buildCommit("main", "PLAY-1: Speak French")]);
});
afterEach(() => given.db.drop());

async function kept(environment: string): Promise<DeployContents | null> {
  return await findDeployContents(given.db.database, REPOSITORY.id, environment);
}

describe("a look at the deploy keeps what it contains", () => {
  test("for every environment, without one more question", async () => {
    await lookAtDeploy(given.dependencies, DEPLOY);
    const production = await kept("production");
    expect(production).toMatchObject({
      head: sha("main"),
      branch: "main",
      base: { sha: sha("live"), label: "live" },
      tickets: [{ key: "PLAY-1", facts: { state: "off" } }],
      jira: { state: "off", because: "no-settings" },
    });
    expect(await kept("staging")).toMatchObject({ base: { sha: sha("stage"), label: "stage" } });
    // Of each environment the branches and the range, and what the trunk has beyond the commit that a second one is asked of.
    expect(given.world.calls).toEqual([
      "readOutline",
      "readBranches",
      "readChangeSet",
      "readBranches",
      "readChangeSet",
      "readChangeSet",
    ]);
  });

  test("and forgets what the policy names no more, or where there is none", async () => {
    await lookAtDeploy(given.dependencies, DEPLOY);
    given.world.policyFile = policyText(
      "deploy: { environments: { production: { base: { branch: live } } } }",
    );
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect([await kept("production"), await kept("staging")]).toEqual([expect.anything(), null]);
    given.world.policyFile = policyText("mode: enforce");
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await kept("production")).toBeNull();
    given.world.policyFile = POLICY;
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await kept("production")).not.toBeNull();
    given.world.policyFile = NO_FILE;
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await kept("production")).toBeNull();
  });

  test("and what it saw before, where the deploy branch is gone", async () => {
    await lookAtDeploy(given.dependencies, DEPLOY);
    given.world.branches = { live: sha("live"), stage: sha("stage") };
    await lookAtDeploy(given.dependencies, DEPLOY);
    for (const environment of ["production", "staging"]) {
      expect(await kept(environment)).toMatchObject({
        head: sha("main"),
        outdated: { because: "branch-not-found", since: TAKEN_AT.toISOString() },
      });
    }
  });

  test("and what it saw before, where GitHub does not answer for the range", async () => {
    await lookAtDeploy(given.dependencies, DEPLOY);
    const fault = new Fault({ kind: "retry-later", code: "github-unreachable", doing: "reading the range" });
    const github = { ...given.dependencies.github, readChangeSet: () => Promise.reject(fault) };
    await lookAtDeploy({ ...given.dependencies, github }, DEPLOY);
    expect(await kept("production")).toMatchObject({
      tickets: [{ key: "PLAY-1", outcome: "unknown" }],
      verdict: { outcome: "unknown" },
      outdated: { because: "github-unreachable" },
    });
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await kept("production")).toMatchObject({ tickets: [{ outcome: "pass" }], outdated: null });
  });
});
