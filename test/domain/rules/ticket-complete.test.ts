import { expect, test } from "vitest";
import type { CommitMessage, DeploySnapshot } from "../../../src/domain/snapshot.ts";
import type { TicketPolicy } from "../../../src/domain/policy.ts";
import { ticketComplete } from "../../../src/domain/rules/ticket-complete.ts";
import {
  HEAD,
  buildCarriage,
  buildDeploySnapshot,
  buildPolicy,
  buildPullRequest,
  buildTicketPolicy,
  carrying,
  key,
  known,
  missing,
  sha,
  unread,
} from "../build-snapshot.ts";

function snapshotWith(
  facts: Partial<DeploySnapshot>,
  complete: TicketPolicy["complete"] = "warn",
): DeploySnapshot {
  return buildDeploySnapshot({ policy: buildPolicy({ tickets: buildTicketPolicy({ complete }) }), ...facts });
}
const elsewhere = sha("elsewhere");
const open = (number: number, title: string, headBranch = "work") =>
  buildPullRequest({ number, title, headBranch, headSha: elsewhere });
const outside = (...messages: readonly string[]) =>
  known(messages.map((message): CommitMessage => ({ sha: sha(message), message })));

test.each<[string, Partial<DeploySnapshot>, TicketPolicy["complete"], object]>([
  [
    "nothing elsewhere",
    {},
    "warn",
    { outcome: "pass", warning: false, code: "ok", message: "no ticket has work elsewhere" },
  ],
  [
    "an open pull request that carries the ticket in its title",
    { openPullRequests: known([open(14, "PLAY-1: and Italian")]) },
    "warn",
    {
      outcome: "pass",
      warning: true,
      code: "open-pull-request",
      message: "1 ticket with open pull request 14: PLAY-1",
      tickets: ["PLAY-1"],
    },
  ],
  [
    "open pull requests, to be held",
    { openPullRequests: known([open(14, "PLAY-1: and Italian"), open(15, "more", "play-1-greek")]) },
    "hold",
    { outcome: "fail", message: "1 ticket with open pull requests 14, 15: PLAY-1" },
  ],
  [
    "an open pull request of another ticket",
    { openPullRequests: known([open(14, "PLAY-9: else")]) },
    "hold",
    { outcome: "pass", code: "ok" },
  ],
  [
    "an open pull request that only mentions the ticket",
    { openPullRequests: known([open(14, "Tidy up after PLAY-1")]) },
    "hold",
    { outcome: "pass", code: "ok" },
  ],
  [
    "the deploy's own pull request, whose head goes out",
    { openPullRequests: known([buildPullRequest({ title: "PLAY-1: release", headSha: HEAD })]) },
    "hold",
    { outcome: "pass", code: "ok" },
  ],
  [
    "commits that do not go out",
    { outside: outside("PLAY-1: second half", "PLAY-2: else") },
    "warn",
    {
      outcome: "pass",
      warning: true,
      code: "commits-outside",
      message: "1 ticket with commits that do not go out: PLAY-1",
      tickets: ["PLAY-1"],
    },
  ],
  [
    "commits that do not go out, to be held",
    { outside: outside("PLAY-1: second half") },
    "hold",
    { outcome: "fail" },
  ],
  [
    "what could not be read warns where only warnings are asked for",
    { openPullRequests: unread("truncated") },
    "warn",
    {
      outcome: "pass",
      warning: true,
      code: "truncated",
      message: "whether tickets have work elsewhere is not known: GitHub gave fewer commits than it counted",
    },
  ],
  [
    "what could not be read is unknown where it would hold",
    { outside: unread("github-unreachable"), openPullRequests: missing() },
    "hold",
    { outcome: "unknown", code: "github-unreachable" },
  ],
  [
    "turned off",
    { openPullRequests: known([open(14, "PLAY-1: and Italian")]) },
    "off",
    { outcome: "pass", warning: false, code: "off" },
  ],
])("%s", (_, facts, complete, finding) => {
  expect(ticketComplete.evaluate(snapshotWith(facts, complete), buildCarriage())).toMatchObject([finding]);
});

test("without a known change set only the head counts as going out", () => {
  const facts = { changeSet: unread("truncated"), openPullRequests: known([open(14, "PLAY-1: x")]) };
  expect(ticketComplete.evaluate(snapshotWith(facts), carrying("PLAY-1"))).toMatchObject([
    { code: "open-pull-request" },
  ]);
});

test("a ticket whose work was all taken back has nothing to be complete", () => {
  const carriage = buildCarriage({ tickets: [{ key: key("PLAY-1"), commits: [sha("a")], reverted: true }] });
  const facts = { outside: outside("PLAY-1: second half"), projects: missing() };
  expect(ticketComplete.evaluate(snapshotWith(facts), carriage)).toMatchObject([{ code: "ok" }]);
});

test("1,000 open pull requests and 10,000 commits outside are read in seconds", () => {
  const many = Array.from({ length: 1_000 }, (_, index) =>
    buildPullRequest({ number: index + 1, title: `PLAY-${index + 1}: x`, headSha: sha(`p${index}`) }),
  );
  const messages = Array.from({ length: 10_000 }, (_, index) => `PLAY-${index + 1}: y`);
  const facts = { openPullRequests: known(many), outside: outside(...messages) };
  const carriage = carrying(...messages.map((one) => one.slice(0, -3)));
  const start = performance.now();
  const findings = ticketComplete.evaluate(snapshotWith(facts), carriage);
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(findings.map(({ tickets }) => tickets.length)).toEqual([1_000, 10_000]);
});
