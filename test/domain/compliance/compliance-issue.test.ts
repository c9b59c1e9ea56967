import { describe, expect, test } from "vitest";
import { complianceIssue } from "../../../src/domain/compliance/compliance-issue.ts";
import type { IssueView } from "../../../src/domain/compliance/issue-view.ts";
import { sha } from "../build-snapshot.ts";
import {
  buildCase,
  buildView,
  expired,
  green,
  hoursAfter,
  HOUR,
  issuePolicy,
  RED,
  redRun,
} from "./build-issue-view.ts";

const SHORT = RED.slice(0, 7);
const RUN = "https://github.com/acme/storefront/actions/runs/11/job/101";

function headline(view: IssueView): string {
  return complianceIssue(view).body.split("\n")[0] ?? "";
}
function checklist(view: IssueView): readonly string[] {
  return complianceIssue(view)
    .body.split("\n")
    .filter((line) => /^- \[[ x]\] /.test(line));
}
function section(view: IssueView, heading: string): string {
  return (complianceIssue(view).body.split(`### ${heading}\n`)[1] ?? "").split("\n\n###")[0] ?? "";
}

describe("the text of an issue", () => {
  test("says what is red, until when, where it broke, who is told and what ends it", () => {
    const issue = complianceIssue(buildView());
    expect(issue).toMatchObject({
      kind: "issue",
      firstRed: RED,
      title: `integration tests red on main since ${SHORT}`,
      state: "open",
      labels: [{ name: "deferred-compliance" }],
      labelsReady: [{ name: "deploy-halt" }, { name: "halt-override" }],
      labelsOff: [],
    });
    expect(issue.body)
      .toBe(`**Red on \`main\` since 2026-03-02 10:00 UTC.** Deploys to all environments stop at 2026-03-05 10:00 UTC, 72 hours after it began, unless it is green by then.

- [ ] \`integration tests\` of \`.github/workflows/ci.yml\`: red since 2026-03-02 10:00 UTC, first in [\`${SHORT}\`](<${RUN}>); holds all environments from 2026-03-05 10:00 UTC on

### Where it broke
After [\`${sha("green").slice(0, 7)}\`](<https://github.com/acme/storefront/commit/${sha("green")}>), the last green commit, up to [\`${SHORT}\`](<https://github.com/acme/storefront/commit/${RED}>):
- [\`#12\`](<https://github.com/acme/storefront/pull/12>) \`Charge in euros\` by \`octocat\`

### Who is told
- @octocat: wrote a pull request of that range
- @acme/payments: owns code that it changed
- @acme/server: owns the check

### Three ways out
1. **Fix it forward.** As soon as \`integration tests\` is green on a newer commit of \`main\`, this issue closes and the clock stops.
2. **Take it back** with the button "Revert" of [\`#12\`](<https://github.com/acme/storefront/pull/12>), or on a branch of its own:
   \`\`\`
   git revert -m 1 ${RED}
   \`\`\`
3. **Ask for an override.** Once deploys are halted, somebody with admin permission on this repository may put the label \`halt-override\` on this issue, or comment \`/holdpoint override 24h because …\`.
   Before that, \`/holdpoint extend 12h because …\` gives more time.

Holdpoint keeps this text; what is changed here by hand is overwritten. Deploys are held by what it has stored, not by this issue.`);
    expect(issue.footnote).toBe(
      `Newest red run when this was last written: \`integration tests\` in [\`${SHORT}\`](<${RUN}>).`,
    );
  });

  test("begins with the halt once a case has expired, and has the label", () => {
    const view = buildView({ cases: [expired({ environments: ["production"] })] });
    expect(headline(view)).toBe(
      "**Deploys to `production` are halted since 2026-03-05 10:00 UTC.** They go on when every check that holds them is green, or when the halt is lifted: see below.",
    );
    expect(checklist(view)).toEqual([
      `- [ ] \`integration tests\` of \`.github/workflows/ci.yml\`: red since 2026-03-02 10:00 UTC, first in [\`${SHORT}\`](<${RUN}>); **holds \`production\` since 2026-03-05 10:00 UTC**`,
    ]);
    expect(complianceIssue(view).labels.map(({ name }) => name)).toEqual([
      "deferred-compliance",
      "deploy-halt",
    ]);
  });

  test("says who has lifted the halt until when", () => {
    const override = {
      id: 1,
      repositoryId: buildView().repository.id,
      scope: { kind: "cases", caseIds: [buildCase().id], environment: null },
      by: "hubot",
      because: null,
      beganAt: hoursAfter(73),
      endsAt: hoursAfter(97),
      endedAt: null,
    } as const;
    expect(headline(buildView({ cases: [expired()], overrides: [override] }))).toBe(
      "**Deploys to all environments are halted since 2026-03-05 10:00 UTC.** Lifted by `hubot` until 2026-03-06 11:00 UTC.",
    );
  });

  test("says when it is due and GitHub could not be read", () => {
    expect(headline(buildView({ cases: [buildCase({ unverifiedSince: hoursAfter(72) })] }))).toBe(
      "**Due since 2026-03-05 10:00 UTC, and GitHub could not be read to confirm it.** Deploys are held until it can be read.",
    );
  });

  test("of a check that was red already says so, and counts from when it began to be watched", () => {
    const adopted = buildCase({ adopted: true, openedAt: hoursAfter(100), deadline: hoursAfter(172) });
    expect(headline(buildView({ cases: [adopted] }))).toBe(
      "**Already red on `main`, since 2026-03-02 10:00 UTC, when Holdpoint began to watch.** Deploys to all environments stop at 2026-03-09 14:00 UTC, 72 hours after that, unless it is green by then.",
    );
  });

  test("closes with the last check, and keeps what was", () => {
    const issue = complianceIssue(buildView({ cases: [green()] }));
    expect([issue.state, issue.body.split("\n")[0], issue.footnote]).toEqual([
      "closed",
      "**Over: nothing is held by this any more.**",
      "",
    ]);
    expect(issue.body).not.toContain("Three ways out");
  });

  test("takes the halt's label off only where its own case has put it on", () => {
    const after = buildView({ cases: [green({ expiredAt: hoursAfter(72) })] });
    expect(complianceIssue(after).labelsOff).toEqual(["deploy-halt"]);
    expect(complianceIssue(buildView({ cases: [green()] })).labelsOff).toEqual([]);
  });

  test.each([
    [{ as: "gone" }, "at 2026-03-02 15:00 UTC the workflow no longer had it"],
    [
      { as: "by-hand", by: "octocat", because: "flaky @all" },
      "closed by `octocat` at 2026-03-02 15:00 UTC: flaky `@all`",
    ],
    [{ as: "by-hand" }, "closed by somebody at 2026-03-02 15:00 UTC"],
    [{ as: "void", because: "archived" }, "not watched any more since 2026-03-02 15:00 UTC: archived"],
    [
      { as: "green", sha: sha("fix") },
      `green again at 2026-03-02 15:00 UTC in [\`${sha("fix").slice(0, 7)}\`](<https://github.com/acme/storefront/commit/${sha("fix")}>)`,
    ],
  ] as const)("ticks a check off with how it ended: %o", (end, expected) => {
    const whole = { at: hoursAfter(5), by: null, because: null, url: null, sha: null, ...end };
    expect(checklist(buildView({ cases: [buildCase({ end: whole, source: { kind: "status" } })] }))).toEqual([
      `- [x] \`integration tests\`: ${expected}`,
    ]);
  });

  test("names several checks, those that still run first", () => {
    const view = buildView({ cases: [green({ id: 1, name: "lint" }), buildCase({ id: 2, name: "e2e" })] });
    expect(complianceIssue(view).title).toBe(`2 checks red on main since ${SHORT}: e2e, lint`);
    expect(checklist(view).map((line) => line.slice(0, 12))).toEqual(["- [ ] `e2e` ", "- [x] `lint`"]);
  });

  test("is the same whatever order the cases came in, however late it is, and however often it was red", () => {
    const one = buildCase({ id: 1, name: "e2e" });
    const other = buildCase({ id: 2, name: "lint" });
    const before = complianceIssue(buildView({ cases: [one, other] }));
    const newest = redRun({ sha: sha("newer"), at: hoursAfter(9), url: null });
    const after = complianceIssue(buildView({ cases: [other, { ...one, newestRed: newest, reds: 7 }] }));
    expect({ ...after, footnote: "" }).toEqual({ ...before, footnote: "" });
    expect(after.footnote).not.toBe(before.footnote);
  });

  test("says of the first halt since when, and of several deadlines the first", () => {
    const lint = buildCase({ id: 2, name: "lint", deadline: hoursAfter(48), environments: ["staging"] });
    const headline = (...cases: IssueView["cases"]) =>
      complianceIssue(buildView({ cases })).body.split("\n")[0] ?? "";
    expect(headline(buildCase({ environments: ["production"] }), lint)).toBe(
      "**Red on `main` since 2026-03-02 10:00 UTC.** Deploys to `production`, `staging` stop at 2026-03-04 10:00 UTC, 48 hours after it began, unless it is green by then.",
    );
    const late = expired({ id: 2, name: "lint", expiredAt: hoursAfter(96), environments: ["staging"] });
    expect(headline(expired({ environments: ["production"] }), late, buildCase({ id: 3 }))).toBe(
      "**Deploys to `production`, `staging` are halted since 2026-03-05 10:00 UTC.** They go on when every check that holds them is green, or when the halt is lifted: see below.",
    );
  });

  test("checks of one name stand in the order of their sources, whatever order they came in", () => {
    const one = buildCase({ checkKey: "a", source: { kind: "app", app: "one", appId: 1 } });
    const other = buildCase({ id: 2, checkKey: "b", source: { kind: "app", app: "other", appId: 2 } });
    const body = complianceIssue(buildView({ cases: [one, other] })).body;
    expect(complianceIssue(buildView({ cases: [other, one] })).body).toBe(body);
    expect(body.indexOf("`one`")).toBeLessThan(body.indexOf("`other`"));
  });

  test("leads to a run wherever it has its page, and on GitHub to runs of this repository alone", () => {
    const run = (url: string | null) => buildCase({ firstRed: redRun({ url }) });
    const lineOf = (url: string | null) => checklist(buildView({ cases: [run(url)] }))[0] ?? "";
    const commit = `https://github.com/acme/storefront/commit/${RED}`;
    expect(
      [
        "https://ci.example.com/runs/1",
        "https://github.com/acme/storefront/runs/1",
        "https://www.github.com/acme/storefront/actions/runs/1",
        "https://github.com/acme/other/actions/runs/1",
        "https://www.github.com/acme/storefront/issues/1",
        "https://github.com/acme/storefront/x/acme/storefront/runs/1",
        "no address",
        null,
      ].map((url) => /\(<(.*)>\)/.exec(lineOf(url))?.[1]),
    ).toEqual([
      "https://ci.example.com/runs/1",
      "https://github.com/acme/storefront/runs/1",
      "https://www.github.com/acme/storefront/actions/runs/1",
      commit,
      commit,
      commit,
      commit,
      commit,
    ]);
  });

  test("has the name of a check that GitHub would read as something else in code, in its title too", () => {
    expect(complianceIssue(buildView({ cases: [buildCase({ name: "a *b* `c`" })] })).title).toBe(
      `\`a *b* 'c'\` red on main since ${SHORT}`,
    );
  });

  test("names no author where there is none any more", () => {
    const { range } = buildView();
    const pullRequests = range.pullRequests.map((one) => ({ ...one, author: null }));
    expect(section(buildView({ range: { ...range, pullRequests } }), "Where it broke")).toMatch(
      /\n- \[`#12`\]\(<[^>]*>\) `Charge in euros`$/,
    );
  });

  test("says that a newer run is waited for", () => {
    const [line] = checklist(buildView({ cases: [buildCase({ verifyUntil: hoursAfter(74) })] }));
    expect(line).toContain("from 2026-03-05 12:00 UTC (a newer run is waited for until then) on");
  });

  test("asks for all checks to be green where there are several", () => {
    const cases = [buildCase(), buildCase({ id: 2, name: "lint" })];
    expect(section(buildView({ cases }), "Three ways out").split("\n")[0]).toBe(
      "1. **Fix it forward.** As soon as `integration tests`, `lint` are green on a newer commit of `main`, this issue closes and the clock stops.",
    );
  });

  test("in a demo, where an hour passes in a second, still speaks of hours", () => {
    const policy = issuePolicy();
    const fast = {
      ...policy,
      deferred: { ...policy.deferred, hour: 1_000 },
      override: { ...policy.override, expires: 24_000 },
    };
    const one = buildCase({ grace: 72_000, deadline: new Date(buildCase().openedAt.getTime() + 72_000) });
    const { body } = complianceIssue(buildView({ policy: fast, cases: [one] }));
    expect(body).toContain("72 hours after it began");
    expect(body).toContain("`/holdpoint override 24h because …`");
    expect(body).toContain("`/holdpoint extend 12h because …`");
  });
});

