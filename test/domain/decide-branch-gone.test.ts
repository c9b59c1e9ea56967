import { describe, expect, test } from "vitest";
import { type BranchGone, decideBranchGone } from "../../src/domain/decide-branch-gone.ts";
import { decideUnjudgedGroup } from "../../src/domain/decide-unjudged-group.ts";
import { checkAgainAction } from "../../src/domain/wording/report.ts";
import { buildPolicy, buildRepository, HEAD } from "./build-snapshot.ts";

const repository = buildRepository();
const URLS = { publicUrl: "https://holdpoint.example.com", githubUrl: "https://github.com" };
const CHECKS = `https://github.com/acme/storefront/commit/${HEAD}/checks`;

function shown(changes: Partial<BranchGone> = {}) {
  return decideBranchGone({
    repository,
    policy: buildPolicy(),
    branch: "release",
    head: HEAD,
    ...URLS,
    ...changes,
  });
}

describe("a deploy branch that does not exist", () => {
  const text = "could not verify: the deploy branch “release” does not exist";

  test("the head that was judged last turns pending, and says so", () => {
    expect(shown()).toEqual([
      {
        kind: "status",
        repositoryId: repository.id,
        sha: HEAD,
        context: "holdpoint/pre-deploy",
        state: "pending",
        description: text,
        targetUrl: CHECKS,
      },
      {
        kind: "check-run",
        repositoryId: repository.id,
        sha: HEAD,
        name: "Holdpoint",
        externalId: "deploy",
        conclusion: "action_required",
        title: text,
        summary: "Make the branch, or correct its name in the policy.",
        text: null,
        detailsUrl: CHECKS,
        actions: [checkAgainAction()],
      },
    ]);
  });

  test("deleting a branch opens nothing, whatever the policy lets through", () => {
    expect(shown({ policy: buildPolicy({ onUnknown: "allow" }) })[0]).toMatchObject({ state: "pending" });
  });

  test("in mode observe it is said, and holds nothing", () => {
    expect(shown({ policy: buildPolicy({ mode: "observe" }) })[0]).toMatchObject({ state: "success" });
  });

  test("others see no more than that in a public repository", () => {
    expect(shown({ repository: buildRepository({ private: false }) })[0]).toMatchObject({
      description: text,
    });
  });

  test.each([
    ["production", buildPolicy(), "https://cockpit.example.com/acme/storefront?environment=production"],
    [
      "no environment",
      buildPolicy({ deploy: { branch: null, allowDiverged: false, environments: [] } }),
      "https://cockpit.example.com/acme/storefront",
    ],
  ])("the cockpit shows it, of %s", (_, policy, url) => {
    expect(shown({ policy, cockpitUrl: "https://cockpit.example.com" })[0]).toMatchObject({ targetUrl: url });
  });
});

describe("a merge queue that asks where no tickets are judged", () => {
  test.each([
    ["no-tickets-asked", "success", "the policy asks for no tickets"],
    ["policy-unusable", "pending", "could not verify: .github/holdpoint.yml cannot be used"],
  ] as const)("%s: %s", (because, state, description) => {
    expect(decideUnjudgedGroup({ repository, sha: HEAD, because, ...URLS })).toEqual([
      {
        kind: "status",
        repositoryId: repository.id,
        sha: HEAD,
        context: "holdpoint/tickets",
        state,
        description,
        targetUrl: CHECKS,
      },
    ]);
  });
});
