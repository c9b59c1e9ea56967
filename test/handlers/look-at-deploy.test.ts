import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lookAtDeploy } from "../../src/handlers/look-at-deploy.ts";
import type { LiveDeployment } from "../../src/ports/repository.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { TAKEN_AT, buildRepository, sha } from "../domain/build-snapshot.ts";
import { type HandlerTest, openHandlerTest, policyText } from "./small-github.ts";

const REPOSITORY = buildRepository();
const DEPLOY = { kind: "deploy", repositoryId: REPOSITORY.id } as const;
const BROKEN = policyText("mode: enforce\ndeploy:\n  branch: main\n  enviroments: {}\n");
const GOOD = policyText("deploy:\n  environments: { production: { base: { branch: live } } }\n");

let given: HandlerTest;
beforeEach(async () => {
  given = await openHandlerTest();
  await upsertRepository(given.db.database, REPOSITORY, TAKEN_AT);
});
afterEach(() => given.db.drop());

async function shown(): Promise<readonly unknown[]> {
  const effects = await given.effects();
  return effects.map((one) => {
    if (one.kind === "status") return [one.sha, one.state, one.description];
    return one.kind === "check-run" ? [one.sha, one.conclusion, one.title] : [];
  });
}

async function lookAgainAt(): Promise<Date | null> {
  const rows = await given.db.database.query<{ at: Date | null }>(
    "select look_again_at as at from holdpoint.subject",
  );
  return rows[0]?.at ?? null;
}

describe("REL-68: a policy that was never usable", () => {
  test("is shown on the default branch's head, with its line", async () => {
    given.world.policyFile = BROKEN;
    await lookAtDeploy(given.dependencies, DEPLOY);
    const [checkRun, status] = await shown();
    const said: unknown = expect.stringMatching(
      /^could not verify: \.github\/holdpoint\.yml line 4: .*environments/,
    );
    expect(status).toEqual([sha("main"), "pending", said]);
    expect(checkRun).toEqual([sha("main"), "action_required", said]);
    expect(await lookAgainAt()).toBeNull();
    await lookAtDeploy(given.dependencies, DEPLOY);
    const records = await given.db.database.query<{ record: unknown }>("select record from holdpoint.audit");
    expect(records.map(({ record }) => record)).toEqual([
      {
        what: "verdict",
        subject: `deploy:${REPOSITORY.id}`,
        repository: REPOSITORY.id,
        head: sha("main"),
        environment: null,
        decision: "unknown",
        would_be: "unknown",
        because: "nothing-to-judge",
        policy: null,
        findings: [said],
      },
    ]);
  });

  test("gives way to the verdict once it is mended", async () => {
    given.world.policyFile = BROKEN;
    await lookAtDeploy(given.dependencies, DEPLOY);
    given.world.policyFile = GOOD;
    given.world.branches["live"] = sha("live");
    await lookAtDeploy(given.dependencies, DEPLOY);
    const [checkRun, status] = await shown();
    expect(status).toEqual([sha("main"), "success", "production: nothing new"]);
    expect(checkRun).toEqual([sha("main"), "success", "production: nothing new"]);
  });

  test("that nobody could read is read again by itself, and nothing is shown: there may be no file", async () => {
    given.world.policyFile = {
      state: "unknown",
      because: "github-forbidden",
      detail: "403",
      retryAt: null,
    };
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual([]);
    expect(await lookAgainAt()).toEqual(new Date(TAKEN_AT.getTime() + 60_000));
  });

  test("of the organisation alone shows nothing on a repository without a file", async () => {
    given.world.organisationPolicyFile = BROKEN;
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual([]);
  });

  test("of an empty repository shows nothing", async () => {
    given.world.policyFile = BROKEN;
    given.world.branches = {};
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual([]);
  });
});

