import { describe, expect, test } from "vitest";
import { evaluate } from "../../../src/domain/evaluate.ts";
import type { Policy, PolicyState } from "../../../src/domain/policy.ts";
import { type StatusQuestion, writeStatusAnswer } from "../../../src/domain/report/status-answer.ts";
import type { Snapshot } from "../../../src/domain/snapshot.ts";
import type { Carriage } from "../../../src/domain/tickets/carriage.ts";
import {
  HEAD,
  TAKEN_AT,
  answers,
  buildCarriage,
  buildDeploySnapshot,
  buildPolicy,
  buildPullRequestSnapshot,
  buildTicket,
  buildTicketPolicy,
  sha,
  unread,
} from "../build-snapshot.ts";
import { HOSTILE } from "../escape/hostile-text.ts";
import { whatIsLive } from "../escape/render-markdown.ts";

const WHOLE =
  "The whole report is that commit's check run `Holdpoint`; `/holdpoint check` reads everything again.";

function inForce(policy: Policy): Extract<PolicyState, { state: "in-force" }> {
  const source = { sha: sha("policy"), organisationSha: null };
  return { state: "in-force", policy, source, problems: [], stale: "no" };
}

function answer(
  snapshot: Snapshot,
  carriage: Carriage = buildCarriage(),
  changes: Partial<StatusQuestion> = {},
): string {
  return writeStatusAnswer({
    policyState: inForce(snapshot.policy),
    onPullRequest: snapshot.kind === "pull-request",
    private: true,
    stored: { head: HEAD, verdict: evaluate(snapshot, carriage), lookedAt: TAKEN_AT },
    ...changes,
  });
}

const secret = answers({
  "PLAY-1": buildTicket("PLAY-1", { status: { name: "Waiting for legal", category: "indeterminate" } }),
});

test("all is well", () => {
  expect(answer(buildDeploySnapshot())).toBe(
    `**May go out.** \`32694bc\` to \`production\`, looked at \`2026-03-02 10:00 UTC\`.\n\n${WHOLE}`,
  );
  expect(answer(buildPullRequestSnapshot())).toBe(
    `**The tickets are in order.** \`32694bc\`, looked at \`2026-03-02 10:00 UTC\`.\n\n${WHOLE}`,
  );
});

test("what is wrong, then what is not known", () => {
  const tickets = answers({ "PLAY-1": unread("jira-timeout", "no answer in time") });
  const carriage = buildCarriage({ unticketed: [sha("x")] });
  expect(answer(buildDeploySnapshot({ tickets }), carriage)).toBe(
    [
      "**Held: 1 problem, 1 question without an answer.** `32694bc` to `production`, looked at `2026-03-02 10:00 UTC`.",
      "",
      "- 1 commit without ticket: `fd0c508`",
      "- Jira did not answer in time (no answer in time); not checked: `PLAY-1`",
      "",
      WHOLE,
    ].join("\n"),
  );
});

test("REL-74: a public repository's readers see no words of Jira", () => {
  const snapshot = buildDeploySnapshot({ tickets: secret });
  expect(answer(snapshot)).toContain("- 1 ticket in status “Waiting for legal”: `PLAY-1`");
  const told = answer(snapshot, buildCarriage(), { private: false });
  expect(told).toContain("- 1 ticket not in a status that may go out: `PLAY-1`");
  expect(told).not.toContain("legal");
});

test("observing only is said", () => {
  const policy = buildPolicy({ mode: "observe" });
  expect(answer(buildDeploySnapshot({ policy, tickets: secret }))).toMatch(
    /^\*\*Observing only: would be held, 1 problem\.\*\*/,
  );
});

test("a long list ends with a count", () => {
  const statuses = Array.from({ length: 8 }, (_, index) => `S${index}`);
  const keys = statuses.map((_, index) => `PLAY-${index + 1}`);
  const tickets = answers(
    Object.fromEntries(
      keys.map((key, index) => [
        key,
        buildTicket(key, { status: { name: statuses[index] ?? "", category: "new" } }),
      ]),
    ),
  );
  const carried = [...(tickets.state === "on" ? tickets.answers.keys() : [])];
  const carriage = buildCarriage({
    tickets: carried.map((key) => ({ key, commits: [sha("french")], reverted: false })),
  });
  expect(answer(buildDeploySnapshot({ tickets }), carriage)).toMatch(
    /\n- 1 ticket in [^\n]*\n- and 3 more\n\n/,
  );
});

describe("where there is no verdict", () => {
  const off = buildPolicy({ tickets: buildTicketPolicy({ require: "off" }) });
  const nowhere = buildPolicy({ deploy: { branch: null, allowDiverged: false, environments: [] } });

  test.each<[string, Partial<StatusQuestion>, string]>([
    ["not looked at yet", { stored: null }, "Nothing was judged here yet; `/holdpoint check` asks for it."],
    [
      "pull requests need no tickets",
      { stored: null, onPullRequest: true, policyState: inForce(off) },
      "The policy asks pull requests for no tickets, so none is judged here.",
    ],
    [
      "no environments",
      { stored: null, policyState: inForce(nowhere) },
      "The policy names no environment, so no deploy is judged.",
    ],
    [
      "a policy that was never usable",
      {
        stored: null,
        policyState: {
          state: "unusable",
          why: "invalid",
          ownFile: true,
          problems: [{ line: 3, column: 1, path: "mod", message: "There is no setting “mod”." }],
        },
      },
      "could not verify: `.github/holdpoint.yml` line 3: There is no setting “mod”.",
    ],
  ])("%s", (_, changes, said) => {
    expect(answer(buildDeploySnapshot(), buildCarriage(), changes)).toBe(said);
  });
});

test.each(HOSTILE)("REL-74: %s stays text", (_, text) => {
  const tickets = answers({ "PLAY-1": buildTicket("PLAY-1", { status: { name: text, category: "new" } }) });
  const environments = [{ name: text, base: { kind: "branch", branch: "live" } }] as const;
  const policy = buildPolicy({ deploy: { branch: null, allowDiverged: false, environments } });
  expect(whatIsLive(answer(buildDeploySnapshot({ policy, tickets, environment: text })))).toEqual([]);
});
