import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { notePolicyProblems } from "../../../src/store/policy.ts";
import { saveDeployContents } from "../../../src/store/deploy-contents.ts";
import { markReconciled } from "../../../src/store/repository.ts";
import { noteDeploy } from "../../../src/store/deploy.ts";
import { expectCleanPage } from "../clean-page.ts";
import { type OpenCockpit, openCockpit } from "../open-cockpit.ts";
import {
  answers,
  BASE,
  buildChangeSet,
  buildCheck,
  buildCommit,
  buildPullRequest,
  buildTicket,
  key,
  known,
  missing,
  sha,
  unread,
} from "../../domain/build-snapshot.ts";
import { buildMany, keepDeploy, keepPolicy, partOf, POLICY, wordsOf } from "./build-deploy.ts";

let cockpit: OpenCockpit;
let count = 0;
beforeAll(async () => {
  cockpit = await openCockpit();
});
afterAll(() => cockpit.close());

async function shop(facts: Partial<RepositoryFacts> = {}): Promise<RepositoryFacts> {
  count += 1;
  return await cockpit.repository(`acme/shop-${count}`, facts);
}

async function pageOf(
  repository: RepositoryFacts,
  { query = "", right = "write" }: { query?: string; right?: "read" | "write" | "admin" } = {},
): Promise<string> {
  const cookie = await cockpit.signIn("octocat", [[repository, right]]);
  const answer = await cockpit.get(`/${repository.owner}/${repository.name}${query}`, cookie);
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expectCleanPage(page);
  return page;
}

const LACKING = {
  changeSet: known(
    buildChangeSet({
      commits: [
        buildCommit("one", "PLAY-1: Charge in the currency of the venue", "hubot"),
        buildCommit("two", "PLAY-1: Round it", "monalisa"),
        buildCommit("cache", "Tune cache headers", "monalisa"),
        buildCommit("fine", "PLAY-2: Retry webhooks", "octocat"),
        buildCommit("checkout", "PLAY-3: New checkout", "monalisa"),
        buildCommit(
          "back",
          `Revert "PLAY-3: New checkout"\n\nThis reverts commit ${sha("checkout")}.`,
          "hubot",
        ),
      ],
      pullRequests: new Map([[sha("one"), [buildPullRequest({ number: 4790, title: "PLAY-1: Charge" })]]]),
    }),
  ),
  tickets: answers({
    "PLAY-1": buildTicket("PLAY-1", {
      summary: "Charge in the currency of the venue",
      status: { name: "In review", category: "indeterminate" },
      values: { "Risk assessment": { state: "empty" } },
    }),
    "PLAY-2": buildTicket("PLAY-2", { summary: "Retry webhooks with back-off" }),
  }),
};

