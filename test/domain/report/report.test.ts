import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decisionOf } from "../../../src/domain/decision.ts";
import { evaluate } from "../../../src/domain/evaluate.ts";
import type { Judged } from "../../../src/domain/judged.ts";
import { type Report, writeReport } from "../../../src/domain/report/report.ts";
import type { Snapshot } from "../../../src/domain/snapshot.ts";
import type { Carriage } from "../../../src/domain/tickets/carriage.ts";
import type { Ticket } from "../../../src/domain/ticket.ts";
import {
  answers,
  buildCarriage,
  buildChangeSet,
  buildCommit,
  buildDeploySnapshot,
  buildPolicy,
  buildPullRequest,
  buildPullRequestSnapshot,
  buildRepository,
  buildTicket,
  buildTicketPolicy,
  carrying,
  key,
  known,
  missing,
  sha,
  unread,
} from "../build-snapshot.ts";
import { HOSTILE, hostileText } from "../escape/hostile-text.ts";
import { ACTIVE, outsideCode } from "../escape/outside-code.ts";

function report(snapshot: Snapshot, carriage: Carriage | null, more: Partial<Judged> = {}): Report {
  const verdict = evaluate(snapshot, carriage);
  const publicUrl = "https://holdpoint.example.com";
  return writeReport(
    { snapshot, carriage, verdict, publicUrl, ...more },
    decisionOf(verdict, snapshot.policy),
  );
}

const fields = [
  { name: "Risk assessment", types: [] },
  { name: "Post-deploy checks", types: [] },
];
const policy = buildPolicy({ tickets: buildTicketPolicy({ fields }) });

function ticket(name: string, risk: string | null, status = "Ready to deploy"): Ticket {
  return buildTicket(name, {
    status: { name: status, category: "indeterminate" },
    values: {
      "Risk assessment": risk === null ? { state: "empty" } : { state: "filled", text: risk },
      "Post-deploy checks": { state: "not-applicable" },
    },
  });
}

const french = buildCommit("PLAY-1", "PLAY-1: Speak French\n\nBecause customers do.");
const italian = buildCommit("PLAY-2", "PLAY-2: Speak Italian", "hubot");
const tidy = buildCommit("tidy", "Tidy up");
const undone = buildCommit("undone", "PLAY-4: Speak Greek");
const undo = buildCommit("undo", 'Revert "PLAY-4: Speak Greek"');

function fullSnapshot(isPrivate: boolean): Snapshot {
  return buildDeploySnapshot({
    repository: buildRepository({ private: isPrivate }),
    policy,
    changeSet: known(
      buildChangeSet({
        commits: [french, italian, tidy, undone, undo],
        pullRequests: new Map([[french.sha, [buildPullRequest()]]]),
      }),
    ),
    tickets: answers({
      "PLAY-1": ticket("PLAY-1", "low, behind a flag"),
      "PLAY-2": ticket("PLAY-2", null, "In progress"),
      "PLAY-3": unread("jira-timeout", "no answer in time"),
      "PLAY-5": missing(),
    }),
  });
}
const fullCarriage = buildCarriage({
  tickets: [
    ...carrying("PLAY-1", "PLAY-2", "PLAY-3", "PLAY-5").tickets,
    { key: key("PLAY-4"), commits: [undone.sha], reverted: true },
  ],
  unticketed: [tidy.sha],
  reverts: [{ sha: undo.sha, reverts: undone.sha }],
  mentioned: [key("OPS-1"), key("OPS-2")],
  exempt: [
    { sha: sha("m1"), because: "merge" },
    { sha: sha("m2"), because: "merge" },
    { sha: undo.sha, because: "revert" },
  ],
});

