import { describe, expect, test } from "vitest";
import { type DomainEvent, subjectsOf } from "../../src/domain/event.ts";
import { subjectKey } from "../../src/domain/subject.ts";
import { BASE, buildRepository, HEAD, sha } from "./build-snapshot.ts";

const repository = buildRepository();
const { id: repositoryId, installationId } = repository;
const account = { id: 3, login: "acme" };
const deploy = { kind: "deploy", repositoryId };
const group = { headSha: HEAD, baseSha: BASE, headRef: "refs/heads/gh-readonly-queue/main/pr-12" };

describe("what is looked at again", () => {
  test.each<readonly [claim: string, event: DomainEvent, subjects: readonly unknown[]]>([
    [
      "a push: what would be deployed, and the trunk",
      { kind: "pushed", repository, branch: "main" },
      [deploy, { kind: "compliance", repositoryId }],
    ],
    [
      "a check that ended",
      { kind: "check-finished", repository, sha: HEAD, branches: null },
      [deploy, { kind: "compliance", repositoryId }],
    ],
    [
      "a check that began",
      { kind: "check-started", repository, sha: HEAD, branches: ["main"] },
      [deploy, { kind: "compliance", repositoryId }],
    ],
    ["a deployment", { kind: "deployment-succeeded", repository, environment: "production" }, [deploy]],
    [
      "an issue",
      { kind: "issue-changed", repository, number: 4, label: null },
      [{ kind: "issue", repositoryId, number: 4 }],
    ],
    [
      "a job that waits for the gate",
      {
        kind: "deployment-asked",
        repository,
        runId: 1,
        environment: "production",
        sha: HEAD,
        callbackUrl: "https://api.github.com/",
      },
      [{ kind: "gate", repositoryId }],
    ],
    [
      "a pull request, which may be merged",
      { kind: "pull-request-changed", repository, number: 12, closed: true, merged: true },
      [{ kind: "pull-request", repositoryId, number: 12 }, deploy],
    ],
    [
      "a merge queue that asks",
      { kind: "merge-group-asked", repository, ...group },
      [{ kind: "merge-group", repositoryId, ...group }],
    ],
    [
      "a comment",
      { kind: "comment-made", repository, issueNumber: 4, commentId: 9, command: true },
      [{ kind: "comment", repositoryId, issueNumber: 4, commentId: 9 }],
    ],
    [
      "a repository with another name",
      { kind: "repository-changed", repository },
      [{ kind: "repository", repositoryId }],
    ],
    [
      "a repository that is no longer ours: nothing",
      { kind: "repository-gone", repositoryId, because: "removed" },
      [],
    ],
    [
      "an installation",
      { kind: "installation-changed", installationId, account, state: "active" },
      [{ kind: "installation", installationId }],
    ],
    [
      "an installation that is suspended: nothing",
      { kind: "installation-changed", installationId, account, state: "suspended" },
      [],
    ],
    ["a ticket", { kind: "ticket-changed", key: "PLAY-1" }, [{ kind: "ticket", key: "PLAY-1" }]],
  ])("%s", (_, event, subjects) => {
    expect(subjectsOf(event)).toEqual(subjects);
  });

  test.each<readonly [externalId: string, subject: string]>([
    ["deploy", "deploy:7"],
    ["pull-request:12", "pull-request:7:12"],
    ["pull-request:1234567890", "pull-request:7:1234567890"],
    ["pull-request:12345678901", "deploy:7"],
    ["pull-request:0", "deploy:7"],
    ["pull-request:12b", "deploy:7"],
    ["a pull-request:12", "deploy:7"],
    ["", "deploy:7"],
  ])("the button on a check run that is called %j: %s", (externalId, subject) => {
    expect(subjectsOf({ kind: "check-again-asked", repository, externalId }).map(subjectKey)).toEqual([
      subject,
    ]);
  });
});

describe("looks at one subject are one at a time, whatever asked for them", () => {
  test.each([
    [{ kind: "deploy", repositoryId }, "deploy:7"],
    [{ kind: "repository", repositoryId }, "repository:7"],
    [{ kind: "compliance", repositoryId }, "compliance:7"],
    [{ kind: "gate", repositoryId }, "gate:7"],
    [{ kind: "pull-request", repositoryId, number: 12 }, "pull-request:7:12"],
    [{ kind: "issue", repositoryId, number: 12 }, "issue:7:12"],
    [{ kind: "merge-group", repositoryId, ...group, baseSha: sha("later") }, `merge-group:7:${HEAD}`],
    [{ kind: "comment", repositoryId, issueNumber: 4, commentId: 9 }, "comment:7:9"],
    [{ kind: "request", repositoryId, requestId: 5 }, "request:7:5"],
    [{ kind: "installation", installationId }, "installation:1"],
    [{ kind: "ticket", key: "PLAY-1" }, "ticket:PLAY-1"],
    [{ kind: "installations" }, "installations"],
    [{ kind: "failed-deliveries" }, "failed-deliveries"],
  ] as const)("%j", (subject, name) => {
    expect(subjectKey(subject)).toBe(name);
  });
});