describe("a deploy that is held", () => {
  test("says so, every reason with who can do what, and where it is done", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, LACKING);
    await cockpit.db.database.transaction(async (transaction) => {
      for (const one of [sha("before"), BASE]) {
        await noteDeploy(transaction, repository.id, {
          environment: "production",
          sha: one,
          by: null,
          at: new Date("2026-11-20T16:20:00Z"),
        });
      }
    });
    const page = await pageOf(repository);
    const gate = partOf(page, "gate");
    expect(gate).toContain("Deploys to production are held");
    expect(gate).toContain(
      `6 commits wait on main · production is ${BASE.slice(0, 7)}, live since yesterday 16:20 UTC · checked just now`,
    );
    expect(gate).toContain(
      "1 ticket lacks “Risk assessment”: PLAY-1 Anybody with write access can fill it in here; in Jira, anybody who may edit the ticket. Admins can override it. Mend",
    );
    expect(gate).toContain(
      `1 commit without ticket: ${sha("cache").slice(0, 7)} “Tune cache headers” by monalisa. Anybody with write access can attach one here`,
    );
    expect(page).toContain('href="#ticket-PLAY-1"'.replace("#", `/acme/${repository.name}#`));
    expect(page).toContain(`href="/acme/${repository.name}#commit-${sha("cache")}"`);
  });

  test("lists what it contains, discrepancies first, what goes out as nothing last", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, LACKING);
    const page = await pageOf(repository, { right: "read" });
    const contents = partOf(page, "contents");
    expect(contents).toContain(
      "What this deploy contains 2 tickets · 6 commits · 3 authors · discrepancies first",
    );
    const places = ["ticket-PLAY-1", `commit-${sha("cache")}`, "ticket-PLAY-2", "ticket-PLAY-3"].map((id) =>
      page.indexOf(`id="${id}"`),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(contents).toContain("PLAY-1 In review Charge in the currency of the venue 2 commits");
    expect(contents).toContain("#4790 · hubot, monalisa");
    expect(contents).toContain("Lacks “Risk assessment” “In review” may not go out");
    expect(contents).toContain(`Tune cache headers monalisa · carries no ticket`);
    expect(contents).toContain("PLAY-2 Ready to deploy Retry webhooks with back-off");
    expect(contents).toContain("Risk assessment low");
    expect(contents).toContain(`reverted by ${sha("back").slice(0, 7)}: goes out as nothing`);
    expect(contents).toContain("2 commits need no ticket");
    expect(contents).toContain("1 commit takes work back");
  });

  test("shows those who only read no form of any row", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, LACKING);
    const page = await pageOf(repository, { right: "read" });
    expect(page).not.toMatch(/id="(?:mend|attach)-/);
    expect(wordsOf(page)).toContain("Mending takes write access to this repository.");
    const theirs = await pageOf(repository);
    expect(theirs).toContain('id="mend-PLAY-1"');
    expect(theirs).toContain(`id="attach-${sha("cache")}"`);
  });

  test("because of a halt says by whom, since when, and who can end it", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository);
    await cockpit.db.database.query(
      `insert into holdpoint.halt (repository_id, source, issue_number, by_id, by_login, because, began_at)
       values ($1, 'comment:1', 4, 9, 'monalisa', 'payments are failing', $2)`,
      [repository.id, new Date("2026-11-21T09:00:00Z")],
    );
    expect(partOf(await pageOf(repository), "gate")).toContain(
      "Halted by monalisa: payments are failing Since 09:00 UTC. monalisa or admins can end it below. Open issue",
    );
  });

  test("because of what is live and would be taken away lists it", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, {
      changeSet: known(
        buildChangeSet({ relation: "diverged", lost: [buildCommit("hotfix", "PLAY-9: Hotfix", "hubot")] }),
      ),
    });
    const page = await pageOf(repository);
    expect(partOf(page, "lost")).toContain(
      `1 commit would be taken away from production They are live, and not in what would go out. ${sha("hotfix").slice(0, 7)} PLAY-9: Hotfix by hubot`,
    );
    expect(page).toContain(`href="/acme/${repository.name}#lost"`);
  });
});

describe("the CI of the head", () => {
  test("has every required check, what is not green first", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, {
      policyText: `${POLICY}required_checks: [{ workflow: ci.yml, job: "*" }, { status: ci/build }]\n`,
      checks: known([
        buildCheck(),
        buildCheck({ name: "slow", state: "running", said: "in_progress" }),
        buildCheck({ name: "broken", state: "failure", said: "timed_out", url: "https://ci.example/1" }),
      ]),
    });
    const page = await pageOf(repository);
    expect(partOf(page, "checks")).toMatch(
      /CI of the head \w{7} ci\/build no result yet broken timed out slow in progress unit success/,
    );
    expect(page).toContain('<a href="https://ci.example/1">broken</a>');
  });
});