test("what is wrong comes first, then all that goes out, then where it is known from", () => {
  const written = report(fullSnapshot(true), fullCarriage, {
    githubUrl: "https://github.com",
    policyState: {
      state: "in-force",
      policy,
      source: { sha: sha("policy"), organisationSha: sha("organisation") },
      problems: [{ line: 3, column: 1, path: "mod", message: "unknown key “mod”" }],
      stale: "invalid",
    },
  });
  expect(written.title).toBe(
    "1 commit without ticket; 1 ticket not found or not visible to Holdpoint; 1 ticket lacks “Risk assessment”; 1 ticket in status “In progress”",
  );
  expect(written.summary).toBe(
    `
**Held: 4 problems, 1 question without an answer.** \`production\` would get 5 commits with 4 tickets.

- **1 commit without ticket: \`6d4dfe3\`**
  Put the ticket's key at the start of the pull request's title; that counts after the merge too.
  By \`octocat\`.
- **1 ticket not found or not visible to Holdpoint: \`PLAY-5\`**
  Correct the key in the pull request's title, or let Holdpoint's Jira user see the project.
- **1 ticket lacks “Risk assessment”: \`PLAY-2\`**
  Fill in the field in Jira, then press “Check again” if Holdpoint has not looked by itself.
  By \`hubot\`.
- **1 ticket in status “In progress”: \`PLAY-2\`**
  Move the tickets on in Jira, or take their work out of this deploy.
  By \`hubot\`.
- **Jira did not answer in time (no answer in time); not checked: \`PLAY-3\`**
  Holdpoint asks again by itself.

**To know**

- **The newest policy is not in force.** \`.github/holdpoint.yml:3:1\` \`mod\`: unknown key “mod”
`.trim(),
  );
  const commit = "https://github.com/acme/storefront/commit";
  const linked = (one: { readonly sha: string }): string =>
    `[\`${one.sha.slice(0, 7)}\`](<${commit}/${one.sha}>)`;
  expect(written.text).toBe(
    `
### Without ticket

- ${linked(tidy)} \`Tidy up\` by \`octocat\`

### What goes out

- [\`PLAY-1\`](<https://acme.atlassian.net/browse/PLAY-1>) \`Summary of PLAY-1\` – \`Story\`, \`Ready to deploy\`
  - Risk assessment: \`low, behind a flag\`
  - Post-deploy checks: not on this type
  - ${linked(french)} \`PLAY-1: Speak French\` by \`octocat\`, [\`#12\`](<https://github.com/acme/storefront/pull/12>)
- [\`PLAY-2\`](<https://acme.atlassian.net/browse/PLAY-2>) \`Summary of PLAY-2\` – \`Story\`, \`In progress\`
  - Risk assessment: **empty**
  - Post-deploy checks: not on this type
  - ${linked(italian)} \`PLAY-2: Speak Italian\` by \`hubot\`
- \`PLAY-3\` not read
  - ${linked({ sha: sha("PLAY-3") })}
- \`PLAY-5\` not found or not visible to Holdpoint
  - ${linked({ sha: sha("PLAY-5") })}

### Taken back

- \`PLAY-4\` goes out as nothing
- ${linked(undo)} \`Revert "PLAY-4: Speak Greek"\` by \`octocat\` takes back ${linked(undone)} \`PLAY-4: Speak Greek\` by \`octocat\`

### Only mentioned

\`OPS-1\`, \`OPS-2\`

### Needs no ticket

- 2 commits: merges without a change of their own
- 1 commit: reverts

### Where this comes from

- \`32694bc\` compared with \`production\` at \`3ddc94d\`.
- \`mode: enforce, on_unknown: hold\`
- A newer policy has problems, so this older one stays in force:
  - \`.github/holdpoint.yml:3:1\` \`mod\`: unknown key “mod”
- Jira answered for 3 of 4 tickets.
- Passed: \`not-a-rollback\`, \`required-checks\`, \`ticket-complete\`.
`.trim(),
  );
  const [own, defaults] = [sha("policy").slice(0, 7), sha("organisation").slice(0, 7)];
  expect(written.footnote).toBe(
    `Facts read at \`2026-03-02 10:00 UTC\`, policy at \`${own}\`, organisation's defaults at \`${defaults}\`.`,
  );
});

