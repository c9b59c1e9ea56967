import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decideGate } from "../../../src/domain/gate/decide-gate.ts";
import type { GateFacts } from "../../../src/domain/gate/gate.ts";
import type { CommitSha, Reading, RepositoryFacts } from "../../../src/domain/model.ts";
import type { GateQuestion } from "../../../src/snapshot/take-gate-facts.ts";
import { storePolicy } from "../../../src/store/policy.ts";
import { answers, buildTicket, key, known, sha } from "../../domain/build-snapshot.ts";
import {
  buildGateFacts,
  buildGatePolicy,
  buildHalt,
  buildJudgement,
  buildOverride,
  expired,
  finding,
  lifting,
  verdictOf,
} from "../../domain/gate/build-gate-facts.ts";
import { HOSTILE } from "../../domain/escape/hostile-text.ts";
import { gitHubWith } from "../github-with.ts";
import { keepDeploy } from "../repository/build-deploy.ts";
import { textOf } from "../text-of.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit } from "../open-cockpit.ts";

const HEAD = sha("head");
const POLICY = `deploy:
  environments:
    production: { base: { branch: production } }
    staging: { base: { deployment: staging } }
`;

let cockpit: OpenCockpit;
let shop: RepositoryFacts;
let cookie: string;
let facts: GateFacts;
let isKnown: boolean;
let asked: GateQuestion[];
let resolved: Reading<CommitSha>;
let people = 0;

beforeAll(async () => {
  cockpit = await openCockpit({
    gate: {
      async ask(question) {
        asked.push(question);
        if (!isKnown) return { state: "no-such-repository" };
        const answered = { ...facts, repository: shop, sha: question.sha, intent: question.intent };
        return { state: "answered", repository: shop, facts: answered, answer: decideGate(answered) };
      },
    },
    github: gitHubWith({ resolveCommit: async () => resolved }),
  });
  shop = await cockpit.repository();
  const policy = { text: POLICY, sha: "p", organisationText: null, organisationSha: null };
  await storePolicy(cockpit.db.database, shop.id, policy, cockpit.now());
});
afterAll(() => cockpit.close());
beforeEach(async () => {
  facts = buildGateFacts();
  isKnown = true;
  asked = [];
  resolved = { state: "known", value: HEAD };
  people += 1;
  cookie = await cockpit.signIn(`reader-${people}`, [[shop, "read"]]);
});

function why(query: Readonly<Record<string, string>>): Promise<Response> {
  return cockpit.get(`/acme/storefront/why?${new URLSearchParams(query).toString()}`, cookie);
}

async function page(query: Readonly<Record<string, string>>): Promise<string> {
  return (await why(query)).text();
}

const ASKED = { environment: "production", sha: HEAD } as const;
const SHORT = HEAD.slice(0, 7);