describe("a gate that is open although something would hold it", () => {
  test("under a policy that observes says what it would hold", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, { ...LACKING, policyText: `mode: observe\n${POLICY}` });
    const page = await pageOf(repository);
    expect(partOf(page, "gate")).toContain("Deploys to production are open, and would be held");
    expect(partOf(page, "gate")).toContain("The policy only observes");
    expect(page).toContain("hp-gate-panel-doubtful");
    expect(page).not.toContain("hp-reason-danger");
  });

  test("under on_unknown: allow says that nobody verified it", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, {
      policyText: `on_unknown: allow\n${POLICY}`,
      tickets: answers({ "PLAY-1": unread("jira-timeout") }),
    });
    const page = await pageOf(repository);
    expect(partOf(page, "gate")).toContain("Deploys to production are open, unverified");
    expect(partOf(page, "gate")).toContain("The policy lets out what could not be verified.");
    expect(page).toContain("hp-gate-panel-doubtful");
  });
});

describe("what is not from now", () => {
  test("because Jira is silent says from when it is, and marks nothing as fine", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository);
    cockpit.pass(6 * 60_000);
    await keepDeploy(cockpit, repository, { tickets: answers({ "PLAY-1": unread("jira-timeout") }) });
    const page = await pageOf(repository);
    const words = wordsOf(page);
    expect(words).toContain(
      "Jira is not answering: what you see of tickets is from 12:00 UTC That was 6 min ago. Jira did not answer in time.",
    );
    expect(partOf(page, "contents")).toContain("Summary of PLAY-1");
    expect(page.slice(page.indexOf('id="ticket-PLAY-1"'))).not.toMatch(/hp-mark-pass|hp-pill-success/);
    expect(partOf(page, "gate")).toContain("Whether production may be deployed is not known");
  });

  test("because GitHub is silent says from when it is", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository);
    await cockpit.db.database.transaction((transaction) =>
      saveDeployContents(transaction, repository.id, [
        { state: "unread", environment: "production", because: "github-unreachable" },
      ]),
    );
    const page = await pageOf(repository);
    expect(wordsOf(page)).toContain(
      "GitHub is not answering: what you see is from 12:06 UTC That was just now. GitHub did not answer.",
    );
    expect(page.slice(page.indexOf('id="ticket-PLAY-1"'))).not.toContain("hp-mark-pass");
  });

  test("for a quarter of an hour is not known any more, unless everything was compared since", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository);
    const OPEN = "Deploys to production are open";
    cockpit.pass(15 * 60_000);
    expect(partOf(await pageOf(repository), "gate")).toContain(OPEN);
    cockpit.pass(1_000);
    const stale = partOf(await pageOf(repository), "gate");
    expect(stale).toContain("Whether production may be deployed is not known");
    expect(stale).toContain(
      "What is known was not confirmed any more Since 12:06 UTC. Holdpoint asks GitHub again by itself",
    );
    await markReconciled(cockpit.db.database, repository.id, cockpit.now());
    expect(partOf(await pageOf(repository), "gate")).toContain(OPEN);
  });
});