test("the same facts, read later and at a later commit of the policy's branch, change the footnote alone", () => {
  const [early, late] = (["first", "second"] as const).map((commit, hours) =>
    report(buildDeploySnapshot({ takenAt: new Date(Date.UTC(2026, 2, 2, hours)) }), buildCarriage(), {
      policyState: {
        state: "in-force",
        policy,
        source: { sha: sha(commit), organisationSha: null },
        problems: [],
        stale: "no",
      },
    }),
  );
  expect(early?.footnote).not.toBe(late?.footnote);
  expect({ ...early, footnote: "" }).toEqual({ ...late, footnote: "" });
});

test("a public repository's readers see of a ticket its key and whether it passes", () => {
  const { title, summary, text } = report(fullSnapshot(false), fullCarriage);
  expect(summary).toContain("1 ticket not in a status that may go out: `PLAY-2`");
  expect(text).toContain(
    [
      "### What goes out",
      "",
      "- `PLAY-1` pass",
      "  - `30acfc2` `PLAY-1: Speak French` by `octocat`, [`#12`](<https://github.com/acme/storefront/pull/12>)",
      "- `PLAY-2` fail",
      "  - `2dacf76` `PLAY-2: Speak Italian` by `hubot`",
      "- `PLAY-3` not read",
      "  - `2eacf8f`",
      "- `PLAY-5` fail",
      "  - `34ad026`",
    ].join("\n"),
  );
  const all = title + summary + text;
  for (const secret of [
    "Summary of",
    "In progress",
    "behind a flag",
    "atlassian",
    "no answer in time",
    "Story",
  ]) {
    expect(all).not.toContain(secret);
  }
});

describe("the first line says what to do", () => {
  const ready = answers({ "PLAY-1": buildTicket("PLAY-1") });
  const away = answers({ "PLAY-1": unread("jira-timeout") });
  const bare = buildCarriage({ unticketed: [sha("x")] });
  const observe = buildPolicy({ mode: "observe" });
  const allow = buildPolicy({ onUnknown: "allow" });
  test.each<[string, Snapshot, Carriage | null, string]>([
    [
      "open",
      buildDeploySnapshot(),
      buildCarriage(),
      "**May go out.** `production` would get 1 commit with 1 ticket.",
    ],
    [
      "nothing new",
      buildDeploySnapshot({ changeSet: known(buildChangeSet({ relation: "identical", commits: [] })) }),
      carrying(),
      "**May go out.** `production` has all of this already.",
    ],
    [
      "first deployment",
      buildDeploySnapshot({ base: missing() }),
      buildCarriage(),
      "**May go out.** `production` gets its first deployment; nothing is live there yet.",
    ],
    [
      "held",
      buildDeploySnapshot(),
      bare,
      "**Held: 1 problem.** `production` would get 1 commit with 1 ticket.",
    ],
    [
      "unknown",
      buildDeploySnapshot({ tickets: away }),
      buildCarriage(),
      "**Could not verify: 1 question without an answer.** `production` would get 1 commit with 1 ticket.",
    ],
    [
      "nothing readable",
      buildDeploySnapshot({ changeSet: unread("github-unreachable") }),
      null,
      "**Could not verify: 1 question without an answer.** `production` would get what could not be read.",
    ],
    [
      "let through",
      buildDeploySnapshot({ tickets: away, policy: allow }),
      buildCarriage(),
      "**Not verified, let through: 1 question without an answer.** `production` would get 1 commit with 1 ticket.",
    ],
    [
      "observing, would be held",
      buildDeploySnapshot({ policy: observe }),
      bare,
      "**Observing only: would be held, 1 problem.** `production` would get 1 commit with 1 ticket.",
    ],
    [
      "observing, could not verify",
      buildDeploySnapshot({ tickets: away, policy: observe }),
      buildCarriage(),
      "**Observing only: could not verify, 1 question without an answer.** `production` would get 1 commit with 1 ticket.",
    ],
    [
      "a pull request",
      buildPullRequestSnapshot({ tickets: ready }),
      buildCarriage(),
      "**The tickets are in order.** 1 commit with 1 ticket.",
    ],
    [
      "a pull request that could not be read",
      buildPullRequestSnapshot({ changeSet: unread("github-unreachable") }),
      null,
      "**Could not verify: 1 question without an answer.**",
    ],
  ])("%s", (_, snapshot, carriage, line) => {
    expect(report(snapshot, carriage).summary.split("\n")[0]).toBe(line);
  });
});

