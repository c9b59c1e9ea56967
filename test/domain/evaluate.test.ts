import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/domain/evaluate.ts";
import type { Finding } from "../../src/domain/finding.ts";
import type { Snapshot } from "../../src/domain/snapshot.ts";
import type { Carriage } from "../../src/domain/tickets/carriage.ts";
import {
  answers,
  buildCarriage,
  buildChangeSet,
  buildDeploySnapshot,
  buildPullRequestSnapshot,
  buildTicket,
  carrying,
  known,
  missing,
  sha,
  unread,
} from "./build-snapshot.ts";

/** `rule outcome code`, one line for each finding that is no plain pass. */
function complaints(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ outcome, warning }) => outcome !== "pass" || warning)
    .map(({ rule, outcome, code, warning }) => `${rule} ${warning ? "warns" : outcome} ${code}`);
}

describe("a verdict adds its findings up", () => {
  const red = { unticketed: [sha("x")] };
  const silent = answers({ "PLAY-1": unread("jira-timeout") });
  test.each<[string, Snapshot, Carriage, string]>([
    ["all pass", buildDeploySnapshot(), buildCarriage(), "pass"],
    ["one fails", buildDeploySnapshot(), buildCarriage(red), "fail"],
    ["one is unknown", buildDeploySnapshot({ tickets: silent }), buildCarriage(), "unknown"],
    ["one fails, one is unknown", buildDeploySnapshot({ tickets: silent }), buildCarriage(red), "fail"],
  ])("%s", (_, snapshot, carriage, outcome) => {
    expect(evaluate(snapshot, carriage).outcome).toBe(outcome);
  });
});

test("at a deploy every rule is asked, in the order in which people read", () => {
  const { findings, skipped } = evaluate(buildDeploySnapshot(), buildCarriage());
  expect(findings.map(({ rule }) => rule)).toEqual([
    "not-a-rollback",
    "required-checks",
    "ticket-present",
    "ticket-found",
    "ticket-fields",
    "ticket-status",
    "ticket-complete",
  ]);
  expect(skipped).toEqual([]);
});

test("at a pull request neither a ticket's status nor what is live matters", () => {
  const tickets = answers({
    "PLAY-1": buildTicket("PLAY-1", { status: { name: "In progress", category: "indeterminate" } }),
  });
  const { outcome, findings, skipped } = evaluate(buildPullRequestSnapshot({ tickets }), buildCarriage());
  expect(findings.map(({ rule }) => rule)).toEqual(["ticket-present", "ticket-found", "ticket-fields"]);
  expect({ outcome, skipped }).toEqual({ outcome: "pass", skipped: [] });
});

test.each(["no-settings", "offline"] as const)(
  "without a Jira to ask (%s) its rules are skipped",
  (because) => {
    const tickets = { state: "off", because } as const;
    expect(evaluate(buildDeploySnapshot({ tickets }), buildCarriage())).toMatchObject({
      outcome: "pass",
      skipped: ["ticket-found", "ticket-fields", "ticket-status"],
    });
    expect(evaluate(buildPullRequestSnapshot({ tickets }), buildCarriage())).toMatchObject({
      outcome: "pass",
      skipped: ["ticket-found", "ticket-fields"],
    });
  },
);

test("REL-72: a pull request from a fork is not judged before somebody lets Jira be asked", () => {
  const snapshot = buildPullRequestSnapshot({ tickets: { state: "off", because: "fork" } });
  const verdict = evaluate(snapshot, carrying("PLAY-1", "PLAY-2"));
  expect(verdict.outcome).toBe("unknown");
  expect(verdict.findings.at(-1)).toMatchObject({
    rule: "ticket-fields",
    code: "fork-not-asked",
    message:
      "from a fork, Jira is asked once somebody with write access comments /holdpoint check; not checked: PLAY-1, PLAY-2",
    tickets: ["PLAY-1", "PLAY-2"],
  });
});

test("a pull request from a fork without any ticket has nothing to ask Jira for", () => {
  const snapshot = buildPullRequestSnapshot({ tickets: { state: "off", because: "fork" } });
  expect(evaluate(snapshot, carrying()).outcome).toBe("pass");
});

test("the first deployment lists tickets and judges none of them", () => {
  const snapshot = buildDeploySnapshot({ base: missing(), tickets: answers({ "PLAY-1": missing() }) });
  const verdict = evaluate(snapshot, buildCarriage({ unticketed: [sha("x")] }));
  expect(verdict).toMatchObject({
    outcome: "pass",
    skipped: ["ticket-present", "ticket-found", "ticket-fields", "ticket-status", "ticket-complete"],
  });
  expect(verdict.findings[0]).toMatchObject({
    code: "first-deploy",
    message: "the first deployment: nothing is live yet, tickets are only listed",
  });
});

describe("what nothing can be said of is unknown, for every rule that needs it", () => {
  test.each<[string, Snapshot["changeSet"], string, string]>([
    [
      "GitHub is away",
      unread("github-unreachable", "HTTP 502, compare"),
      "github-unreachable",
      "what would go out is not known: GitHub did not answer (HTTP 502, compare)",
    ],
    [
      "a commit was collected",
      missing("3ddc94d"),
      "commit-not-found",
      "what would go out is not known: a commit to compare with is not there any more (3ddc94d)",
    ],
    [
      "the histories are unrelated",
      known(buildChangeSet({ relation: "unrelated" })),
      "unrelated-histories",
      "what would go out is not known: the two histories have nothing in common",
    ],
  ])("%s", (_, changeSet, code, message) => {
    const { outcome, findings } = evaluate(buildDeploySnapshot({ changeSet }), null);
    expect(outcome).toBe("unknown");
    expect(complaints(findings)).toEqual(
      [
        "not-a-rollback",
        "ticket-present",
        "ticket-found",
        "ticket-fields",
        "ticket-status",
        "ticket-complete",
      ].map((rule) => `${rule} unknown ${code}`),
    );
    expect(findings.find(({ rule }) => rule === "ticket-present")?.message).toBe(message);
  });

  test("what is live: all of them say that, in the same words", () => {
    const base = unread("branch-not-found", "production");
    const { findings } = evaluate(buildDeploySnapshot({ base, changeSet: base }), null);
    const said = findings.filter(({ rule }) => rule !== "required-checks").map(({ message }) => message);
    expect(new Set(said)).toEqual(
      new Set(["what is live is not known: the branch does not exist (production)"]),
    );
  });

  test("a known change set whose tickets were not read", () => {
    const { outcome, findings } = evaluate(buildPullRequestSnapshot(), null);
    expect(outcome).toBe("unknown");
    expect(complaints(findings)[0]).toBe("ticket-present unknown not-attributed");
  });
});