describe("the answer", () => {
  test.each<[string, Partial<Parameters<typeof buildGateFacts>[0]>, string]>([
    ["open", {}, `${SHORT} may go to production`],
    ["held", { halts: [buildHalt()] }, `${SHORT} may not go to production`],
    [
      "unknown",
      { policy: null, noPolicy: "none" },
      `Nobody can say yet whether ${SHORT} may go to production`,
    ],
    [
      "open, because it is only observed",
      { policy: buildGatePolicy({ mode: "observe" }), halts: [buildHalt()] },
      `${SHORT} may go to production, because the policy only observes`,
    ],
  ])("%s: is said in one sentence, with the sign beside it", async (_what, changes, headline) => {
    facts = buildGateFacts(changes);
    const answer = await why(ASKED);
    expect(answer.status).toBe(200);
    const text = textOf(await answer.text());
    expect(text).toContain(headline);
    expect(text).toContain("Asked for this page alone: nothing was posted, nothing was decided.");
  });

  test("is asked of the gate once, as it stands in the address", async () => {
    await page({ ...ASKED, environment: "STAGING", intent: "rollback" });
    await page({ sha: HEAD.toUpperCase() });
    expect(asked).toEqual([
      { repository: { id: shop.id }, environment: "STAGING", sha: HEAD, intent: "rollback" },
      { repository: { id: shop.id }, environment: null, sha: HEAD, intent: "deploy" },
    ]);
  });

  test("says since when, until when, and who can do what about every hold and every override", async () => {
    facts = buildGateFacts({
      cases: [expired()],
      halts: [buildHalt()],
      overrides: [buildOverride(lifting("no-ticket"))],
      judged: { verdict: verdictOf(finding("no-ticket", "fail")) },
    });
    const html = await page(ASKED);
    const text = textOf(html);
    expect(text).toContain("integration red on the trunk since 2026-11-18 06:49 UTC (#12)");
    expect(text).toContain("Halted by hubot since 2026-11-21 10:00 UTC (#4): the till is down");
    expect(text).toContain(
      "“no-ticket, in full” lifted by octocat until 2026-11-21 15:00 UTC: the fix is in it",
    );
    expect(text).toContain(
      "since 10:00 UTC · on GitHub hubot or admins can end it: /holdpoint resume because …",
    );
    expect(text).toContain("until 15:00 UTC");
    expect(html).toContain('href="https://github.com/acme/storefront/issues/12"');
  });

  test("shows each rule with its question, and each finding with the values seen; long lists end in a number", async () => {
    const commits = Array.from({ length: 13 }, (_, index) => sha(`commit ${index}`));
    facts = buildGateFacts({
      judged: {
        verdict: {
          ...verdictOf(finding("no-ticket", "fail", { commits })),
          skipped: ["ticket-found"],
        },
      },
    });
    const html = await page(ASKED);
    const text = textOf(html);
    expect(text).toContain("The verdict on what goes out: it fails");
    expect(text).toContain("Does every commit carry a ticket? ticket-present");
    expect(text).toContain("Does Jira know every ticket? ticket-found, not asked here");
    expect(text).toContain("no-ticket, in full");
    expect(text).toContain(
      "Put the ticket's key at the start of the pull request's title; that counts after the merge too.",
    );
    expect(text).toContain("and 3 more");
    expect(html.split("https://github.com/acme/storefront/commit/").length - 1).toBe(11);
  });

  test("can be sent to somebody, and asked the other way", async () => {
    const html = await page(ASKED);
    const path = `/acme/storefront/why?environment=production&amp;sha=${HEAD}`;
    expect(html).toContain(`<a href="${COCKPIT_URL}${path}">Link to this answer</a>`);
    expect(html).toContain(`<a href="${path}&amp;intent=rollback">Ask as a rollback</a>`);
    const back = await page({ ...ASKED, intent: "rollback" });
    expect(back).toContain(`<a href="${path}">Ask as a deploy</a>`);
    expect(textOf(back)).toContain(`${SHORT} may go back to production`);
  });

  test.each<[string, Partial<GateFacts>, string]>([
    [
      "an environment that the policy does not name",
      { environment: "canary" },
      "the policy names no environment “canary”, but “production”, “staging”",
    ],
    [
      "no such commit",
      { judgement: { state: "missing", detail: "" } },
      "there is no such commit in the repository",
    ],
    [
      "GitHub away",
      { judgement: { state: "unknown", because: "github-unreachable", detail: "no answer", retryAt: null } },
      "the facts could not be read: no answer",
    ],
    [
      "a commit of nowhere",
      { judgement: known(buildJudgement({ place: "elsewhere" })) },
      "the commit is not on the deploy branch, and was never live in production",
    ],
  ])("%s is said", async (_what, changes, said) => {
    facts = buildGateFacts(changes);
    expect(textOf(await page(ASKED))).toContain(said);
  });

  test.each(HOSTILE)("REL-74: %s in every message stays text", async (_what, text) => {
    const judged = { verdict: verdictOf(finding("no-ticket", "fail", { message: text })) };
    const halts = [buildHalt({ by: text, because: text, issueUrl: "javascript:alert(1)" })];
    const environment = text.replaceAll(/\p{C}/gu, "").slice(0, 200);
    for (const given of [buildGateFacts({ halts, judged }), buildGateFacts({ environment, judged })]) {
      facts = given;
      const html = await page(ASKED);
      expect(html).not.toMatch(/<b onclick|<img|javascript:|<!--|href="https:\/\/(?:evil|tracker|www)\./);
      expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\0]/);
      expect(html.length).toBeLessThan(60_000);
    }
  });

  test.each(["javascript:alert(1)", "https://evil.example/issues/4", "https://github.com.evil.example/a"])(
    "never leads to %s, whatever the reason says",
    async (issueUrl) => {
      facts = buildGateFacts({ halts: [buildHalt({ issueUrl })] });
      const html = await page(ASKED);
      expect(html).toContain("Halted by hubot");
      expect(html).not.toContain(issueUrl);
    },
  );
});