test("what is good to know stands apart from what holds", () => {
  const snapshot = buildDeploySnapshot({ tickets: answers({ "PLAY-1": buildTicket("SHOP-9") }) });
  expect(report(snapshot, buildCarriage()).summary).toBe(
    [
      "**May go out.** `production` would get 1 commit with 1 ticket.",
      "",
      "**To know**",
      "",
      "- **1 ticket moved in Jira: `PLAY-1` is now `SHOP-9`**",
      "  Nothing holds; write the new key from now on.",
      "  By `octocat`.",
    ].join("\n"),
  );
});

test("a fact that several rules miss is told once", () => {
  const snapshot = buildDeploySnapshot({ changeSet: unread("github-unreachable", "HTTP 502") });
  expect(report(snapshot, null).summary.split("\n- ")).toHaveLength(2);
});

test("what would be taken away is listed before all else", () => {
  const lost = [buildCommit("a", "PLAY-7: Speak Latin"), buildCommit("b", "PLAY-8: Sing")];
  const changeSet = known(buildChangeSet({ relation: "diverged", commits: [french], lost }));
  const { summary, text } = report(buildDeploySnapshot({ changeSet }), carrying("PLAY-1"));
  const allowing = buildPolicy({ deploy: { ...buildPolicy().deploy, allowDiverged: true } });
  expect(report(buildDeploySnapshot({ changeSet, policy: allowing }), carrying("PLAY-1")).summary).toContain(
    "**To know**\n\n- **would take 2 commits away from “production”: `e40c292`, `e70c2de`**\n  By `octocat`.",
  );
  expect(summary).toContain("would take 2 commits away from “production”: `e40c292`, `e70c2de`");
  expect(text).toMatch(
    /^### What would be taken away\n\n- `e40c292` `PLAY-7: Speak Latin` by `octocat`\n- `e70c2de` `PLAY-8: Sing` by `octocat`\n\n### What goes out\n/,
  );
});

test("only so many authors are named", () => {
  const commits = Array.from({ length: 7 }, (_, index) => buildCommit(`c${index}`, "x", `author-${index}`));
  const carriage = buildCarriage({ tickets: [], unticketed: commits.map((one) => one.sha) });
  const { summary } = report(
    buildDeploySnapshot({ changeSet: known(buildChangeSet({ commits })) }),
    carriage,
  );
  expect(summary).toContain("  By `author-0`, `author-1`, `author-2`, `author-3`, `author-4` and 2 more.");
});

test("Jira's absence, a local clone, a moved base and a stale policy are said", () => {
  const base = known({ sha: sha("squash"), label: "production", sameTreeAs: sha("real") });
  const changeSet = known(buildChangeSet({ knowsPullRequests: false }));
  const tickets = { state: "off", because: "offline" } as const;
  const source = { sha: sha("policy"), organisationSha: null };
  const { text } = report(buildDeploySnapshot({ base, changeSet, tickets }), buildCarriage(), {
    policyState: { state: "in-force", policy, source, problems: [], stale: "unreadable" },
  });
  expect(text.slice(text.indexOf("### Where"))).toBe(
    `
### Where this comes from

- \`32694bc\` compared with \`production\` at \`${sha("squash").slice(0, 7)}\` with the same files as \`${sha("real").slice(0, 7)}\`.
- \`mode: enforce, on_unknown: hold\`
- The policy could not be read now, so the last good one stays in force.
- Jira was not asked: this check is offline.
- A local clone knows no pull requests: every commit counts by its own message.
- Passed: \`not-a-rollback\`, \`required-checks\`, \`ticket-present\`, \`ticket-complete\`.
- Not asked here: \`ticket-found\`, \`ticket-fields\`, \`ticket-status\`.
`.trim(),
  );
});

