import { describe, expect, test } from "vitest";
import { type Effect, effectTarget, type IssueReference } from "../../src/domain/effect.ts";
import { buildRepository, HEAD, key } from "./build-snapshot.ts";

const repositoryId = buildRepository().id;
const number: IssueReference = { kind: "number", number: 12 };
const text = { title: "t", body: "b", footnote: "f", labels: [], labelsReady: [], labelsOff: [] };
const run = { title: "t", summary: "s", text: null, detailsUrl: null, actions: [] };

describe("what is wished of one target is one row", () => {
  test.each<readonly [row: string, effect: Effect]>([
    [
      `status:7:${HEAD}:holdpoint/pre-deploy`,
      {
        kind: "status",
        repositoryId,
        sha: HEAD,
        context: "Holdpoint/Pre-Deploy",
        state: "success",
        description: "",
        targetUrl: null,
      },
    ],
    [
      `check-run:7:${HEAD}:Holdpoint`,
      {
        kind: "check-run",
        repositoryId,
        sha: HEAD,
        name: "Holdpoint",
        externalId: "deploy",
        conclusion: "neutral",
        ...run,
      },
    ],
    ["comment:7:12:99", { kind: "comment", repositoryId, issueNumber: 12, answersComment: 99, body: "b" }],
    [`issue:7:${HEAD}`, { kind: "issue", repositoryId, firstRed: HEAD, state: "open", ...text }],
    ["note:7:case-1-expired", { kind: "note", repositoryId, on: number, key: "case-1-expired", body: "b" }],
    [
      "label:7:12:deploy-halt",
      { kind: "label", repositoryId, on: number, label: "Deploy-Halt", present: true },
    ],
    [
      `label:7:${HEAD}:deploy-halt`,
      {
        kind: "label",
        repositoryId,
        on: { kind: "compliance-issue", firstRed: HEAD },
        label: "deploy-halt",
        present: true,
      },
    ],
    ["issue-state:7:12", { kind: "issue-state", repositoryId, issueNumber: 12, state: "open" }],
    [
      "slack:7:opened:1",
      {
        kind: "slack",
        repositoryId,
        key: "opened:1",
        thread: null,
        to: { kind: "channel", channel: "C1" },
        text: "t",
      },
    ],
    [
      "deployment-answer:7:30:production",
      {
        kind: "deployment-answer",
        repositoryId,
        runId: 30,
        environment: "Production",
        asks: 2,
        callbackUrl: "https://api.github.com/",
        answer: "report",
        comment: "",
      },
    ],
    [
      "ticket:7:5",
      {
        kind: "ticket",
        repositoryId,
        requestId: 5,
        ticket: key("PLAY-1"),
        change: { kind: "fields", fields: [] },
        comment: "",
      },
    ],
  ])("%s", (row, effect) => {
    expect(effectTarget(effect)).toBe(row);
  });
});
