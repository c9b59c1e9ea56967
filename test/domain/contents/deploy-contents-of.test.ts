import { describe, expect, test } from "vitest";
import { deployContentsOf } from "../../../src/domain/contents/deploy-contents-of.ts";
import type { DeployContents } from "../../../src/domain/contents/deploy-contents.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import type { DeploySnapshot } from "../../../src/domain/snapshot.ts";
import type { Carriage } from "../../../src/domain/tickets/carriage.ts";
import {
  answers,
  BASE,
  buildCarriage,
  buildChangeSet,
  buildCheck,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  buildPullRequest,
  buildTicket,
  buildTicketPolicy,
  carrying,
  HEAD,
  key,
  known,
  missing,
  sha,
  TAKEN_AT,
  unread,
} from "../build-snapshot.ts";

function contentsOf(
  changes: Partial<DeploySnapshot> = {},
  carriage: Carriage | null = buildCarriage(),
): DeployContents {
  const snapshot = buildDeploySnapshot(changes);
  return deployContentsOf({ snapshot, carriage, verdict: evaluate(snapshot, carriage) });
}

function textOf(contents: DeployContents): readonly string[] {
  return contents.tickets.map(
    ({ key: name, outcome, reverted }) => `${name} ${reverted ? "reverted" : outcome}`,
  );
}

