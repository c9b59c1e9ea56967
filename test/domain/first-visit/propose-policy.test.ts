import { describe, expect, test } from "vitest";
import { policyTextOf } from "../../../src/domain/first-visit/policy-text.ts";
import { proposePolicy } from "../../../src/domain/first-visit/propose-policy.ts";
import type { Survey } from "../../../src/domain/first-visit/survey.ts";
import { buildCommit, unread } from "../build-snapshot.ts";
import { buildSurvey, buildTrunk, known, messages } from "./build-survey.ts";

test("a whole policy, with a comment wherever something was decided", () => {
  const jobs = [
    { name: "unit", minutes: 3 },
    { name: "integration (a)", workflow: "enterprise.yml", minutes: 95 },
    { name: "integration (b)", workflow: "enterprise.yml", minutes: 80 },
  ];
  const survey = buildSurvey({
    branches: known(["deploy"]),
    environments: known(["production", "staging", "preview"]),
    live: ["production", "staging"],
    trunk: known(buildTrunk([jobs, jobs, jobs])),
    commits: known([
      ...messages("PLAY-1: charge in euros", "PLAY-2: ship", "OPS-3: rotate"),
      buildCommit("bump", "Bump lodash", "dependabot[bot]"),
    ]),
    jira: {
      projects: known(["PLAY", "OPS", "HR"]),
      names: known({
        fields: ["Risk assessment", "Post-deploy checks", "Story points"],
        statuses: [
          { name: "To Do", done: false },
          { name: "Ready to deploy", done: false },
          { name: "Done", done: true },
        ],
      }),
    },
  });
  expect(policyTextOf(proposePolicy(survey)))
    .toBe(`# Holdpoint's policy for this repository, written from what it has.
# Change what is wrong, and commit it; every key: the README, “The policy file”.

mode: observe # says what it would hold, and holds nothing; change it to: enforce

deploy:
  branch: deploy
  environments: # what is live; a deploy is compared with it
    production: { base: { deployment: production } }
    staging: { base: { deployment: staging } }

tickets:
  projects: [PLAY, OPS] # seen in commits of the trunk
  statuses: ["Ready to deploy", { category: done }] # a ticket may go out in these
  fields: # must be filled in on every ticket that goes out
    - { name: "Risk assessment" }
    - { name: "Post-deploy checks" }
  exempt: { authors: ["dependabot[bot]"] }

required_checks: # quick: a deploy waits until they are green on its commit
  - { workflow: "ci.yml", job: unit } # took 3 minutes

deferred:
  grace: 72h
  checks: # slow: must be green on the trunk again within the grace, or deploys are halted
    - name: "enterprise.yml / integration (*)" # took 95 minutes
      match: { workflow: "enterprise.yml", job: "integration (*)" }
`);
});

test("of an empty repository, a policy that only halts", () => {
  expect(policyTextOf(proposePolicy(buildSurvey())))
    .toBe(`# Holdpoint's policy for this repository, written from what it has.
# Change what is wrong, and commit it; every key: the README, “The policy file”.

mode: observe # says what it would hold, and holds nothing; change it to: enforce

# Nothing was found that says what is live. Until it is said, only halts hold a deploy:
# deploy:
#   environments:
#     production: { base: { branch: production } }

tickets: { require: "off" } # commits name no tickets here; else: commit, or pull-request
`);
});

describe("what is live is known", () => {
  const production = known(["production"]);
  test.each<readonly [claim: string, found: Partial<Survey>, expected: object]>([
    [
      "best from deployments that succeeded",
      { environments: production, live: ["production"], branches: known(["production"]) },
      { kind: "deployment", environment: "production" },
    ],
    [
      "else from a branch, whatever environments promise",
      { environments: production, branches: known(["prod"]) },
      { kind: "branch", branch: "prod" },
    ],
    [
      "else from an environment that nothing was deployed to yet",
      { environments: known(["eu-production"]) },
      { kind: "deployment", environment: "eu-production" },
    ],
    [
      "where no name says production, from what was deployed to",
      { environments: known(["shop"]), live: ["shop"] },
      { kind: "deployment", environment: "shop" },
    ],
  ])("%s", (_, found, base) => {
    expect(proposePolicy(buildSurvey(found)).environments[0]?.base).toEqual(base);
  });

  test("not from a branch called deploy alone: that is what goes out next", () => {
    const proposal = proposePolicy(buildSurvey({ branches: known(["deploy"]) }));
    expect([proposal.environments, proposal.deployBranch]).toEqual([[], null]);
  });

  test("not where it could not be read", () => {
    const unknown = unread("github-unreachable");
    expect(proposePolicy(buildSurvey({ branches: unknown, environments: unknown })).environments).toEqual([]);
  });
});