describe("where it broke", () => {
  test("is said to be unknown where no green was found", () => {
    const range = { ...buildView().range, after: null, incomplete: true, pullRequests: [], commits: [] };
    const view = buildView({ range });
    expect(section(view, "Where it broke")).toBe(
      `In [\`${SHORT}\`](<https://github.com/acme/storefront/commit/${RED}>), or before it: no green run was found before that commit.`,
    );
    expect(section(view, "Three ways out")).toContain(
      "2. **Take it back**: where it broke is not known, so the commit has to be found first.",
    );
  });

  test("names commits without a pull request, and reverts newest first", () => {
    const commits = [
      { sha: sha("b"), subject: "Second", isMerge: false, pullRequest: null },
      { sha: sha("a"), subject: "First", isMerge: true, pullRequest: 12 },
    ];
    const view = buildView({ range: { ...buildView().range, commits, incomplete: true } });
    expect(section(view, "Where it broke").split("\n").slice(1)).toEqual([
      "- [`#12`](<https://github.com/acme/storefront/pull/12>) `Charge in euros` by `octocat`",
      `- [\`${sha("b").slice(0, 7)}\`](<https://github.com/acme/storefront/commit/${sha("b")}>) \`Second\` without a pull request`,
      "",
      "There is more than could be read.",
    ]);
    expect(section(view, "Three ways out")).toContain(
      `   git revert ${sha("b")}\n   git revert -m 1 ${sha("a")}\n`,
    );
  });
});

