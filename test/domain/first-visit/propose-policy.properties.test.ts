import * as fc from "fast-check";
import { expect, test } from "vitest";
import { policyTextOf } from "../../../src/domain/first-visit/policy-text.ts";
import { proposePolicy } from "../../../src/domain/first-visit/propose-policy.ts";
import { LIVE_BRANCHES } from "../../../src/domain/first-visit/survey.ts";
import { parsePolicy } from "../../../src/policy/parse-policy.ts";
import { HOSTILE } from "../escape/hostile-text.ts";
import { buildCommit } from "../build-snapshot.ts";
import { buildSurvey, buildTrunk, known } from "./build-survey.ts";

/** What people, tools and enemies call things. */
const anyName = fc.oneof(
  fc.constantFrom(
    "production",
    "Production",
    'it\'s "prod"',
    "blue: green",
    "# no",
    "yes",
    "null",
    "1e3",
    "{a}",
    "test (a)",
    "test (b)",
    "test (*)",
    "*",
    "& anchor",
    "- item",
    "生产",
    "prod ",
    "__proto__",
    "constructor",
    "a\nb",
    "holdpoint/gate",
    "Holdpoint",
  ),
  fc.constantFrom(...HOSTILE.map(([, text]) => text)),
  fc.string({ unit: "grapheme", maxLength: 260 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const anyJob = fc.record({
  name: anyName,
  workflow: fc.oneof(
    fc.constantFrom("ci.yml", "a b.yaml", 'q"uote.yml', "x*.yml", "notes.txt", "deep/ci.yml"),
    anyName,
  ),
  minutes: fc.integer({ min: 0, max: 300 }),
  event: fc.constantFrom("push", "schedule", "pull_request"),
});

const anySurvey = fc.record({
  branches: fc.subarray([...LIVE_BRANCHES, "deploy", "release"]),
  environments: fc.array(anyName, { maxLength: 6 }),
  jobs: fc.array(anyJob, { maxLength: 12 }),
  messages: fc.array(
    fc.oneof(
      anyName,
      anyName.map((name) => `PLAY-1: ${name}`),
      fc.constant("OPS_2-7 x"),
    ),
    {
      maxLength: 5,
    },
  ),
  authors: fc.array(fc.oneof(fc.constantFrom("dependabot[bot]", "x\n[bot]"), anyName), {
    minLength: 1,
    maxLength: 3,
  }),
  fields: fc.array(
    fc.oneof(
      anyName.map((name) => `Risk ${name}`),
      anyName,
    ),
    { maxLength: 5 },
  ),
  statuses: fc.array(
    fc.oneof(
      anyName.map((name) => `Ready to deploy ${name}`),
      anyName,
    ),
    { maxLength: 5 },
  ),
});

test("whatever names are found, the proposed text is a policy without problems that says what was proposed", () => {
  fc.assert(
    fc.property(anySurvey, ({ branches, environments, jobs, messages, authors, fields, statuses }) => {
      const names = { fields, statuses: statuses.map((name) => ({ name, done: true })) };
      const proposal = proposePolicy(
        buildSurvey({
          branches: known(branches),
          environments: known(environments),
          live: environments,
          trunk: known(buildTrunk([jobs, jobs])),
          commits: known(
            messages.flatMap((message, index) =>
              authors.map((login) => buildCommit(`${index}`, message, login)),
            ),
          ),
          jira: { projects: known(["PLAY", "OPS_2"]), names: known(names) },
        }),
      );
      const { policy, problems } = parsePolicy({
        organisation: null,
        repository: policyTextOf(proposal),
      });
      expect(problems).toEqual([]);
      expect(policy?.mode).toBe("observe");
      expect(policy?.deploy.environments).toEqual(proposal.environments);
      expect(policy?.deploy.branch ?? null).toBe(proposal.deployBranch);
      expect(policy?.tickets.projects).toEqual(proposal.tickets.projects);
      expect(policy?.tickets.fields.map(({ name }) => name)).toEqual(proposal.tickets.fields);
      expect(policy?.deferred.checks.map(({ name }) => name)).toEqual(
        proposal.checks.deferred.map(({ name }) => name),
      );
      expect(policy?.requiredChecks).toHaveLength(proposal.checks.required.length);
    }),
  );
});