describe("what a deploy contains", () => {
  test("is told of one ticket that nothing is missing from", () => {
    const contents = contentsOf({
      changeSet: known(
        buildChangeSet({
          commits: [buildCommit("french", "PLAY-1: Speak French\n\nAnd more")],
          pullRequests: new Map([[sha("french"), [buildPullRequest()]]]),
        }),
      ),
    });
    const verdict: unknown = expect.objectContaining({ outcome: "pass" });
    expect(contents).toEqual({
      environment: "production",
      branch: "main",
      head: HEAD,
      base: { sha: BASE, label: "production", sameTreeAs: null },
      relation: "ahead",
      aheadBy: 1,
      behindBy: 0,
      takenAt: TAKEN_AT.toISOString(),
      verdict,
      commits: [
        {
          sha: sha("french"),
          subject: "PLAY-1: Speak French",
          author: "octocat",
          committedAt: "2026-03-01T09:00:00Z",
          pullRequests: [{ number: 12, url: "https://github.com/acme/storefront/pull/12" }],
          attached: [],
        },
      ],
      tickets: [
        {
          key: "PLAY-1",
          commits: [sha("french")],
          reverted: false,
          outcome: "pass",
          findings: [],
          facts: {
            state: "known",
            summary: "Summary of PLAY-1",
            type: "Story",
            status: { name: "Ready to deploy", category: "indeterminate", allowed: true },
            parent: null,
            fields: [
              {
                name: "Risk assessment",
                asked: true,
                lacking: false,
                value: { state: "filled", text: "low" },
              },
            ],
            url: "https://acme.atlassian.net/browse/PLAY-1",
            keptFrom: null,
          },
        },
      ],
      unticketed: [],
      exempt: [],
      reverts: [],
      lost: [],
      checks: [],
      unread: [],
      jira: { state: "on" },
      outdated: null,
    });
  });

  test("puts what holds first, then what is not known, then warnings, and what goes out as nothing last", () => {
    const carriage = carrying("PLAY-1", "PLAY-2", "PLAY-10", "PLAY-9", "PLAY-3");
    const withReverted: Carriage = {
      ...carriage,
      tickets: [...carriage.tickets, { key: key("PLAY-4"), commits: [], reverted: true }],
    };
    const contents = contentsOf(
      {
        policy: buildPolicy({ tickets: buildTicketPolicy({ complete: "warn" }) }),
        openPullRequests: known([
          buildPullRequest({ number: 44, title: "PLAY-3: More of it", headSha: sha("more") }),
        ]),
        tickets: answers({
          "PLAY-1": buildTicket("PLAY-1"),
          "PLAY-2": unread("jira-timeout"),
          "PLAY-3": buildTicket("PLAY-3"),
          "PLAY-9": missing(),
          "PLAY-10": buildTicket("PLAY-10", { values: { "Risk assessment": { state: "empty" } } }),
        }),
      },
      withReverted,
    );
    expect(textOf(contents)).toEqual([
      "PLAY-9 fail",
      "PLAY-10 fail",
      "PLAY-2 unknown",
      "PLAY-3 pass",
      "PLAY-1 pass",
      "PLAY-4 reverted",
    ]);
    expect(contents.tickets[3]?.findings.map(({ code, warning }) => [code, warning])).toEqual([
      ["open-pull-request", true],
    ]);
    expect(contents.tickets.map(({ facts }) => facts.state)).toEqual([
      "missing",
      "known",
      "unknown",
      "known",
      "known",
      "off",
    ]);
    expect(contents.jira).toEqual({ state: "unknown", because: "jira-timeout", since: null });
  });

  test.each([
    ["of its own", buildTicket("PLAY-1", { values: { "Risk assessment": { state: "empty" } } }), true],
    [
      "of another type is not lacking",
      buildTicket("PLAY-1", { type: "Task", values: { "Risk assessment": { state: "not-applicable" } } }),
      false,
    ],
    [
      "of the parent of a sub-task",
      buildTicket("PLAY-1", {
        type: "Sub-task",
        isSubtask: true,
        parent: key("PLAY-7"),
        values: { "Risk assessment": { state: "not-applicable" } },
      }),
      true,
    ],
  ])("names the field that is lacking: %s", (_, ticket, lacking) => {
    const parent = buildTicket("PLAY-7", { values: { "Risk assessment": { state: "empty" } } });
    const contents = contentsOf({ tickets: answers({ "PLAY-1": ticket, "PLAY-7": parent }) });
    const facts = contents.tickets[0]?.facts;
    expect(facts?.state === "known" && facts.fields.map((field) => field.lacking)).toEqual([lacking]);
    expect(contents.tickets[0]?.outcome).toBe(lacking ? "fail" : "pass");
  });

  test("says nothing of a ticket that was moved to a project of others", () => {
    const moved = buildTicket("PLAY-1", { key: key("HR-5"), summary: "Salaries of the board" });
    const contents = contentsOf({ tickets: answers({ "PLAY-1": moved }) });
    expect(contents.tickets[0]?.facts).toEqual({ state: "withheld", now: "HR-5" });
    expect(JSON.stringify(contents)).not.toContain("Salaries");
  });

  test("names what attached tickets are attached to, by whom and why", () => {
    const at = new Date("2026-03-02T09:30:00Z");
    const contents = contentsOf({
      attached: [{ sha: sha("french"), key: key("PLAY-1"), because: "forgotten", by: "hubot", at }],
    });
    expect(contents.commits[0]?.attached).toEqual([
      { key: "PLAY-1", because: "forgotten", by: "hubot", at: "2026-03-02T09:30:00.000Z" },
    ]);
  });

  test("lists commits newest first, and what would be taken away behind them", () => {
    const contents = contentsOf({
      changeSet: known(
        buildChangeSet({
          relation: "diverged",
          commits: [buildCommit("old"), buildCommit("new")],
          lost: [buildCommit("live")],
        }),
      ),
    });
    expect(contents.commits.map(({ subject }) => subject)).toEqual(["new", "old", "live"]);
    expect(contents.lost).toEqual([sha("live")]);
    expect(contents.behindBy).toBe(1);
  });

  test("has the required checks, what is not green first, and those that never ran", () => {
    const selector = (job: string) =>
      ({
        kind: "workflow",
        workflow: "ci.yml",
        job: { pattern: job, matches: (name: string) => name === job },
      }) as const;
    const contents = contentsOf({
      policy: buildPolicy({ requiredChecks: ["unit", "slow", "broken", "absent"].map(selector) }),
      checks: known([
        buildCheck(),
        buildCheck({ name: "slow", state: "running", said: "in_progress" }),
        buildCheck({ name: "broken", state: "failure", said: "timed_out" }),
        buildCheck({ name: "not asked", state: "failure" }),
      ]),
    });
    expect(contents.checks).toEqual([
      { name: "ci.yml / absent", state: "no-evidence", said: "", url: null },
      { name: "broken", state: "failure", said: "timed_out", url: null },
      { name: "slow", state: "running", said: "in_progress", url: null },
      { name: "unit", state: "success", said: "success", url: null },
    ]);
  });

  test.each([
    [
      "the base",
      { base: unread("branch-not-found"), changeSet: unread("branch-not-found") },
      ["base branch-not-found"],
    ],
    ["the changes", { changeSet: unread("github-unreachable") }, ["changes github-unreachable"]],
    [
      "histories without a common commit",
      { changeSet: known(buildChangeSet({ relation: "unrelated", commits: [] })) },
      ["changes unrelated-histories"],
    ],
    ["the checks", { checks: unread("github-rate-limited") }, ["checks github-rate-limited"]],
  ])("says what could not be read: %s", (_, changes, said) => {
    const contents = contentsOf(changes, null);
    expect(contents.unread.map(({ what, because }) => `${what} ${because}`)).toEqual(said);
  });

  test("of a first deployment has no base, and nothing of it is unread", () => {
    const contents = contentsOf({ base: missing(), changeSet: known(buildChangeSet({ base: null })) });
    expect([contents.base, contents.unread, contents.verdict.outcome]).toEqual([null, [], "pass"]);
  });

  test("without Jira knows the tickets and nothing of them", () => {
    const contents = contentsOf({ tickets: { state: "off", because: "no-settings" } });
    expect(contents.jira).toEqual({ state: "off", because: "no-settings" });
    expect(contents.tickets[0]?.facts).toEqual({ state: "off" });
  });

  test("REL-74: cuts what strangers wrote, and holds nothing that a database does not take", () => {
    const hostile = `PLAY-1: \u202Eevil\u0000 <script>${"x".repeat(100_000)}`;
    const contents = contentsOf({
      changeSet: known(buildChangeSet({ commits: [{ ...buildCommit("french", hostile, `a\u0000b`) }] })),
      tickets: answers({ "PLAY-1": buildTicket("PLAY-1", { summary: `\u0000${"y".repeat(10_000)}` }) }),
    });
    const stored = JSON.stringify(contents);
    expect(stored.length).toBeLessThan(4_000);
    expect(stored).not.toMatch(/\\u0000|\u202E/);
  });
});