describe("who is told", () => {
  test("is listed without a mention where there are too many, and nobody is mentioned by a name that is none", () => {
    const people = {
      tagged: [{ kind: "person", name: "evil @acme/everybody", because: "owner" } as const],
      listed: ["a", "dependabot[bot]"],
      ownersMayBeIncomplete: true,
    };
    expect(section(buildView({ people }), "Who is told")).toBe(`- \`evil @acme/everybody\`: owns the check

Also wrote in that range, not notified: \`a\`, \`dependabot[bot]\`.

The code owners may be incomplete: the list of changed files or CODEOWNERS could not be read to the end.`);
  });

  test("has every reason of a person once", () => {
    const tagged = [
      { kind: "person", name: "octocat", because: "author" },
      { kind: "person", name: "Octocat", because: "owner" },
      { kind: "person", name: "octocat", because: "owner" },
    ] as const;
    expect(
      section(buildView({ people: { tagged, listed: [], ownersMayBeIncomplete: false } }), "Who is told"),
    ).toBe("- @octocat: wrote a pull request of that range, owns the check");
  });

  test("may be nobody", () => {
    expect(
      section(buildView({ people: { tagged: [], listed: [], ownersMayBeIncomplete: false } }), "Who is told"),
    ).toBe("Nobody: the policy names no owners for it, and nobody who can be notified wrote in that range.");
  });
});

test("who may lift a halt is what the policy says", () => {
  const { override } = issuePolicy();
  const teams = { ...override, allow: { kind: "teams", teams: ["acme/release"] } } as const;
  expect(complianceIssue(buildView({ policy: issuePolicy({ override: teams }) })).body).toContain(
    "Once deploys are halted, a member of `acme/release` may put the label",
  );
  const writers = {
    ...override,
    expires: 90 * (HOUR / 60),
    allow: { kind: "permission", permission: "write" },
  } as const;
  const { body } = complianceIssue(buildView({ policy: issuePolicy({ override: writers }) }));
  expect(body).toContain("somebody with write access to this repository may put the label");
  expect(body).toContain("`/holdpoint override 90m because …`");
});