describe("a check is", () => {
  const usual = { name: "unit" };
  test.each([
    ["required where it is quick and on most commits", [[usual], [usual]], ["unit"], []],
    ["deferred past a quarter of an hour", [[{ name: "slow", minutes: 16 }]], [], ["ci.yml / slow"]],
    ["required at a quarter of an hour", [[{ name: "slow", minutes: 15 }]], ["slow"], []],
    [
      "deferred where it runs by a schedule alone",
      [[{ name: "nightly", event: "schedule" }], [usual], [usual], [usual]],
      ["unit"],
      ["ci.yml / nightly"],
    ],
    ["neither on less than half of the commits", [[{ name: "docs" }, usual], [usual], [usual]], ["unit"], []],
    [
      "neither where it was never green: it would hold for ever",
      [[{ name: "broken", said: "failure" }]],
      [],
      [],
    ],
    ["neither on pull requests alone", [[{ name: "lint", event: "pull_request" }]], [], []],
  ])("%s", (_, trunk, required, deferred) => {
    const { checks } = proposePolicy(buildSurvey({ trunk: known(buildTrunk(trunk)) }));
    expect(checks.required.map(({ match }) => ("job" in match ? match.job?.pattern : null))).toEqual(
      required,
    );
    expect(checks.deferred.map(({ name }) => name)).toEqual(deferred);
  });
});

describe("projects of tickets are", () => {
  test.each<readonly [claim: string, found: Partial<Survey>, projects: readonly string[]]>([
    [
      "those that commits name twice",
      { commits: known(messages("PLAY-1 a", "PLAY-2 b", "OPS-1 c")) },
      ["PLAY"],
    ],
    [
      "where Jira's are known, of them alone, once being enough",
      {
        commits: known(messages("PLAY-1 a", "AB-2 b", "AB-3 c")),
        jira: { projects: known(["PLAY", "OPS"]), names: unread("jira-unreachable") },
      },
      ["PLAY"],
    ],
    ["no standards", { commits: known(messages("UTF-8: a", "UTF-8: b", "SHA-256: c", "SHA-256: d")) }, []],
    ["none where nothing could be read", { commits: unread("github-unreachable") }, []],
  ])("%s", (_, found, projects) => {
    expect(proposePolicy(buildSurvey(found)).tickets.projects).toEqual(projects);
  });
});

test("checks of an App and of a status are written as the policy names them, with how long they took where that is known", () => {
  const name = (pattern: string) => ({ pattern, matches: (text: string) => text === pattern });
  const text = policyTextOf({
    ...proposePolicy(buildSurvey()),
    checks: {
      required: [
        { match: { kind: "check", check: name("build"), app: "some-ci" }, name: "build", took: 20_000 },
        { match: { kind: "check", check: name("lint *"), app: null }, name: "lint *", took: null },
        { match: { kind: "status", status: name("ci/long") }, name: "ci/long", took: null },
        { match: { kind: "workflow", workflow: "ci.yml", job: null }, name: "ci.yml", took: null },
      ],
      deferred: [],
    },
  });
  expect(text).toContain(`  - { check: build, app: some-ci } # took 1 minute
  - { check: "lint *" }
  - { status: "ci/long" }
  - { workflow: "ci.yml" }
`);
});

test("of what differs in case alone, and of projects that are named as often, one is taken in a fixed order", () => {
  const environments = known(["Staging", "staging", "production"]);
  const survey = buildSurvey({ environments, live: ["Staging", "staging", "production"] });
  expect(proposePolicy(survey).environments.map(({ name }) => name)).toEqual(["production", "Staging"]);
  const texts = [
    "OPS-1: a",
    "PLAY-1: b",
    "PLAY-2: c",
    "OPS-2: d",
    "OPS-3: e",
    "PLAY-3: f",
    "PLAY-4: g",
    "OPS-4: h",
  ];
  const both = (order: readonly string[]) =>
    proposePolicy(buildSurvey({ commits: known(messages(...order)) })).tickets.projects;
  expect(both(texts)).toEqual(["OPS", "PLAY"]);
  expect(both(texts.toReversed())).toEqual(["OPS", "PLAY"]);
});

test("what was found is written whole: branches, statuses, fields, people who need no ticket", () => {
  const text = policyTextOf({
    ...proposePolicy(buildSurvey()),
    deployBranch: "release",
    environments: [
      { name: "production", base: { kind: "branch", branch: "live branch" } },
      { name: "on", base: { kind: "deployment", environment: "staging" } },
    ],
    tickets: {
      projects: ["PLAY"],
      statuses: ["Ready"],
      done: true,
      fields: ["Risk"],
      exemptAuthors: ["bot[bot]"],
    },
  });
  expect(text).toContain("  branch: release\n");
  expect(text).toContain(
    '    production: { base: { branch: "live branch" } }\n    "on": { base: { deployment: staging } }\n',
  );
  expect(text).toContain("  statuses: [Ready, { category: done }] # ");
  expect(text).toContain('    - { name: Risk }\n  exempt: { authors: ["bot[bot]"] }\n');
  const bare = policyTextOf({
    ...proposePolicy(buildSurvey()),
    environments: [{ name: "production", base: { kind: "branch", branch: "live" } }],
    tickets: { projects: ["PLAY"], statuses: [], done: false, fields: [], exemptAuthors: [] },
  });
  expect(bare).toMatch(/tickets:\n {2}projects: \[PLAY\] # [^\n]+\n$/);
});
