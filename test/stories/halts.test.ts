import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR, openHeldShop } from "./held-shop.ts";
import { openShop, POLICY, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HALT = "deploy-halt";
const TWO = POLICY.replace("tickets:", "    staging: { base: { branch: production } }\ntickets:");

interface Calm {
  readonly repo: Repo;
  /** The commit that is about to go out. */
  readonly head: string;
  readonly issue: number;
  readonly gate: (context?: string) => Promise<string | null>;
  readonly label: (by: string) => Promise<void>;
  readonly unlabel: (by: string) => Promise<void>;
  readonly setState: (state: "open" | "closed", by: string) => Promise<void>;
  readonly labels: () => Promise<readonly string[]>;
  readonly state: () => Promise<string>;
  readonly said: () => Promise<readonly string[]>;
}

/** Nothing holds, and there is an issue. octocat is an admin, monalisa and hubot may write, mallory may triage. */
async function calm(policy = POLICY): Promise<Calm> {
  const repo = await shop.repository({ policy });
  const head = await repo.commit(`${shop.ticket()}: Charge in euros`);
  const { control } = shop.box.github;
  for (const login of ["monalisa", "hubot"]) {
    await control.setPermission({ repository: repo.name, login, role: "write" });
  }
  await control.setPermission({ repository: repo.name, login: "mallory", role: "triage" });
  const { number: issue } = await control.openIssue({
    repository: repo.name,
    title: "The till",
    labels: ["till"],
  });
  const seen = await shop.spectatorOf("acme");
  const of = { repository: repo.name, number: issue };
  async function look(): Promise<{ readonly labels: readonly string[]; readonly state: string }> {
    const found = (await seen.issues(repo.name, "till")).find(({ number }) => number === issue);
    if (found === undefined) throw new Error("the issue is gone");
    return found;
  }
  return {
    repo,
    head,
    issue,
    gate: async (context = "holdpoint/gate") => (await repo.status(head, context))?.state ?? null,
    async label(by) {
      await control.label({ ...of, label: HALT, by });
      await shop.quiet();
    },
    async unlabel(by) {
      await control.unlabel({ ...of, label: HALT, by });
      await shop.quiet();
    },
    async setState(state, by) {
      await control.editIssue({ ...of, state, by });
      await shop.quiet();
    },
    labels: async () => (await look()).labels,
    state: async () => (await look()).state,
    async said() {
      const comments = await seen.comments(repo.name, issue);
      return comments.flatMap((body) =>
        body.includes("<!-- holdpoint") ? [body.replace(/\n*<!--.*$/s, "")] : [],
      );
    },
  };
}

describe("the label deploy-halt", () => {
  test("of somebody with write access halts at once; who put it on may take it off", async () => {
    const { gate, label, unlabel, said } = await calm();
    expect(await gate()).toBe("success");
    await label("monalisa");
    expect(await gate()).toBe("failure");
    expect(await said()).toEqual([
      "Deploys are halted by `monalisa`. `monalisa` or admins can end that: `/holdpoint resume because …`, or take the label off.",
    ]);
    await unlabel("monalisa");
    expect(await gate()).toBe("success");
    expect((await said()).at(-1)).toBe("The halt is over, ended by `monalisa`.");
  });

  test("of somebody with triage halts nothing and is taken off", async () => {
    const { gate, label, labels, said } = await calm();
    await label("mallory");
    expect(await gate()).toBe("success");
    expect(await labels()).toEqual(["till"]);
    expect(await said()).toEqual([
      "`mallory` put `deploy-halt` on. Halting deploys needs write access to this repository, so the label was taken off and nothing is halted.",
    ]);
  });

  test("taken off by another writer is put back, with one comment; an admin ends it", async () => {
    const { gate, label, unlabel, labels, said } = await calm();
    await label("monalisa");
    await unlabel("hubot");
    await unlabel("hubot");
    expect(await labels()).toContain(HALT);
    expect(await gate()).toBe("failure");
    expect((await said()).slice(1)).toEqual([
      "`deploy-halt` was put back: deploys are still halted. `monalisa` or admins can end that: `/holdpoint resume because …`.",
    ]);
    await unlabel("octocat");
    expect(await gate()).toBe("success");
  });

  test("REL-60: of a bot halts nothing; a bot that takes a person's off ends nothing", async () => {
    const { gate, label, unlabel, labels } = await calm();
    await label("github-actions[bot]");
    expect(await gate()).toBe("success");
    expect(await labels()).toEqual(["till"]);
    await label("monalisa");
    await unlabel("github-actions[bot]");
    expect(await gate()).toBe("failure");
    expect(await labels()).toContain(HALT);
  });

  test.each(["github-actions[bot]", "hubot"])(
    "REL-60: taken off by %s again and again it is put back three times a day; the halt stays without it",
    async (by) => {
      const { gate, label, unlabel, labels, said } = await calm();
      await label("monalisa");
      for (let times = 0; times < 3; times += 1) {
        await unlabel(by);
        expect(await labels()).toContain(HALT);
      }
      await unlabel(by);
      expect(await labels()).toEqual(["till"]);
      expect(await gate()).toBe("failure");
      const leftOff =
        "`deploy-halt` was taken off too often within a day to be put back. Deploys stay held without it: by a check until it is green, by a halt until somebody says `/holdpoint resume because …`.";
      expect((await said()).filter((one) => one === leftOff)).toHaveLength(1);
    },
  );

  test("its issue closed by others is opened again, a few times a day, and the halt stays", async () => {
    const { gate, label, setState, state, said } = await calm();
    await label("monalisa");
    for (let times = 0; times < 3; times += 1) {
      await setState("closed", "hubot");
      expect(await state()).toBe("open");
    }
    await setState("closed", "hubot");
    expect(await state()).toBe("closed");
    expect(await gate()).toBe("failure");
    expect((await said()).slice(1)).toEqual([
      "Opened again: deploys are still halted. `monalisa` or admins can end that: `/holdpoint resume because …`.",
      "Closed too often within a day to be opened again. What it holds stays held: by a check until it is green, by a halt until somebody says `/holdpoint resume because …`.",
    ]);
  });

  test("REL-55: a bot that closes its issue whenever it is opened is not fought for ever; the halt stays", async () => {
    const { gate, label, setState, state } = await calm();
    await label("monalisa");
    for (let times = 0; times < 3; times += 1) {
      await setState("closed", "github-actions[bot]");
      expect(await state()).toBe("open");
    }
    await setState("closed", "github-actions[bot]");
    expect(await state()).toBe("closed");
    expect(await gate()).toBe("failure");
  });

  test("its issue closed by whoever halted ends the halt", async () => {
    const { gate, label, labels, setState, state } = await calm();
    await label("monalisa");
    await setState("closed", "monalisa");
    expect(await gate()).toBe("success");
    expect(await state()).toBe("closed");
    expect(await labels()).toEqual(["till"]);
  });

  test("its issue deleted, or issues switched off, releases nothing; an admin ends it elsewhere", async () => {
    const { repo, gate, label, issue } = await calm();
    const { control } = shop.box.github;
    await label("monalisa");
    await control.deleteIssue({ repository: repo.name, number: issue });
    await shop.quiet();
    expect(await gate()).toBe("failure");
    const { number } = await repo.open({ title: `${shop.ticket()}: Mend the till` });
    await repo.comment(number, "/holdpoint resume because the till is back", "hubot");
    expect(await repo.answers(number)).toEqual([
      "Only `monalisa` or admins can end that: nothing was done. Ask one of them to comment `/holdpoint resume because …`.",
    ]);
    await repo.comment(number, "/holdpoint resume because the till is back");
    expect((await repo.answers(number)).at(-1)).toBe(
      "The halt is over, ended by `octocat`, because: the till is back",
    );
    expect(await gate()).toBe("success");
  });

  test("on a pull request halts, too", async () => {
    const { repo, gate } = await calm();
    const { number } = await repo.open({ title: `${shop.ticket()}: Mend the till` });
    await shop.box.github.control.label({ repository: repo.name, number, label: HALT, by: "monalisa" });
    await shop.quiet();
    expect(await gate()).toBe("failure");
  });
});

describe("the commands", () => {
  test("halt stops deploys and shows the label; resume by an admin ends both", async () => {
    const { repo, issue, gate, labels, said } = await calm();
    await repo.comment(issue, "/holdpoint halt because the till is down", "monalisa");
    expect(await gate()).toBe("failure");
    expect(await labels()).toEqual(["till", HALT]);
    expect(await said()).toEqual([
      "Deploys are halted by `monalisa`, because: the till is down\n\n`monalisa` or admins can end that: `/holdpoint resume because …`, or take the label off.",
    ]);
    await repo.comment(issue, "/holdpoint resume because it is back");
    expect(await gate()).toBe("success");
    expect(await labels()).toEqual(["till"]);
  });

  test.each<readonly [string, (given: Calm) => Promise<unknown>]>([
    [
      "a comment",
      ({ repo, issue }) => repo.comment(issue, "/holdpoint halt because it eats data", "monalisa"),
    ],
    [
      "a label on another issue",
      async ({ repo }) => {
        shop.pass(1_000);
        const { control } = shop.box.github;
        const { number } = await control.openIssue({ repository: repo.name, title: "Data", labels: [] });
        await control.label({ repository: repo.name, number, label: HALT, by: "monalisa" });
        await shop.quiet();
      },
    ],
  ])("a resume that is heard late does not end what was halted after it, by %s", async (_, haltAgain) => {
    const given = await calm();
    const { repo, issue, gate } = given;
    await repo.comment(issue, "/holdpoint halt because the till is down", "octocat");
    const elsewhere = { repository: repo.name, title: "All is well", labels: [] };
    const { number } = await shop.box.github.control.openIssue(elsewhere);
    shop.box.github.lie({ kind: "delivery-lost", times: 1, event: "issue_comment" });
    await repo.comment(number, "/holdpoint resume because it is up again", "octocat");
    await haltAgain(given);
    await shop.reconcile();
    expect((await repo.answers(number)).at(-1)).toBe(
      "The halt is over, ended by `octocat`, because: it is up again",
    );
    expect(await gate()).toBe("failure");
  });

  test("the label that was taken off before a halt was said does not end it, however late that is seen", async () => {
    const { repo, issue, label, unlabel, gate, labels } = await calm();
    await label("monalisa");
    shop.box.github.lie({ kind: "delivery-lost", times: 1, event: "issues" });
    await unlabel("monalisa");
    shop.pass(5_000);
    await repo.comment(issue, "/holdpoint halt because it eats data", "monalisa");
    await shop.reconcile();
    expect(await gate()).toBe("failure");
    expect(await labels()).toContain(HALT);
  });

  test("halt of one environment leaves the others alone", async () => {
    const { repo, issue, gate } = await calm(TWO);
    await repo.comment(issue, "/holdpoint halt staging because of a load test", "monalisa");
    expect(await gate()).toBe("success");
    expect(await gate("holdpoint/gate (staging)")).toBe("failure");
  });

  test("halt without write access, or of what the policy does not name, is refused", async () => {
    const { repo, issue, gate, said } = await calm();
    await repo.comment(issue, "/holdpoint halt because of mischief", "mallory");
    await repo.comment(issue, "/holdpoint halt moon because of dust", "monalisa");
    expect(await said()).toEqual([
      "That needs write access to this repository: nothing was done. Ask somebody who has it to comment `/holdpoint halt …`.",
      "The policy names no environment `moon`: nothing was done. It names `production`.",
    ]);
    expect(await gate()).toBe("success");
  });
});

describe("any reason can be overridden", () => {
  test("a halt, for the deploy head alone: the next commit is held again", async () => {
    const { repo, issue, gate, said } = await calm();
    await repo.comment(issue, "/holdpoint halt because the till is down", "monalisa");
    await repo.comment(issue, "/holdpoint override 4h because this is the mend");
    expect(await gate()).toBe("success");
    expect((await said()).at(-1)).toMatch(
      /^Lifted for `[0-9a-f]{7}` in `production` until .*: “somebody halted deploys”\. Another commit is judged anew\.$/,
    );
    const next = await repo.commit(`${shop.ticket()}: Charge in yen`);
    expect((await repo.status(next, "holdpoint/gate"))?.state).toBe("failure");
    shop.pass(4 * HOUR);
    await shop.tick("deadlines");
    expect(await gate()).toBe("failure");
    expect((await said()).at(-1)).toBe(
      "The override for `production` is over, and what it lifted counts again: “somebody halted deploys”.",
    );
  });

  test("a ticket that is missing, on the pull request's own head", async () => {
    const { repo } = await calm();
    const { number, head } = await repo.open({ title: "Tune cache headers", base: "production" });
    await repo.comment(number, "/holdpoint override 4h because it is a typo", "monalisa");
    await repo.comment(number, "/holdpoint override 4h because it is a typo");
    const [refused, lifted] = await repo.answers(number);
    expect(refused).toBe(
      "Only admins can do that: nothing was done. Ask one of them to comment `/holdpoint override …`.",
    );
    expect(lifted).toContain(`Lifted for \`${head.slice(0, 7)}\` in \`production\` until `);
    expect(lifted).toContain("“a commit carries no ticket”");
    expect((await repo.status(head, "holdpoint/gate"))?.state).toBe("success");
  });

  test("a head that was pushed between the comment and its reading is not lifted, and is named", async () => {
    const { repo } = await calm();
    const branch = "cache-headers";
    const { number } = await repo.open({ title: "Tune cache headers", base: "production", branch });
    shop.box.github.lie({ kind: "delivery-lost", times: 1, event: "issue_comment" });
    await repo.comment(number, "/holdpoint override 4h because it is a typo");
    shop.pass(1_000);
    const head = await repo.commit("Charge twice", { branch });
    await shop.reconcile();
    expect(await repo.answers(number)).toEqual([
      `The head of this pull request is \`${head.slice(0, 7)}\`, which Holdpoint had not seen yet when you wrote that: nothing was lifted. If you mean that commit, say it once more.`,
    ]);
    expect((await repo.status(head, "holdpoint/gate"))?.state).toBe("failure");
    await repo.comment(number, "/holdpoint override 4h because it is a typo, too");
    expect((await repo.status(head, "holdpoint/gate"))?.state).toBe("success");
  });

  test("where nothing holds, or nothing is meant, that is said", async () => {
    const { repo, issue, said } = await calm();
    const { number } = await repo.open({ title: `${shop.ticket()}: Charge in yen`, base: "production" });
    await repo.comment(issue, "/holdpoint override 4h because I can");
    await repo.comment(number, "/holdpoint override 4h because I can");
    expect(await said()).toEqual([
      "There is nothing to lift here. Say it on a compliance issue, on a pull request, or on the issue of a halt.",
    ]);
    expect((await repo.answers(number))[0]).toMatch(
      /^Nothing holds `[0-9a-f]{7}` in `production`: there is nothing to lift\.$/,
    );
  });
});

describe("REL-40: the compliance issue closed while red", () => {
  test("REL-40: by hand it is opened again with one comment, and the clock goes on", async () => {
    const held = await openHeldShop(shop, { expired: false });
    const [before] = await held.cases();
    await held.give("monalisa", "write");
    await held.close("monalisa");
    expect((await held.look()).state).toBe("open");
    await held.close("monalisa");
    expect((await held.look()).state).toBe("open");
    expect((await held.said()).filter((one) => one.startsWith("Opened again"))).toHaveLength(1);
    const [after] = await held.cases();
    expect(after?.deadline).toEqual(before?.deadline);
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
  });

  test("REL-40: deleted, it is made anew, and the hold does not depend on it", async () => {
    const held = await openHeldShop(shop);
    const { control } = shop.box.github;
    // GitHub never uses a number twice, the sandbox the highest one.
    await control.openIssue({ repository: held.name, title: "Anything" });
    await control.deleteIssue({ repository: held.name, number: held.issue });
    await shop.quiet();
    expect(await held.gate()).toBe("failure");
    const issues = await held.issues();
    expect(issues).toMatchObject([{ state: "open", labels: ["deferred-compliance", "deploy-halt"] }]);
    expect(issues[0]?.number).not.toBe(held.issue);
  });
});
