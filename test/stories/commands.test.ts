import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HELP = [
  "Holdpoint understands, alone at the start of a line, outside quotations and code:",
  "",
  "- `/holdpoint status`: what the answer is, and why",
  "- `/holdpoint check`: read everything again and decide again (write access)",
  "- `/holdpoint override [CHECK] 24h [in ENV] because …`: lift what holds, on a compliance issue its expired checks, on a pull request or a halt's issue all of it (whom the policy allows)",
  "- `/holdpoint extend 12h because …`: a later deadline, on a compliance issue (whom the policy allows)",
  "- `/holdpoint resolve because …`: close a check that says nothing any more (whom the policy allows)",
  "- `/holdpoint halt [ENV] because …`: stop deploys (write access)",
  "- `/holdpoint resume because …`: end a halt (who halted, or whom the policy allows)",
  "- `/holdpoint rollback SHA [in ENV] because …`: let what was live before out again for one hour (write access)",
  "- `/holdpoint accept-policy`: let open cases and halts stand on a looser policy (whom the policy allows)",
  "- `/holdpoint help`: this",
].join("\n");
const ASKED = "Looking again; the statuses follow in a moment.";
const REFUSED =
  "Looking again needs write access to this repository. Ask somebody who has it to comment `/holdpoint check`.";

/** Something changed in Jira that Holdpoint was not told of. */
function mendUnheard(key: string): void {
  shop.box.jira.setWebhook({ url: "http://127.0.0.1:9/nobody", secret: null });
  shop.box.jira.editIssue(key, { fields: { "Risk assessment": "low" } });
  shop.box.connect(shop.holdpoint().url);
}

async function heldBy(): Promise<{
  readonly repo: Repo;
  readonly key: string;
  readonly sha: string;
}> {
  const repo = await shop.repository();
  const key = shop.ticket({ risk: "" });
  const sha = await repo.commit(`${key}: Charge in euros`);
  expect((await repo.preDeploy(sha))?.state).toBe("failure");
  return { repo, key, sha };
}

async function issueIn(repo: Repo): Promise<number> {
  const { number } = await shop.box.github.control.openIssue({ repository: repo.name, title: "Anything" });
  return number;
}

describe("looking again", () => {
  test("by the button", async () => {
    const { repo, key, sha } = await heldBy();
    mendUnheard(key);
    await repo.pressCheckAgain(sha);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "success",
      description: "production: 1 commit, 1 ticket",
    });
  });

  test("by the button of a pull request", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    const { head } = await repo.open({ title: `${key}: Charge in euros` });
    mendUnheard(key);
    await repo.pressCheckAgain(head);
    expect(await repo.tickets(head)).toEqual({ state: "success", description: `1 ticket: ${key}` });
  });

  test("by “Re-run” of the check run", async () => {
    const { repo, key, sha } = await heldBy();
    mendUnheard(key);
    const run = await repo.report(sha);
    await shop.box.github.control.rerequestCheckRun({ repository: repo.name, checkRun: run?.id ?? 0 });
    await shop.quiet();
    expect((await repo.preDeploy(sha))?.state).toBe("success");
    expect((await repo.report(sha))?.conclusion).toBe("success");
  });

  test("by a comment on an issue, for the deploy", async () => {
    const { repo, key, sha } = await heldBy();
    mendUnheard(key);
    const issue = await issueIn(repo);
    await repo.comment(issue, "/holdpoint check");
    expect((await repo.preDeploy(sha))?.state).toBe("success");
    expect(await repo.answers(issue)).toEqual([ASKED]);
  });

  test("by a comment on a pull request, for its tickets", async () => {
    const repo = await shop.repository();
    const key = shop.ticket({ risk: "" });
    const { head, number } = await repo.open({ title: `${key}: Charge in euros` });
    mendUnheard(key);
    await repo.comment(number, "/holdpoint check");
    expect((await repo.tickets(head))?.state).toBe("success");
    expect(await repo.answers(number)).toEqual([ASKED]);
  });
});