describe("the other states of a repository", () => {
  test("never looked at: it is being read, and appears by itself", async () => {
    const repository = await shop();
    await keepPolicy(cockpit, repository, POLICY);
    const page = await pageOf(repository);
    expect(partOf(page, "contents")).toContain("Holdpoint is reading this repository");
    expect(partOf(page, "gate")).toContain("Nothing was looked at here yet");
    expect(page).toContain(`data-live="/-/live?repository=${repository.id}"`);
  });

  test("nothing waits: the environment runs the head of the branch", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, {
      changeSet: known(buildChangeSet({ relation: "identical", commits: [] })),
      tickets: answers({}),
    });
    const page = await pageOf(repository);
    expect(partOf(page, "contents")).toContain(
      "Nothing waits for production production runs the head of main.",
    );
    expect(partOf(page, "gate")).toContain("Deploys to production are open Nothing waits on main");
  });

  test("a first deployment: what is listed holds nothing", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, {
      base: missing(),
      changeSet: known(buildChangeSet({ base: null })),
    });
    const page = await pageOf(repository);
    expect(wordsOf(page)).toContain("This would be the first deployment to production");
    expect(page).not.toContain("hp-mark-pass");
  });

  test("no environments: holds alone decide", async () => {
    const repository = await shop();
    await keepPolicy(cockpit, repository, "tickets: { projects: [PLAY] }\n");
    expect(partOf(await pageOf(repository), "contents")).toContain("Holds alone decide here");
  });

  test("Jira is not asked: nothing is ticked", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository, { tickets: { state: "off", because: "no-settings" } });
    const page = await pageOf(repository);
    expect(wordsOf(page)).toContain("Jira is not asked Holdpoint has no Jira settings");
    const row = page.slice(page.indexOf('id="ticket-PLAY-1"'), page.indexOf("hp-column-side"));
    expect(wordsOf(row)).toContain("Not asked PLAY-1: Speak French");
    expect(row).not.toContain("hp-mark-pass");
  });

  test("what is live is not known: that is said where the list would be", async () => {
    const repository = await shop();
    const gone = unread("branch-not-found");
    await keepDeploy(cockpit, repository, { base: gone, changeSet: gone });
    expect(partOf(await pageOf(repository), "contents")).toContain(
      "What a deploy contains is not known What is live there is not known: the branch does not exist.",
    );
  });

  test("a policy that cannot be used: its problems with line and column, and where to mend them", async () => {
    const repository = await shop();
    const problem = {
      line: 3,
      column: 5,
      path: "deploy.enviroments",
      message: "“enviroments” is no key here",
    };
    await notePolicyProblems(cockpit.db.database, repository.id, "invalid", [problem], cockpit.now());
    const page = await pageOf(repository);
    expect(wordsOf(page)).toContain(
      "The policy cannot be used Nothing is checked until it can be: a mended file takes effect as soon as it is on the default branch. line 3, column 5 deploy.enviroments: “enviroments” is no key here Edit at GitHub",
    );
    const file = `https://github.com/acme/${repository.name}`;
    expect(page).toContain(`href="${file}/blob/main/.github/holdpoint.yml#L3"`);
    expect(page).toContain(`href="${file}/edit/main/.github/holdpoint.yml"`);
  });

  test("a newer policy that is not in force: the last good one is, and what is wrong is said", async () => {
    const repository = await shop();
    await keepDeploy(cockpit, repository);
    const problem = { line: 1, column: 1, path: "mode", message: "“strict” is no mode" };
    await notePolicyProblems(cockpit.db.database, repository.id, "invalid", [problem], cockpit.now());
    expect(wordsOf(await pageOf(repository))).toContain(
      "The newest policy is not in force: it has problems The last good one stays in force until this is mended. line 1, column 1 mode: “strict” is no mode",
    );
  });

  test("an archived repository: nothing is done for it", async () => {
    const repository = await shop({ archived: true });
    expect(wordsOf(await pageOf(repository))).toContain("This repository is archived");
  });
});

describe("environments", () => {
  test("are tabs with their signs; one that the policy does not name is not found", async () => {
    const repository = await shop();
    const policyText = POLICY.replace(
      "production: {",
      "staging: { base: { branch: staging } }, production: {",
    );
    await keepDeploy(cockpit, repository, { policyText, environment: "production" });
    const page = await pageOf(repository, { query: "?environment=PRODUCTION" });
    expect(wordsOf(page)).toContain("staging Unknown production Open");
    expect(page).toContain(`href="/acme/${repository.name}?environment=staging"`);
    expect(partOf(page, "gate")).toContain("Deploys to production are open");
    const cookie = await cockpit.signIn("hubot", [[repository, "read"]]);
    const path = `/acme/${repository.name}?environment=nowhere`;
    expect((await cockpit.get(path, cookie)).status).toBe(404);
  });
});