describe("what goes out", () => {
  const BASES = policyText(
    "deploy:\n  environments: { production: { base: { branch: live } }, staging: { base: { deployment: stage } } }\n",
  );
  let staged: LiveDeployment;

  beforeEach(() => {
    given.world.policyFile = BASES;
    given.world.branches["live"] = sha("live");
    staged = { sha: sha("live"), by: "hubot", at: at(-50) };
  });

  function at(minutes: number): Date {
    return new Date(TAKEN_AT.getTime() + minutes * 60_000);
  }

  async function lookWhen(minutes: number): Promise<void> {
    const github = {
      ...given.dependencies.github,
      readLiveDeployment: async () => ({ state: "known", value: staged }) as const,
    };
    await lookAtDeploy({ ...given.dependencies, github, clock: { now: () => at(minutes) } }, DEPLOY);
  }

  function deploys(): Promise<readonly unknown[]> {
    return given.db.database.query(
      "select environment, sha, before, by_login as by, at from holdpoint.deploy where before is not null order by id",
    );
  }

  test("is noted once, by whom and when as GitHub says; what was there when Holdpoint came is no deploy", async () => {
    await lookWhen(0);
    await lookWhen(1);
    expect(await deploys()).toEqual([]);
    given.world.branches["live"] = sha("next");
    await lookWhen(2);
    staged = { sha: sha("main"), by: "octocat", at: at(2.5) };
    await lookWhen(3);
    await lookWhen(4);
    const production = { environment: "production", sha: sha("next"), before: sha("live") };
    const staging = { environment: "staging", sha: sha("main"), before: sha("live") };
    expect(await deploys()).toEqual([
      { ...production, by: null, at: at(2) },
      { ...staging, by: "octocat", at: at(2.5) },
    ]);
  });

  test("is noted when it goes back, too; what could not be read is no deploy", async () => {
    await lookWhen(0);
    given.world.branches["live"] = sha("next");
    await lookWhen(1);
    delete given.world.branches["live"];
    await lookWhen(2);
    given.world.branches["live"] = sha("live");
    await lookWhen(3);
    expect(await deploys()).toMatchObject([
      { sha: sha("next"), before: sha("live") },
      { sha: sha("live"), before: sha("next"), at: at(3) },
    ]);
  });
});

test("REL-68: without any policy nothing is shown", async () => {
  await lookAtDeploy(given.dependencies, DEPLOY);
  expect(await shown()).toEqual([]);
});

describe("the deploy branch", () => {
  const FROM_DEPLOY = policyText(
    "deploy:\n  branch: deploy\n  environments: { production: { base: { branch: live } } }\n",
  );
  const GONE = "could not verify: the deploy branch “deploy” does not exist";

  beforeEach(() => {
    given.world.policyFile = FROM_DEPLOY;
    given.world.branches = { main: sha("main"), live: sha("live"), deploy: sha("head") };
  });

  test("is deleted or renamed: the head that was judged last does not stay green", async () => {
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect((await shown())[1]).toEqual([sha("head"), "success", "production: nothing new"]);
    given.world.branches = { main: sha("main"), live: sha("live") };
    const gone = [
      [sha("head"), "action_required", GONE],
      [sha("head"), "pending", GONE],
    ];
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual(gone);
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual(gone);
    given.world.branches["deploy"] = sha("head");
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect((await shown())[1]).toEqual([sha("head"), "success", "production: nothing new"]);
  });

  test("is deleted under on_unknown: allow: there is no verdict to let through, and nothing turns green", async () => {
    given.world.policyFile = policyText(
      "on_unknown: allow\ndeploy:\n  branch: deploy\n  environments: { production: { base: { branch: live } } }\n",
    );
    await lookAtDeploy(given.dependencies, DEPLOY);
    given.world.branches = { main: sha("main"), live: sha("live") };
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect((await shown())[1]).toEqual([sha("head"), "pending", GONE]);
  });

  test("never existed: that is said on the default branch, where the policy is", async () => {
    given.world.branches = { main: sha("main"), live: sha("live") };
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual([
      [sha("main"), "action_required", GONE],
      [sha("main"), "pending", GONE],
    ]);
  });

  test("of an empty repository shows nothing", async () => {
    given.world.branches = {};
    await lookAtDeploy(given.dependencies, DEPLOY);
    expect(await shown()).toEqual([]);
  });
});
