import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFERRED_POLICY, type LongJob, openLongJob } from "./long-job.ts";
import { openShop, type Shop } from "./shop.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const CHANNEL = "C0DEPLOYS";
const MONALISA = "D012MONA1";
const HUBOT = "D012HUBO1";

const POLICY = `${DEFERRED_POLICY}notify:
  slack: { channel: "#deploys", people: { MonaLisa: U012MONA1 } }
`;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await shop.box.github.control.createUser({ login: "hubot", email: "hubot@example.com" });
});
afterEach(() => {
  shop.box.github.tellTheTruth();
  shop.box.slack.tellTheTruth();
});
afterAll(() => shop.close());

/** What was said about the repository in a channel: its text, and whether in a thread. */
function said(repo: LongJob, channel = CHANNEL): readonly (readonly [string, string])[] {
  return ownMessages(repo)
    .filter((message) => message.channel === channel)
    .map(({ text, threadTs }) => [threadTs === null ? "channel" : "thread", firstWords(text)]);
}

function ownMessages({ id }: LongJob) {
  return shop.box.slack
    .messages()
    .filter(({ metadata }) => String(metadata?.event_payload["key"]).startsWith(`${id}:`));
}

/** What is in bold, with which each of them begins. */
function firstWords(text: string): string {
  return /^\*[^*]*\*/.exec(text)?.[0] ?? text;
}

/** A pull request of monalisa's breaks the long job. */
async function turnRed(repo: LongJob): Promise<string> {
  await repo.run("success");
  // GitHub tells times in whole seconds: what is red in the second in which the watch began was red before.
  shop.pass(MINUTE);
  const { number } = await repo.open({ title: "Round prices", author: "monalisa" });
  const { sha } = await shop.box.github.control.mergePullRequest({
    repository: repo.name,
    number,
    method: "squash",
    by: "monalisa",
  });
  await shop.quiet();
  await repo.run("failure", sha);
  await shop.tick("deadlines");
  return sha;
}