describe("tickets' texts", () => {
  test("of a public repository are for those who may write to it", async () => {
    const repository = await shop({ private: false });
    await keepDeploy(cockpit, repository, {
      tickets: answers({
        "PLAY-1": buildTicket("PLAY-1", {
          summary: "Salaries",
          status: { name: "Secret review", category: "new" },
        }),
      }),
    });
    const stranger = await pageOf(repository, { right: "read" });
    expect(stranger).not.toMatch(/Salaries|Secret review|atlassian/);
    expect(partOf(stranger, "contents")).toContain("PLAY-1 Does not pass");
    expect(await pageOf(repository, { right: "read", query: "?q=salaries" })).not.toContain(
      'id="ticket-PLAY-1"',
    );
    expect(partOf(await pageOf(repository), "contents")).toContain("PLAY-1 Secret review Salaries");
  });

  test("of a ticket that is in another project now are shown to nobody", async () => {
    const repository = await shop();
    const moved = buildTicket("PLAY-1", { key: key("HR-5"), summary: "Salaries" });
    await keepDeploy(cockpit, repository, { tickets: answers({ "PLAY-1": moved }) });
    const page = await pageOf(repository, { right: "admin" });
    expect(page).not.toContain("Salaries");
    expect(partOf(page, "contents")).toContain(
      "It is HR-5 in Jira now, of a project that is not this repository's",
    );
  });
});

describe("a thousand commits", () => {
  let repository: RepositoryFacts;
  beforeAll(async () => {
    repository = await shop();
    await keepDeploy(cockpit, repository, buildMany(1_000));
  });

  function rowsOf(page: string): readonly string[] {
    return [...page.matchAll(/id="ticket-(PLAY-\d+)"/g)].map(([, name = ""]) => name);
  }

  test("are shown a hundred at a time, those that hold first", async () => {
    const page = await pageOf(repository);
    expect(rowsOf(page)).toHaveLength(100);
    expect(rowsOf(page)[0]).toBe("PLAY-1");
    expect(partOf(page, "contents")).toContain("1 to 100 of 1000 Show the next 100");
    expect(page).toContain(`href="/acme/${repository.name}?from=100"`);
  });

  test("the next hundred stands alone, or with scripts below the first", async () => {
    const next = await pageOf(repository, { query: "?from=100" });
    expect([rowsOf(next).length, rowsOf(next)[0]]).toEqual([100, "PLAY-101"]);
    expect(partOf(next, "contents")).toContain("101 to 200 of 1000 Back to the first Show the next 100");
    const both = await pageOf(repository, { query: "?until=200" });
    expect([rowsOf(both).length, rowsOf(both)[0]]).toEqual([200, "PLAY-1"]);
    const last = await pageOf(repository, { query: "?from=950" });
    expect([rowsOf(last).length, partOf(last, "contents").includes("Show the next")]).toEqual([50, false]);
    expect(rowsOf(await pageOf(repository, { query: "?until=1000000" }))).toHaveLength(1_000);
  });

  test.each([
    ["play-77", ["PLAY-77", "PLAY-770"]],
    ["number 999 of", ["PLAY-999"]],
    ["dev-39", ["PLAY-40", "PLAY-80"]],
  ])("are searched by %s", async (query, found) => {
    const page = await pageOf(repository, { query: `?q=${encodeURIComponent(query)}` });
    expect(rowsOf(page).slice(0, 2)).toEqual(found);
  });

  test("in which nothing is found say so, with the way back", async () => {
    const page = await pageOf(repository, { query: `?q=${encodeURIComponent('"><b>x')}` });
    expect(partOf(page, "contents")).toContain(
      'Nothing of this deploy matches No ticket, summary, author or commit has “"><b>x” in it. Show all of it',
    );
  });

  test.each(["?from=-1", "?from=abc", "?from=1e9", "?until=0", "?request=abc", `?q=${"x".repeat(5_000)}`])(
    "are there whatever the address says: %s",
    async (query) => {
      expect(await pageOf(repository, { query })).toContain('id="contents"');
    },
  );
});
