import { HEAD, sha } from "../build-snapshot.ts";
import type { RecordFields } from "../../../src/domain/history/record-fields.ts";

/** As the audit keeps it. */
type Said = Readonly<Record<string, Json>> & RecordFields;
type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const RED = sha("red");
export const LIVE = sha("live");
const SHORT = HEAD.slice(0, 7);
const HOUR = 3_600_000;

/** One record of each sort, and the sentence that tells of it. The case is called “integration”. */
export function everyRecord({
  caseId: integration,
  ago,
}: {
  readonly caseId: number;
  /** So many minutes before the first of them; each happens a minute before the one above it. */
  readonly ago: (minutes: number) => Date;
}): readonly (readonly [Said, string])[] {
  const about = { case: integration, check: "integration", first_red: RED };
  const cases = { cases: [integration], by: "octocat" };
  const gate = {
    environment: "production",
    sha: HEAD,
    would_be: "held",
    reasons: ["halt: halt", "verdict: no-ticket"],
  };
  return [
    [
      { what: "halt-ended", by: "octocat", halts: ["comment:1"], because: "the till is back" },
      "octocat ended a halt after 1 h 30 min",
    ],
    [
      { what: "halt-began", by: "hubot", environment: "production", issue: 4, because: "the till is down" },
      "hubot halted deploys to production",
    ],
    [
      { what: "halt-began", by: "hubot", issue: 4, label: "deploy-halt" },
      "hubot halted deploys to all environments",
    ],
    [
      { what: "gate", changes: [{ ...gate, decision: "held" }] },
      `The gate of production is held for ${SHORT}: somebody halted deploys, a commit carries no ticket`,
    ],
    [
      { what: "gate", changes: [{ ...gate, decision: "open" }, gate, gate] },
      `The gate of production is open for ${SHORT}, and for 2 more (it would be held): somebody halted deploys, a commit carries no ticket`,
    ],
    [
      {
        what: "gate",
        changes: [
          { ...gate, decision: "held" },
          { ...gate, decision: "held", environment: "staging", reasons: ["case: expired"] },
          { ...gate, decision: "held", sha: LIVE },
        ],
      },
      `The gates of production, staging are held for ${SHORT}, and for 1 more: somebody halted deploys, a commit carries no ticket, a deferred check is past its deadline`,
    ],
    [
      {
        what: "verdict",
        subject: "deploy:1",
        head: HEAD,
        environment: "production",
        decision: "held",
        because: "verdict",
        findings: ["ticket-present: fail, no-ticket"],
      },
      `The verdict on ${SHORT} for production is held: a commit carries no ticket`,
    ],
    [
      { what: "override-began", ...cases, until: "2026-11-22T12:00:00.000Z", because: "the fix is in it" },
      "octocat lifted integration for all environments until 2026-11-22 12:00 UTC",
    ],
    [
      {
        what: "override-began",
        by: "octocat",
        codes: ["no-ticket"],
        environment: "production",
        sha: HEAD,
        until: "2026-11-21T16:00:00.000Z",
      },
      "octocat lifted “a commit carries no ticket” for production until 2026-11-21 16:00 UTC",
    ],
    [{ what: "override-ended", by: null, source: "comment:2" }, "An override ended by itself after 4 h"],
    [
      { what: "reason-given", by: "octocat", source: "comment:2", because: "the fix is in it" },
      "octocat said why a hold was lifted",
    ],
    [{ what: "case-opened", ...about, adopted: false }, "integration turned red on the trunk"],
    [
      { what: "case-opened", ...about, adopted: true },
      "integration was red already when Holdpoint began to watch it",
    ],
    [
      { what: "case-reminder", ...about, left_ms: 4 * HOUR },
      "4 h left for integration: people were reminded",
    ],
    [
      { what: "case-expired", ...about, newest_red: HEAD },
      "Deploys are halted: integration is past its deadline",
    ],
    [{ what: "case-verifying", ...about }, "integration is due, and a newer run is waited for"],
    [{ what: "case-unverified", ...about }, "integration is due, and GitHub could not be read to confirm it"],
    [{ what: "case-relapsed", ...about }, "integration turned red again, and its clock goes on"],
    [
      { what: "case-adopted", ...about },
      "integration gets its full grace, because it was red before it was enforced",
    ],
    [
      { what: "case-resolved", ...about, because: "green", happened_at: ago(10).toISOString() },
      "integration is green again after 2 d 1 h",
    ],
    [
      { what: "case-resolved", ...cases, because: "nobody runs it" },
      "integration was resolved by hand after 2 d 1 h",
    ],
    [
      { what: "case-resolved", ...about, because: "gone", happened_at: ago(0).toISOString() },
      "integration is no longer there after 2 d 2 h, and holds nothing",
    ],
    [
      {
        what: "extended",
        by: "octocat",
        deadlines: [{ case: integration, due: "2026-11-22T12:00:00.000Z" }],
        because: "a weekend",
      },
      "octocat gave integration more time until 2026-11-22 12:00 UTC",
    ],
    [
      { what: "reopened", by: "hubot", issue: 4 },
      "A compliance issue was closed, and opened again: it is not over",
    ],
    [
      { what: "issue-refused", first_red: RED, because: "410" },
      "GitHub refused a compliance issue: the clock runs nonetheless",
    ],
    [
      {
        what: "rollback-permitted",
        by: "octocat",
        environment: "production",
        sha: LIVE,
        because: "checkout is broken",
        until: "2026-11-21T13:00:00.000Z",
      },
      `octocat asked to roll production back to ${LIVE.slice(0, 7)} until 2026-11-21 13:00 UTC`,
    ],
    [
      { what: "rollback-by-tool", by: "argo", environment: "production", sha: LIVE },
      `argo rolled production back to ${LIVE.slice(0, 7)}`,
    ],
    [
      {
        what: "deployment-answer",
        run: 10,
        environment: "staging",
        sha: HEAD,
        answer: "rejected",
        reasons: ["halt: halt"],
        comment: "",
      },
      `A job that waited to deploy ${SHORT} to staging was rejected: somebody halted deploys`,
    ],
    [
      { what: "policy-accepted", by: "octocat", loosened: ["mode"], sha: HEAD },
      "octocat accepted a looser policy",
    ],
    [
      { what: "forged-status", by: "mallory", context: "holdpoint/gate", head: HEAD, restored: true },
      "mallory posted “holdpoint/gate” under Holdpoint's name; it was set right",
    ],
    [
      { what: "ticket-attached", by: "octocat", sha: HEAD, ticket: "PLAY-1", because: "it is that work" },
      `octocat attached PLAY-1 to ${SHORT}`,
    ],
    [
      { what: "ticket-detached", by: "octocat", sha: HEAD, ticket: "PLAY-1" },
      `octocat took PLAY-1 off ${SHORT}`,
    ],
    [
      {
        what: "fill-fields",
        by: "octocat",
        ticket: "PLAY-1",
        fields: [{ name: "Risk assessment" }],
        because: "written",
      },
      "octocat filled in “Risk assessment” of PLAY-1",
    ],
    [
      { what: "move-ticket", by: "octocat", ticket: "PLAY-1", from: "Open", to: "Done", because: "moved" },
      "octocat moved PLAY-1 to “Done”",
    ],
    [
      { what: "ticket-not-changed", by: "octocat", ticket: "PLAY-1", because: "gave-up" },
      "PLAY-1 was not changed for octocat: Jira did not answer for too long",
    ],
    [
      { what: "attach-ticket-refused", by: "octocat", ticket: "NO-1", sha: HEAD, because: "other-project" },
      "NO-1 was not attached for octocat: the ticket is of another project",
    ],
    [
      { what: "ticket-change-refused", by: "octocat", ticket: "PLAY-1", because: "nothing-changed" },
      "PLAY-1 was not changed for octocat: it said what was there already",
    ],
    [
      {
        what: "gate",
        changes: [{ ...gate, decision: "held", reasons: ["halt: halt", "override: override"] }],
      },
      `The gate of production is held for ${SHORT}: somebody halted deploys`,
    ],
    [
      { what: "refused", by: "monalisa", label: "halt-override", because: "not-authorised" },
      "The label “halt-override” of monalisa was undone: they are not authorised",
    ],
    [
      { what: "command-refused", by: "monalisa", command: "override", because: "no-reason" },
      "“/holdpoint override” of monalisa was refused: it gave no reason",
    ],
    [
      {
        what: "verdict",
        subject: "pull-request:1:7",
        head: HEAD,
        environment: null,
        decision: "open",
        because: "verdict",
        findings: [],
      },
      "The verdict on the tickets of #7 is open",
    ],
  ];
}