describe("who may ask", () => {
  test.each([
    ["admin", ASKED],
    ["maintain", ASKED],
    ["write", ASKED],
    ["triage", REFUSED],
    ["read", REFUSED],
  ] as const)("somebody with the role %s", async (role, answer) => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    await shop.box.github.control.setPermission({ repository: repo.name, login: "monalisa", role });
    await repo.comment(issue, "/holdpoint check", "monalisa");
    expect(await repo.answers(issue)).toEqual([answer]);
  });

  test("nobody by a comment that a bot wrote", async () => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    await repo.comment(issue, "/holdpoint check", "github-actions[bot]");
    expect(await repo.answers(issue)).toEqual([]);
  });

  test("nobody by a comment that was edited before it was read", async () => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    const { control } = shop.box.github;
    shop.box.github.lie({ kind: "delivery-after-the-next", event: "issue_comment", times: 1 });
    const { id } = await control.comment({
      repository: repo.name,
      number: issue,
      body: "/holdpoint check",
      by: "octocat",
    });
    shop.pass(2_000);
    await control.editComment({
      repository: repo.name,
      id,
      body: "/holdpoint check\n\nplease",
      by: "monalisa",
    });
    await shop.quiet();
    expect(await repo.answers(issue)).toEqual([]);
  });

  test("nobody by editing a comment into a command", async () => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    const id = await repo.comment(issue, "Is it green?");
    shop.pass(2_000);
    await shop.box.github.control.editComment({ repository: repo.name, id, body: "/holdpoint check" });
    await shop.quiet();
    expect(await repo.answers(issue)).toEqual([]);
  });

  test("somebody whose rights were taken away a moment ago is refused", async () => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    const { control } = shop.box.github;
    await control.setPermission({ repository: repo.name, login: "monalisa", role: "write" });
    await repo.comment(issue, "/holdpoint check", "monalisa");
    await control.setPermission({ repository: repo.name, login: "monalisa", role: "read" });
    await repo.comment(issue, "/holdpoint check", "monalisa");
    expect(await repo.answers(issue)).toEqual([ASKED, REFUSED]);
  });
});

describe("what is understood", () => {
  test.each<readonly [claim: string, body: string, answers: readonly string[]]>([
    ["help", "/holdpoint help", [HELP]],
    [
      "an unknown word, named",
      "/holdpoint deploy @everybody",
      ["Holdpoint knows no command `deploy`. `/holdpoint help` lists them."],
    ],
    [
      "what is not complete, with what is missing",
      "/holdpoint halt",
      ["`/holdpoint halt` needs a reason: end the line with `because …`."],
    ],
    ["not what is quoted", "> /holdpoint check\n\nDid that help?", []],
    ["not what stands in a fence", "```\n/holdpoint check\n```", []],
    ["not what stands in indented code", "Try:\n\n    /holdpoint check", []],
    ["not what stands in the middle of a line", "Try /holdpoint check", []],
    ["not what stands in a comment that nobody sees", "<!--\n/holdpoint check\n-->", []],
    ["not a word that only begins like it", "/holdpointcheck", []],
  ])("%s", async (_, body, answers) => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    await repo.comment(issue, body);
    expect(await repo.answers(issue)).toEqual(answers);
  });

  test("what the answer is, and why", async () => {
    const { repo, key, sha } = await heldBy();
    const issue = await issueIn(repo);
    await repo.comment(issue, "/holdpoint status");
    const [answer] = await repo.answers(issue);
    expect(answer?.replace(/`[0-9-]{10} [0-9:]{5} UTC`/, "`NOW`")).toBe(
      [
        `**Held: 1 problem.** \`${sha.slice(0, 7)}\` to \`production\`, looked at \`NOW\`.`,
        "",
        `- 1 ticket lacks “Risk assessment”: \`${key}\``,
        "",
        "The whole report is that commit's check run `Holdpoint`; `/holdpoint check` reads everything again.",
      ].join("\n"),
    );
  });

  test("each command once, however often its delivery comes", async () => {
    const repo = await shop.repository();
    const issue = await issueIn(repo);
    await repo.comment(issue, "/holdpoint help");
    const told = shop.box.github.deliveries.list().find(({ event }) => event === "issue_comment");
    if (told === undefined) throw new Error("the comment was told");
    await shop.deliverAgain(told);
    await shop.deliverAgain(told, told.guid);
    expect(await repo.answers(issue)).toEqual([HELP]);
  });
});

test("where there is no policy, no command is answered", async () => {
  const repo = await shop.repository({ policy: null });
  const issue = await issueIn(repo);
  await repo.comment(issue, "/holdpoint help");
  expect(repo.posts()).toEqual([]);
});
