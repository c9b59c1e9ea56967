import { expect, test } from "vitest";
import type { Effect } from "../../../../src/domain/effect.ts";
import { effectName, jobName } from "../../../../src/domain/wording/cockpit/undone-work.ts";
import { buildRepository, key, sha } from "../../build-snapshot.ts";

const { id: repositoryId } = buildRepository();
const SHA = sha("head");
const short = SHA.slice(0, 7);
const on = { kind: "number", number: 7 } as const;
const report = {
  externalId: "deploy",
  conclusion: "success",
  title: "",
  summary: "",
  text: null,
  detailsUrl: null,
  actions: [],
} as const;
const issue = { title: "", body: "", footnote: "", labels: [], labelsReady: [], labelsOff: [] } as const;
const answer = { asks: 1, callbackUrl: "https://api.github.com/x", comment: "" } as const;

test.each<readonly [effect: Effect, name: string]>([
  [
    {
      kind: "status",
      repositoryId,
      sha: SHA,
      context: "holdpoint/gate",
      state: "success",
      description: "",
      targetUrl: null,
    },
    `Status holdpoint/gate on ${short}`,
  ],
  [
    { kind: "check-run", repositoryId, sha: SHA, name: "Holdpoint", ...report },
    `Report “Holdpoint” on ${short}`,
  ],
  [{ kind: "comment", repositoryId, issueNumber: 7, answersComment: 1, body: "" }, "Answer on #7"],
  [{ kind: "issue", repositoryId, firstRed: SHA, ...issue, state: "open" }, `Compliance issue for ${short}`],
  [{ kind: "note", repositoryId, on, key: "k", body: "" }, "Comment on #7"],
  [
    { kind: "note", repositoryId, on: { kind: "compliance-issue", firstRed: SHA }, key: "k", body: "" },
    `Comment on the compliance issue for ${short}`,
  ],
  [{ kind: "label", repositoryId, on, label: "deploy-halt", present: true }, "Label “deploy-halt” on #7"],
  [{ kind: "label", repositoryId, on, label: "deploy-halt", present: false }, "Label “deploy-halt” off #7"],
  [{ kind: "issue-state", repositoryId, issueNumber: 7, state: "closed" }, "Issue #7 closed"],
  [
    {
      kind: "slack",
      repositoryId,
      key: "k",
      thread: null,
      to: { kind: "channel", channel: "#deploys" },
      text: "",
    },
    "Slack message to #deploys",
  ],
  [
    {
      kind: "slack",
      repositoryId,
      key: "k",
      thread: null,
      to: { kind: "person", login: "octocat", slackId: null },
      text: "",
    },
    "Slack message to octocat",
  ],
  [
    {
      kind: "deployment-answer",
      repositoryId,
      runId: 1,
      environment: "production",
      answer: "approved",
      ...answer,
    },
    "Answer to the job that waits for production: approved",
  ],
  [
    {
      kind: "ticket",
      repositoryId,
      requestId: 1,
      ticket: key("PLAY-1"),
      change: { kind: "fields", fields: [] },
      comment: "",
    },
    "Change of PLAY-1 in Jira",
  ],
])("%o", (effect, name) => {
  expect(effectName(effect)).toBe(name);
});

test.each([
  ["look", "deploy:12", "Look at the deploy"],
  ["look", "repository:12", "Comparison with GitHub"],
  ["look", "compliance:12", "Look at the deferred checks"],
  ["look", "gate:12", "Look at the gate"],
  ["look", "pull-request:12:5", "Look at pull request #5"],
  ["look", "issue:12:5", "Look at issue #5"],
  ["look", "merge-group:12:abc", "Look at a merge group"],
  ["look", "comment:12:5", "Look at a comment"],
  ["look", "request:12:5", "Something asked for in the cockpit"],
  ["look", "something:new", "Look: something"],
  ["effect", "status:12:abc:holdpoint/gate", "Effect: status"],
] as const)("a %s of %s is called %s", (kind, of, name) => {
  expect(jobName(kind, of)).toBe(name);
});