/** The same report with one text by strangers in every place that can hold one. */
function reportWith(text: string): Report {
  const hostile = buildTicket("PLAY-1", {
    summary: text,
    type: text,
    status: { name: text, category: "new" },
    values: { "Risk assessment": { state: "filled", text } },
  });
  const commits = [{ ...buildCommit("PLAY-1", text, text) }, buildCommit("x", text, text)];
  return report(
    buildDeploySnapshot({
      environment: text,
      base: known({ sha: sha("base"), label: text, sameTreeAs: null }),
      changeSet: known(
        buildChangeSet({ commits, relation: "diverged", lost: [buildCommit("y", text, text)] }),
      ),
      tickets: answers({ "PLAY-1": hostile, "PLAY-2": unread("jira-unexpected", text) }),
    }),
    buildCarriage({ tickets: carrying("PLAY-1", "PLAY-2").tickets, unticketed: [sha("x")] }),
  );
}

/** All that Markdown reads as Markdown, line by line. */
function skeleton(markdown: string): readonly string[] {
  return markdown.split("\n").map(outsideCode);
}

/** Lines in which a stranger's text did more than stand there. */
function whatIsActive({ title, summary, text }: Report): readonly string[] {
  const harmless = skeleton(reportWith("`").text);
  const moved = skeleton(text).filter((line, index) => line !== harmless[index]);
  const lines = skeleton(summary).filter((line) =>
    ACTIVE.test(line.replace(/^- \*\*(.*)\*\*$/, "$1").replace(/^\*\*Held: .*?\*\*/, "")),
  );
  return [...moved, ...lines, ...(/[\n\r\t\0]|\p{Cc}|\p{Cf}/u.test(title) ? [title] : [])];
}

describe("REL-74, I9: a report keeps its layout and mentions nobody, whatever strangers wrote", () => {
  test.each(HOSTILE)("%s", (_, text) => {
    expect(whatIsActive(reportWith(`a${text}`))).toEqual([]);
  });

  test("random mixtures", () => {
    const active = fc.sample(hostileText, 200).flatMap((text) => whatIsActive(reportWith(`a${text}`)));
    expect(active).toEqual([]);
  });
});

describe("REL-47: a report is never larger than GitHub takes", () => {
  const commits = Array.from({ length: 10_000 }, (_, index) =>
    buildCommit(`c${index}`, `PLAY-${index + 1}: ${"變".repeat(300)}`, `author-${index}`),
  );
  const keys = commits.map((_, index) => key(`PLAY-${index + 1}`));
  const carriage = buildCarriage({
    tickets: commits.map((one, index) => ({
      key: keys[index] ?? key("PLAY-1"),
      commits: [one.sha],
      reverted: false,
    })),
    unticketed: commits.map((one) => one.sha),
    mentioned: keys,
  });
  const tickets = answers(
    Object.fromEntries(keys.map((one) => [one, buildTicket("SHOP-1", { summary: "變".repeat(300) })])),
  );

  test("10,000 commits and as many tickets, in seconds", () => {
    const snapshot = buildDeploySnapshot({ changeSet: known(buildChangeSet({ commits })), tickets });
    const start = performance.now();
    const { summary, text } = report(snapshot, carriage);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_535);
    expect(Buffer.byteLength(text)).toBeGreaterThan(55_000);
    expect(text).toMatch(
      /\nAnd \d+ more that would not fit here: `holdpoint check --repo acme\/storefront` lists all\.\n\n### Only mentioned\n/,
    );
  });
});

test("a long list of what is wrong leaves room for what goes out", () => {
  const commits = Array.from({ length: 140 }, (_, index) => buildCommit(`c${index}`, "x"));
  const carriage = buildCarriage({ unticketed: commits.map((one) => one.sha) });
  const { text } = report(buildDeploySnapshot({ changeSet: known(buildChangeSet({ commits })) }), carriage);
  expect(text).toContain("- and 40 more\n\n### What goes out\n");
});

