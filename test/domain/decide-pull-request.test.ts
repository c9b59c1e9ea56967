import { describe, expect, test } from "vitest";
import { decidePullRequest } from "../../src/domain/decide-pull-request.ts";
import type { Effect } from "../../src/domain/effect.ts";
import { evaluate } from "../../src/domain/evaluate.ts";
import type { Judged } from "../../src/domain/judged.ts";
import type { PullRequestSnapshot } from "../../src/domain/snapshot.ts";
import type { Carriage } from "../../src/domain/tickets/carriage.ts";
import {
  HEAD,
  answers,
  buildCarriage,
  buildPullRequest,
  buildPullRequestSnapshot,
  buildTicket,
  carrying,
  sha,
  unread,
} from "./build-snapshot.ts";

function decide(
  snapshot: PullRequestSnapshot,
  carriage: Carriage | null = buildCarriage(),
  more: Partial<Judged<PullRequestSnapshot>> = {},
): readonly Effect[] {
  const publicUrl = "https://holdpoint.example.com";
  return decidePullRequest({ snapshot, carriage, verdict: evaluate(snapshot, carriage), publicUrl, ...more });
}

test("a pull request's head shows a status and a check run that knows its pull request", () => {
  expect(decide(buildPullRequestSnapshot())).toMatchObject([
    {
      kind: "status",
      sha: HEAD,
      context: "holdpoint/tickets",
      state: "success",
      description: "1 ticket: PLAY-1",
    },
    {
      kind: "check-run",
      sha: HEAD,
      name: "Holdpoint",
      externalId: "pull-request:12",
      conclusion: "success",
      summary: "**The tickets are in order.** 1 commit with 1 ticket.",
      text: `
### Tickets

- [\`PLAY-1\`](<https://acme.atlassian.net/browse/PLAY-1>) \`Summary of PLAY-1\` – \`Story\`, \`Ready to deploy\`
  - Risk assessment: \`low\`
  - \`${sha("french").slice(0, 7)}\` \`PLAY-1: Speak French\` by \`octocat\`

### Where this comes from

- \`32694bc\`
- \`mode: enforce, on_unknown: hold\`
- Jira answered for 1 of 1 ticket.
- Passed: \`ticket-present\`, \`ticket-found\`, \`ticket-fields\`.
`.trim(),
      footnote: "Facts read at `2026-03-02 10:00 UTC`.",
    },
  ]);
});

describe("J7: what authors can still mend is said early", () => {
  const empty = answers({
    "PLAY-1": buildTicket("PLAY-1", { values: { "Risk assessment": { state: "empty" } } }),
  });
  test.each<[string, PullRequestSnapshot, Carriage | null, string, string]>([
    [
      "no ticket",
      buildPullRequestSnapshot(),
      buildCarriage({ tickets: [], unticketed: [sha("french")] }),
      "failure",
      `1 commit without ticket: ${sha("french").slice(0, 7)}`,
    ],
    [
      "an empty field",
      buildPullRequestSnapshot({ tickets: empty }),
      buildCarriage(),
      "failure",
      "1 ticket lacks “Risk assessment”: PLAY-1",
    ],
    [
      "Jira is away",
      buildPullRequestSnapshot({ tickets: answers({ "PLAY-1": unread("jira-unreachable") }) }),
      buildCarriage(),
      "pending",
      "could not verify: Jira cannot be reached; not checked: PLAY-1",
    ],
    [
      "from a fork",
      buildPullRequestSnapshot({ tickets: { state: "off", because: "fork" } }),
      buildCarriage(),
      "pending",
      "could not verify: from a fork, Jira is asked once somebody with write access comments /holdpoint check; not checked: PLAY-1",
    ],
    ["no ticket needed", buildPullRequestSnapshot(), carrying(), "success", "no ticket needed"],
  ])("%s", (_, snapshot, carriage, state, description) => {
    expect(decide(snapshot, carriage)[0]).toMatchObject({ state, description });
  });
});

test("a head that is the deploy's too leaves the check run to the deploy", () => {
  expect(
    decide(buildPullRequestSnapshot(), buildCarriage(), { deployHead: HEAD }).map(({ kind }) => kind),
  ).toEqual(["status"]);
  expect(
    decide(buildPullRequestSnapshot(), buildCarriage(), { deployHead: sha("other") }).map(({ kind }) => kind),
  ).toEqual(["status", "check-run"]);
});

test("a merge group's head shows the status that the queue waits for, and no more", () => {
  const pullRequests = [
    buildPullRequest({ headSha: sha("one") }),
    buildPullRequest({ number: 13, headSha: sha("two") }),
  ];
  expect(decide(buildPullRequestSnapshot({ pullRequests }))).toMatchObject([
    { kind: "status", sha: HEAD, context: "holdpoint/tickets", state: "success" },
  ]);
});
