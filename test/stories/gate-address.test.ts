import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gate } from "../../src/cli/gate.ts";
import { runCommand } from "../cli/run-command.ts";
import { openShop, POLICY, type Repo, type Shop } from "./shop.ts";

const TOKEN = "a-token-of-acme-for-tests";
const MINUTE = 60_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({
    environment: { HOLDPOINT_API_TOKENS: `ci:${TOKEN}:acme,other:another-token-for-tests:globex` },
  });
});
afterAll(() => shop.close());

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(
  { name }: Pick<Repo, "name">,
  sha: string,
  { environment = "production", token = TOKEN, intent = "" } = {},
): Promise<Answered> {
  const query = new URLSearchParams({ environment, sha, ...(intent === "" ? {} : { intent }) });
  const url = `${shop.holdpoint().url}/api/v1/repos/${name}/gate?${query.toString()}`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const body: unknown = await response.json();
  return { status: response.status, body: typeof body === "object" && body !== null ? { ...body } : {} };
}

function codes({ body }: Answered): readonly unknown[] {
  const { reasons } = body;
  return Array.isArray(reasons)
    ? reasons.map((reason: unknown) =>
        typeof reason === "object" && reason !== null && "code" in reason ? reason.code : null,
      )
    : [];
}

function githubCalls(): number {
  return shop.box.github.requests.list().length;
}

describe("the gate's address, of a whole Holdpoint", () => {
  test("answers for the sha it is asked about, and so does the command", async () => {
    const repo = await shop.repository();
    const good = await repo.commit(`${shop.ticket()}: Charge in euros`);
    const bad = await repo.commit("no ticket");
    const { evaluated_at: evaluatedAt, ...open } = (await ask(repo, good)).body;
    expect(String(evaluatedAt)).toMatch(/^2[0-9-]+T[0-9:.]+Z$/);
    expect(open).toEqual({
      schema: "holdpoint.gate/1",
      repository: repo.name,
      environment: "production",
      sha: good,
      decision: "open",
      would_be: "open",
      mode: "enforce",
      reasons: [],
    });
    const held = await ask(repo, bad);
    expect(held).toMatchObject({ status: 200, body: { decision: "held", would_be: "held" } });
    const access = { HOLDPOINT_URL: shop.holdpoint().url, HOLDPOINT_TOKEN: TOKEN };
    const asked = [repo.name, "--environment", "production", "--sha"];
    expect((await runCommand(gate, [...asked, good], access)).code).toBe(0);
    const { code, out } = await runCommand(gate, [...asked, bad], access);
    expect([code, out.split("\n")[0]]).toEqual([1, `held: ${repo.name} at ${bad.slice(0, 7)} to production`]);
  });

  test("REL-65: what Holdpoint does not see coming is not open: no such commit, another branch, an older commit", async () => {
    const repo = await shop.repository();
    const old = await repo.commit(`${shop.ticket()}: Charge in euros`);
    const live = await repo.commit(`${shop.ticket()}: Charge in pounds`);
    await repo.release();
    const side = await repo.commit(`${shop.ticket()}: On the side`, { branch: "side" });
    const absent = await ask(repo, "0".repeat(40));
    expect([absent.status, absent.body["decision"], codes(absent)]).toEqual([
      200,
      "held",
      ["no-such-commit"],
    ]);
    const elsewhere = await ask(repo, side);
    expect([elsewhere.body["decision"], codes(elsewhere)]).toEqual([
      "held",
      expect.arrayContaining(["not-on-deploy-branch"]),
    ]);
    // It was open while it was the head; facts may be a minute old, and no older.
    shop.pass(MINUTE + 1);
    const older = await ask(repo, old);
    expect(older.body["decision"]).toBe("held");
    expect((await ask(repo, live)).body["decision"]).toBe("open");
  });

  test("facts are asked for once a minute, and what cannot be read then is unknown", async () => {
    const repo = await shop.repository();
    const sha = await repo.commit(`${shop.ticket()}: Charge in euros`);
    shop.pass(2 * MINUTE);
    await ask(repo, sha);
    const before = githubCalls();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(repo, sha)));
    expect(new Set(answers.map(({ body }) => body["decision"]))).toEqual(new Set(["open"]));
    expect(githubCalls()).toBe(before);
    shop.pass(MINUTE + 1);
    await ask(repo, sha);
    expect(githubCalls()).toBeGreaterThan(before);
    shop.pass(MINUTE + 1);
    shop.box.github.lie({ kind: "server-error" });
    const away = await ask(repo, sha);
    shop.box.github.tellTheTruth();
    expect([away.status, away.body["decision"]]).toEqual([200, "unknown"]);
    await shop.tryAgain();
  }, 60_000);

  test("no policy, and an environment that the policy does not name, are unknown and say so", async () => {
    const without = await shop.repository({ policy: null });
    const answered = await ask(without, without.first);
    expect([answered.body["decision"], answered.body["mode"], codes(answered)]).toEqual([
      "unknown",
      null,
      ["no-policy"],
    ]);
    const repo = await shop.repository();
    const elsewhere = await ask(repo, repo.first, { environment: "moon" });
    expect([elsewhere.body["decision"], codes(elsewhere)]).toEqual([
      "unknown",
      ["environment-not-in-policy"],
    ]);
    expect((await ask(repo, repo.first, { environment: "Production" })).body).toMatchObject({
      decision: "open",
      environment: "production",
    });
  });

  test("only observed, it is open and says what it would be", async () => {
    const repo = await shop.repository({ policy: `mode: observe\n${POLICY}` });
    const { body } = await ask(repo, await repo.commit("no ticket"));
    expect(body).toMatchObject({ decision: "open", would_be: "held", mode: "observe" });
  });

  test("REL-66: another tenant's token, a repository that is gone, and one that never was look alike", async () => {
    const repo = await shop.repository();
    const gone = await shop.repository();
    await shop.box.github.control.deleteRepository({ repository: gone.name });
    await shop.quiet();
    const absent = await ask({ name: "acme/never" }, repo.first);
    expect(absent.status).toBe(404);
    expect(await ask(repo, repo.first, { token: "another-token-for-tests" })).toEqual(absent);
    expect(await ask(gone, gone.first)).toEqual(absent);
    expect((await ask(repo, repo.first, { token: "no-such-token" })).status).toBe(401);
  });

  test("REL-77: a token is in no log line and nowhere in the database", async () => {
    const repo = await shop.repository();
    await ask(repo, repo.first);
    await ask(repo, repo.first, { token: `${TOKEN}-wrong` });
    expect(shop.logged().join("\n")).not.toContain(TOKEN);
  });
});