describe("Slack", () => {
  test("is told at the opening, in the channel and in person, and then in one thread", async () => {
    const repo = await openLongJob(shop, POLICY);
    const red = await turnRed(repo);
    expect(said(repo)).toEqual([["channel", "*“integration (a)” is red on main*"]]);
    expect(said(repo, MONALISA)).toEqual([["channel", "*“integration (a)” is red on main*"]]);
    // By the e-mail address that GitHub shows: the policy does not name him.
    expect(said(repo, HUBOT)).toEqual([["channel", "*“integration (a)” is red on main*"]]);
    for (const left of [24, 4, 0]) {
      const [one] = await repo.cases();
      const due = one?.deadline?.getTime() ?? 0;
      shop.pass(due - left * HOUR - shop.now().getTime());
      await shop.tick("deadlines");
    }
    await repo.run("success", await repo.commit("Round prices down"));
    expect(said(repo)).toEqual([
      ["channel", "*“integration (a)” is red on main*"],
      ["thread", "*24 hours left*"],
      ["thread", "*4 hours left*"],
      ["thread", "*Deploys to all environments are halted*"],
      ["thread", "*Over*"],
    ]);
    const threads = new Set(
      ownMessages(repo).flatMap(({ threadTs }) => (threadTs === null ? [] : [threadTs])),
    );
    expect([...threads]).toEqual([ownMessages(repo).find(({ channel }) => channel === CHANNEL)?.ts]);
    expect(red).toMatch(/^[0-9a-f]{40}$/);
  });

  test("being down delays messages and nothing else", async () => {
    const repo = await openLongJob(shop, POLICY);
    shop.box.slack.lie({ error: "unavailable" });
    const red = await turnRed(repo);
    expect(await repo.issues()).toMatchObject([{ state: "open" }]);
    expect(await repo.cases()).toMatchObject([{ warned: true }]);
    shop.pass(50 * HOUR);
    await shop.tick("deadlines");
    shop.pass(23 * HOUR);
    await shop.tick("deadlines");
    expect(await repo.cases()).toMatchObject([{ state: "expired" }]);
    expect((await repo.status(red, "holdpoint/gate"))?.state).toBe("failure");
    expect(ownMessages(repo)).toEqual([]);
    shop.box.slack.tellTheTruth();
    await shop.tryAgain();
    await shop.tryAgain();
    expect(said(repo)).toEqual([
      ["channel", "*“integration (a)” is red on main*"],
      ["thread", "*22 hours left*"],
      ["thread", "*Deploys to all environments are halted*"],
    ]);
  });

  test("whose token was revoked is told everything when somebody has set a good one", async () => {
    const repo = await openLongJob(shop, POLICY);
    shop.box.slack.lie({ error: "token_revoked" });
    await turnRed(repo);
    expect(await repo.issues()).toMatchObject([{ state: "open" }]);
    expect(ownMessages(repo)).toEqual([]);
    shop.box.slack.tellTheTruth();
    await shop.reconcile();
    expect(said(repo)).toEqual([["channel", "*“integration (a)” is red on main*"]]);
    expect([said(repo, MONALISA).length, said(repo, HUBOT).length]).toEqual([1, 1]);
  });

  test("that hears and does not answer is told nothing twice", async () => {
    const repo = await openLongJob(shop, POLICY);
    shop.box.slack.lie({ error: "unanswered", method: "chat.postMessage", times: 3 });
    await turnRed(repo);
    await shop.tryAgain();
    await shop.tryAgain();
    expect(said(repo)).toEqual([["channel", "*“integration (a)” is red on main*"]]);
    expect(said(repo, MONALISA).length).toBe(1);
    expect(said(repo, HUBOT).length).toBe(1);
    const undone = await shop.db.database.query(
      "select target from holdpoint.effect where kind = 'slack' and repository_id = $1 and done_revision < revision",
      [repo.id],
    );
    expect(undone).toEqual([]);
  });

  test("that cannot be posted to says so in the effect's row, and the issue is opened all the same", async () => {
    const repo = await openLongJob(shop, POLICY.replace("#deploys", "#private"));
    await turnRed(repo);
    expect(await repo.issues()).toMatchObject([{ state: "open" }]);
    const answers = await shop.db.database.query<{ last_answer: string | null }>(
      `select last_answer from holdpoint.effect
        where kind = 'slack' and repository_id = $1 and desired->'to'->>'kind' = 'channel'`,
      [repo.id],
    );
    expect(answers).toEqual([
      {
        last_answer:
          "Slack answered not_in_channel: Holdpoint's bot is not in the channel: say /invite @holdpoint there",
      },
    ]);
    expect(said(repo, MONALISA).length).toBe(1);
  });

  test("REL-75: names and titles by strangers mention nobody, link nowhere, and stand there as they are", async () => {
    const repo = await openLongJob(shop, POLICY.replace('job: "integration *"', 'job: "*"'));
    await repo.run("success");
    shop.pass(MINUTE);
    const title = "<!channel> <https://evil|good> &lt;!here&gt;";
    const { number } = await repo.open({ title, author: "monalisa" });
    const { sha } = await shop.box.github.control.mergePullRequest({
      repository: repo.name,
      number,
      method: "squash",
      by: "monalisa",
    });
    await repo.run("failure", sha, ["<@U1> & <!subteam^S1>"]);
    const texts = ownMessages(repo).map(({ text }) => text);
    expect(texts.length).toBe(3);
    for (const text of texts) {
      expect(text).toContain("&lt;@U1&gt; &amp; &lt;!subteam^S1&gt;");
      expect(text).toContain("&lt;!channel&gt; &lt;https://evil|good&gt; &amp;lt;!here&amp;gt;");
      const signs = [...text.matchAll(/<([^<>|]*)(?:\|[^<>]*)?>/g)].map(([, target]) => target ?? "");
      const links = [`https://github.com/${repo.name}/`, `${shop.box.githubUrl}/${repo.name}/`];
      const foreign = signs.filter((target) => !links.some((link) => target.startsWith(link)));
      expect(foreign.filter((target) => target !== "@U012MONA1")).toEqual([]);
    }
  });
});

test("without a token there is no chat, and everything else works", async () => {
  const silent = await openShop({ environment: { SLACK_BOT_TOKEN: "" } });
  try {
    const repo = await openLongJob(silent, POLICY);
    await repo.run("success");
    await repo.run("failure", await repo.commit("Round prices", { author: "monalisa" }));
    expect(await repo.issues()).toMatchObject([{ state: "open" }]);
    expect(silent.box.slack.calls()).toEqual([]);
    const rows = await silent.db.database.query<{ done: boolean; answer: string | null }>(
      "select done_revision >= revision as done, last_answer as answer from holdpoint.effect where kind = 'slack' and repository_id = $1",
      [repo.id],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toEqual({
        done: true,
        answer: "not sent: Slack is not set up (SLACK_BOT_TOKEN is not set)",
      });
    }
  } finally {
    await silent.close();
  }
});
