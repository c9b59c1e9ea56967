import { expect, test } from "vitest";
import { Fault } from "../../src/errors.ts";
import { surveyRepository, type SurveyDependencies } from "../../src/snapshot/survey-repository.ts";
import type { TrunkEvidence } from "../../src/domain/compliance/evidence.ts";
import { buildRepository, known, missing, sha } from "../domain/build-snapshot.ts";
import { AT, buildTrunk, hoursAgo, messages } from "../domain/first-visit/build-survey.ts";

type SurveyedGitHub = SurveyDependencies["github"];

function github(more: Partial<SurveyedGitHub> = {}): SurveyedGitHub {
  return {
    listEnvironments: async () => missing(),
    listWorkflows: async () => missing(),
    readBranches: async () => new Map(),
    readLiveDeployment: async () => missing(),
    readTrunk: async () => known(buildTrunk([[]])),
    readRecentCommits: async () => messages("PLAY-1: a"),
    ...more,
  };
}

const away = () =>
  Promise.reject(new Fault({ kind: "retry-later", code: "github-unreachable", doing: "reading" }));

test("branches are looked for by the names that they usually have, the trunk's own left out", async () => {
  const asked: (readonly string[])[] = [];
  const survey = await surveyRepository(
    {
      github: github({
        readBranches: async (_, names) => {
          asked.push(names);
          return new Map([["prod", known({ sha: sha("prod"), tree: "t" })]]);
        },
      }),
      jira: null,
    },
    buildRepository({ defaultBranch: "stable" }),
    AT,
  );
  expect(asked).toEqual([["production", "prod", "live", "deployed", "deploy", "release"]]);
  expect(survey.branches).toEqual(known(["prod"]));
});

test("of many environments those that sound live are asked what is there, three at most", async () => {
  const asked: string[] = [];
  const survey = await surveyRepository(
    {
      github: github({
        listEnvironments: async () => known(["preview-1", "preview-2", "staging", "eu-production", "live"]),
        readLiveDeployment: async (_, name) => {
          asked.push(name);
          return name === "live" ? await away() : known({ sha: sha("x"), by: null, at: AT });
        },
      }),
      jira: null,
    },
    buildRepository(),
    AT,
  );
  expect(asked).toEqual(["eu-production", "live", "preview-1"]);
  expect(survey.live).toEqual(["eu-production", "preview-1"]);
});

test("what fails is unknown by itself, and the rest is there", async () => {
  const survey = await surveyRepository(
    {
      github: github({ listWorkflows: away, readBranches: away, readRecentCommits: away }),
      jira: { readProjects: async () => known(["PLAY"]), readNames: away },
    },
    buildRepository(),
    AT,
  );
  expect([survey.workflows.state, survey.branches.state, survey.commits.state]).toEqual([
    "unknown",
    "unknown",
    "unknown",
  ]);
  expect(survey.trunk.state).toBe("known");
  expect([survey.jira?.projects.state, survey.jira?.names.state]).toEqual(["known", "unknown"]);
});

test.each([
  ["less than thirty days and 70 commits are not enough", 69, 24 * 29, false],
  ["70 commits are", 70, 24, true],
  ["thirty days are", 2, 24 * 31, true],
])("%s", async (_, commits, hours, expected) => {
  let enough: ((evidence: TrunkEvidence) => boolean) | null = null;
  await surveyRepository(
    {
      github: github({
        readTrunk: async (_repository, _branch, _governed, isEnough) => {
          enough = isEnough;
          return missing();
        },
      }),
      jira: null,
    },
    buildRepository(),
    AT,
  );
  const trunk = buildTrunk(Array.from({ length: commits }, () => []));
  const chain = trunk.chain.map((one, index) =>
    index === trunk.chain.length - 1 ? { ...one, committedAt: hoursAgo(hours) } : one,
  );
  expect(Reflect.apply(enough ?? (() => null), null, [{ ...trunk, chain }])).toBe(expected);
});