describe("the commit", () => {
  test("may be written short: the page moves to the address with the whole sha, which can be sent", async () => {
    const answer = await why({ ...ASKED, sha: ` ${SHORT.toUpperCase()} `, intent: "rollback" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(
      `/acme/storefront/why?environment=production&sha=${HEAD}&intent=rollback`,
    );
    expect(asked).toEqual([]);
  });

  test("that nothing, or more than one, begins like is said so, and what was typed stays", async () => {
    resolved = { state: "missing", detail: "" };
    const answer = await why({ ...ASKED, sha: "abc1234" });
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(textOf(html)).toContain(
      "There is no such commit Either no commit of this repository begins with abc1234, or several do. Write more of its sha.",
    );
    expect(html).toContain('value="abc1234"');
  });

  test("that cannot be looked up is told apart from one that is not there", async () => {
    resolved = { state: "unknown", because: "github-unreachable", detail: "", retryAt: null };
    const answer = await why({ ...ASKED, sha: "abc1234" });
    expect(answer.status).toBe(503);
    expect(textOf(await answer.text())).toContain(
      "The commit could not be looked up GitHub did not answer. Ask again in a minute: nothing was decided by this.",
    );
  });

  test.each([
    ["nothing", { sha: "" }, "Which commit? Write at least 7 digits of its sha."],
    ["too little", { sha: "abc123" }, "That is no sha: write 7 to 40 of its hex digits"],
    ["a branch", { sha: "main" }, "That is no sha: write 7 to 40 of its hex digits"],
    ["a path", { sha: "../../user" }, "That is no sha: write 7 to 40 of its hex digits"],
    [
      "too long an environment",
      { sha: HEAD, environment: "e".repeat(256) },
      "That is no name of an environment",
    ],
    [
      "a hidden character",
      { sha: HEAD, environment: "pro\u202Eduction" },
      "That is no name of an environment",
    ],
    ["another intent", { sha: HEAD, intent: "hotfix" }, "neither a deploy nor a rollback"],
  ])("written as %s is refused beside its field, and nobody is asked", async (_what, query, said) => {
    const answer = await why(query);
    expect(answer.status).toBe(400);
    expect(textOf(await answer.text())).toContain(said);
    expect(asked).toEqual([]);
  });

  test("need not be named: there is a form, and what it is for", async () => {
    const text = textOf(await page({}));
    expect(text).toContain("No commit was named yet");
    expect(text).toContain("Asking changes nothing: nothing is posted, nobody is told.");
  });

  test("of the next deploy is offered for each environment", async () => {
    await cockpit.db.database.query(
      `insert into holdpoint.subject (key, repository_id, subject, head) values ($1, $2, '{}', $3)`,
      [`deploy:${shop.id}`, shop.id, HEAD],
    );
    const html = await page({});
    for (const environment of ["production", "staging"]) {
      expect(html).toContain(`/acme/storefront/why?environment=${environment}&amp;sha=${HEAD}`);
    }
  });
});

test("of a repository that is archived there is no gate to ask, and that is said", async () => {
  const old = await cockpit.repository("acme/old", { archived: true });
  const theirs = await cockpit.signIn("archivist", [[old, "read"]]);
  isKnown = false;
  const answer = await cockpit.get(`/acme/old/why?sha=${HEAD}`, theirs);
  expect(answer.status).toBe(409);
  expect(textOf(await answer.text())).toContain(
    "Nothing goes out of this repository It is archived, or Holdpoint may do nothing for it any more, so there is no gate to ask.",
  );
});

test("in a public repository, what tickets say is for those who may write", async () => {
  const open = await cockpit.repository("acme/open", { private: false });
  await keepDeploy(cockpit, open, { tickets: answers({ "PLAY-1": buildTicket("PLAY-1") }) });
  const lacking = finding("field-empty", "fail", { tickets: [key("PLAY-1")] });
  facts = buildGateFacts({ judged: { verdict: verdictOf(lacking) } });
  for (const [right, said, leadsToJira] of [
    ["read", "field-empty, for everybody", false],
    ["write", "field-empty, in full", true],
  ] as const) {
    const theirs = await cockpit.signIn(`public-${right}`, [[open, right]]);
    const page = await (await cockpit.get(`/acme/open/why?sha=${HEAD}`, theirs)).text();
    expect(textOf(page)).toContain(said);
    expect(page.includes("atlassian.net/browse/PLAY-1")).toBe(leadsToJira);
  }
});

test("a person asks 30 times a minute and no more; others are not touched by it", async () => {
  for (let count = 0; count < 30; count += 1) expect((await why(ASKED)).status).toBe(200);
  const answer = await why(ASKED);
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).toBe("60");
  expect(textOf(await answer.text())).toContain(
    "That is a lot of questions in one minute Each of them makes Holdpoint read GitHub, which others need it for, too. Ask again in 60 seconds.",
  );
  expect(asked).toHaveLength(30);
  const other = await cockpit.signIn("somebody-else", [[shop, "read"]]);
  const theirs = await cockpit.get(`/acme/storefront/why?sha=${HEAD}`, other);
  expect(theirs.status).toBe(200);
  cockpit.pass(60_000);
  expect((await why(ASKED)).status).toBe(200);
});

test("REL-76: a repository that is not theirs has no why, and nobody is asked", async () => {
  const stranger = await cockpit.signIn("stranger", []);
  const answer = await cockpit.get(`/acme/storefront/why?sha=${HEAD}`, stranger);
  expect(answer.status).toBe(404);
  expect(asked).toEqual([]);
});