test("long lists inside of a ticket and of what is mentioned end with a count", () => {
  const commits = Array.from({ length: 25 }, (_, index) => buildCommit(`c${index}`, "x"));
  const mentioned = Array.from({ length: 60 }, (_, index) => key(`OPS-${index + 1}`));
  const carriage = buildCarriage({
    tickets: [{ key: key("PLAY-1"), commits: commits.map((one) => one.sha), reverted: false }],
    mentioned,
  });
  const { text } = report(buildDeploySnapshot({ changeSet: known(buildChangeSet({ commits })) }), carriage);
  expect(text).toContain("  - and 5 more\n");
  expect(text).toContain("`OPS-50` and 10 more\n");
});

test("a field that Jira does not have, a ticket not answered for, a message of blank lines", () => {
  const commits = [buildCommit("PLAY-1", "\n\n  PLAY-1: Late start\nmore"), buildCommit("PLAY-2", "")];
  const odd = buildTicket("PLAY-1", { values: { "Risk assessment": { state: "no-such-field" } } });
  const { text } = report(
    buildDeploySnapshot({
      changeSet: known(buildChangeSet({ commits })),
      tickets: answers({ "PLAY-1": odd }),
    }),
    carrying("PLAY-1", "PLAY-2"),
  );
  expect(text).toContain(
    [
      "  - Risk assessment: Jira has no such field",
      "  - `30acfc2` `PLAY-1: Late start` by `octocat`",
      "- `PLAY-2` not read",
      "  - `2dacf76` (empty) by `octocat`",
    ].join("\n"),
  );
});

test("a ticket that was answered without the field, and a change set that needs no Jira", () => {
  const tickets = answers({ "PLAY-1": buildTicket("PLAY-1", { values: {} }) });
  expect(report(buildDeploySnapshot({ tickets }), buildCarriage()).text).toContain("Jira has no such field");
  expect(report(buildDeploySnapshot({ tickets: answers({}) }), carrying()).text).toContain(
    "- Jira was not needed.",
  );
});

test("without Jira tickets are their keys; a finding about a ticket that nothing carries names no author", () => {
  const tickets = { state: "off", because: "no-settings" } as const;
  const snapshot = buildDeploySnapshot({ tickets });
  expect(report(snapshot, buildCarriage()).text).toContain("- `PLAY-1`\n  - ");
  const verdict = evaluate(
    buildDeploySnapshot({ tickets: answers({ "PLAY-9": missing() }) }),
    carrying("PLAY-9"),
  );
  const judged = { snapshot, carriage: null, verdict, publicUrl: "https://holdpoint.example.com" };
  expect(writeReport(judged, decisionOf(verdict, snapshot.policy)).summary).not.toContain("By");
});

test("an author without a login stands by name", () => {
  const author = { login: null, name: "Jane @org/team", proven: false };
  const commits = [{ ...buildCommit("PLAY-1"), author }];
  const { text } = report(
    buildDeploySnapshot({ changeSet: known(buildChangeSet({ commits })) }),
    carrying("PLAY-1"),
  );
  expect(text).toContain("by `Jane @org/team`");
});

test("REL-68: at a pull request too, a policy that is not in force is named with its line", () => {
  const policyState = {
    state: "in-force",
    policy,
    source: { sha: sha("policy"), organisationSha: null },
    problems: Array.from({ length: 7 }, (_, index) => ({
      line: index + 1,
      column: 1,
      path: "mod",
      message: "unknown key “mod”",
    })),
    stale: "invalid",
  } as const;
  const { summary, text } = report(buildPullRequestSnapshot(), buildCarriage(), { policyState });
  expect(summary).toContain(
    "\n**To know**\n\n- **The newest policy is not in force.** `.github/holdpoint.yml:1:1` `mod`: unknown key “mod”",
  );
  expect(text).toContain(
    "- A newer policy has problems, so this older one stays in force:\n  - `.github/holdpoint.yml:1:1` `mod`: unknown key “mod”\n",
  );
  expect(text).toContain("  - `.github/holdpoint.yml:5:1` `mod`: unknown key “mod”\n  - and 2 more\n");
});
