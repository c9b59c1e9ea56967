import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openShop, type Repo, type Shop } from "./shop.ts";

let shop: Shop;
const posted: string[] = [];
beforeAll(async () => {
  shop = await openShop({
    inspect: ({ method, requestBody }) => {
      if (method !== "GET") posted.push(JSON.stringify(requestBody));
      return [];
    },
  });
});
afterEach(() => shop.box.jira.tellTheTruth());
afterAll(() => shop.close());

const TEXTS = ["Merge with Initech", "nobody may know", "count the money", "Ready to deploy", "In Review"];

function ticket(change: { readonly status?: string; readonly risk?: string } = {}): string {
  return shop.ticket({
    summary: "Merge with Initech",
    risk: "nobody may know",
    checks: "count the money",
    ...change,
  });
}

async function publicRepo(): Promise<Repo> {
  posted.length = 0;
  return await shop.repository({ private: false });
}

/** The texts of tickets, and Jira's address, that stand anywhere in what was posted. */
function told(): readonly string[] {
  const all = posted.join("\n");
  return [...TEXTS, new URL(shop.box.jiraUrl).host].filter((text) => all.includes(text));
}

describe("in a public repository no ticket's text is shown", () => {
  test("where it passes: key and pass", async () => {
    const repo = await publicRepo();
    const key = ticket();
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect((await repo.preDeploy(sha))?.state).toBe("success");
    expect((await repo.report(sha))?.text).toContain(key);
    expect(told()).toEqual([]);
  });

  test("where its status holds it", async () => {
    const repo = await publicRepo();
    const key = ticket({ status: "In Review" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "failure",
      description: `1 ticket not in a status that may go out: ${key}`,
    });
    expect(told()).toEqual([]);
  });

  test("where Jira does not answer", async () => {
    const repo = await publicRepo();
    const key = ticket();
    shop.box.jira.lie({ kind: "unavailable" });
    const sha = await repo.commit(`${key}: Charge in euros`);
    expect(await repo.preDeploy(sha)).toEqual({
      state: "pending",
      description: `could not verify: Jira answered with an error of its own; not checked: ${key}`,
    });
    expect(told()).toEqual([]);
  });

  test("on a pull request, with an answer to a comment", async () => {
    const repo = await publicRepo();
    const key = ticket({ risk: "" });
    const { head, number } = await repo.open({ title: `${key}: Charge in euros` });
    await repo.comment(number, "/holdpoint check");
    expect((await repo.tickets(head))?.state).toBe("failure");
    expect(told()).toEqual([]);
  });

  test("a private one shows them: the search finds what is there", async () => {
    posted.length = 0;
    const repo = await shop.repository();
    await repo.commit(`${ticket()}: Charge in euros`);
    expect(told()).toEqual([
      "Merge with Initech",
      "nobody may know",
      "count the money",
      "Ready to deploy",
      new URL(shop.box.jiraUrl).host,
    ]);
  });
});
