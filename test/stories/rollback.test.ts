import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withOwnerSession } from "../../src/database/with-owner-session.ts";
import { type HeldShop, HOUR, openHeldShop } from "./held-shop.ts";
import { openShop, type Shop } from "./shop.ts";

const TOKEN = "a-token-of-acme-for-tests";
const SLACK = 'notify:\n  slack: { channel: "#deploys" }\n';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ environment: { HOLDPOINT_API_TOKENS: `ci:${TOKEN}:acme` } });
});
afterAll(() => shop.close());

/** Its first commit was deployed with success; then a check went red, and deploys are halted. */
async function deployedOnce(more = ""): Promise<HeldShop> {
  const held = await openHeldShop(shop, { more });
  await shop.box.github.control.deploy({
    repository: held.name,
    sha: held.first,
    environment: "production",
    state: "success",
  });
  await shop.quiet();
  return held;
}

/** What an API or a tool is told. */
async function permits(held: HeldShop): Promise<readonly unknown[]> {
  return await shop.db.database.query(
    `select environment, sha, by_login as by, because from holdpoint.rollback_permit where repository_id = $1`,
    [held.id],
  );
}

describe("rollback", () => {
  test("what was live there before may go out for an hour, in spite of an expired check", async () => {
    const held = await deployedOnce();
    await held.comment(held.issue, `/holdpoint rollback ${held.first} because the till is down`);
    expect((await held.said()).at(-1)).toMatch(
      /^`[0-9a-f]{7}` may go out to `production` again until .*, in spite of tickets and of checks past their deadline\.$/,
    );
    expect(await permits(held)).toEqual([
      { environment: "production", sha: held.first, by: "octocat", because: "the till is down" },
    ]);
    expect(await held.gate()).toBe("failure");
    expect(await held.onRecord()).toMatchObject([
      { what: "rollback-permitted", by: "octocat", sha: held.first, because: "the till is down" },
    ]);
  });

  test("its sha may be short", async () => {
    const held = await deployedOnce();
    await held.comment(held.issue, `/holdpoint rollback ${held.first.slice(0, 8)} because the till is down`);
    expect(await permits(held)).toMatchObject([{ sha: held.first }]);
  });

  test("somebody with write access may ask for it, somebody with triage may not", async () => {
    const held = await deployedOnce();
    await held.give("monalisa", "triage");
    await held.comment(held.issue, `/holdpoint rollback ${held.first} because I may`, "monalisa");
    expect((await held.said()).at(-1)).toBe(
      "That needs write access to this repository: nothing was done. Ask somebody who has it to comment `/holdpoint rollback …`.",
    );
    expect(await permits(held)).toEqual([]);
    await held.give("monalisa", "write");
    await held.comment(held.issue, `/holdpoint rollback ${held.first} because I may`, "monalisa");
    expect(await permits(held)).toMatchObject([{ by: "monalisa" }]);
  });

  test("a commit that was never live there is none", async () => {
    const held = await deployedOnce();
    await held.comment(held.issue, `/holdpoint rollback ${held.head} because it is new`);
    expect((await held.said()).at(-1)).toBe(
      `\`${held.head.slice(0, 7)}\` was never deployed to \`production\` with success, so going there is no rollback: nothing was done. Name a commit that was live there.`,
    );
    expect(await permits(held)).toEqual([]);
  });

  test("a commit that is not there is none", async () => {
    const held = await deployedOnce();
    for (const sha of ["deadbeef", "d".repeat(40)]) {
      await held.comment(held.issue, `/holdpoint rollback ${sha} because I guessed`);
      expect((await held.said()).at(-1)).toBe(
        `There is no commit \`${sha}\` in this repository: nothing was done.`,
      );
    }
    expect(await permits(held)).toEqual([]);
  });

  test("a manual halt stays in its way, and that is said", async () => {
    const held = await deployedOnce();
    await held.comment(held.issue, "/holdpoint halt because of the sale");
    await held.comment(held.issue, `/holdpoint rollback ${held.first} because the till is down`);
    const answer = (await held.said()).at(-1) ?? "";
    expect(answer).toContain("It is still held:");
    expect(answer).toContain("halted by");
  });

  test("is over after one hour", async () => {
    const held = await deployedOnce();
    await held.comment(held.issue, `/holdpoint rollback ${held.first} because the till is down`);
    const [row] = await shop.db.database.query<{ began: Date; ends: Date }>(
      "select began_at as began, ends_at as ends from holdpoint.rollback_permit where repository_id = $1",
      [held.id],
    );
    expect((row?.ends.getTime() ?? 0) - (row?.began.getTime() ?? 0)).toBe(HOUR);
  });
});

function asOwner(sql: string): Promise<void> {
  return withOwnerSession(shop.db.ownerUrl, "arranging a test", (session) => session.script(sql));
}

/** As a deploy tool asks; answers the status, and the first line in plain text. */
async function askAsTool(
  held: HeldShop,
  sha: string,
  { intent = "rollback", of = shop.holdpoint() } = {},
): Promise<readonly [number, string | undefined]> {
  const query = new URLSearchParams({ environment: "production", sha, intent }).toString();
  const response = await fetch(`${of.url}/api/v1/repos/${held.name}/gate?${query}`, {
    headers: { authorization: `Bearer ${TOKEN}`, accept: "text/plain" },
  });
  const [first = ""] = (await response.text()).split("\n");
  return [response.status, first.split(" ")[1]];
}

function saidOfRollbacks({ id }: HeldShop): readonly string[] {
  return shop.box.slack
    .messages()
    .filter(({ metadata }) =>
      String(metadata?.event_payload["key"]).startsWith(`${id}:rollback:api:production:`),
    )
    .map(({ text }) => text);
}

describe("J4: a tool that asks for a rollback", () => {
  test("is on record and announced once an hour, however often and from wherever it asks", async () => {
    const held = await deployedOnce(SLACK);
    const other = await shop.startAnother();
    expect(await askAsTool(held, held.first, { intent: "deploy" })).toEqual([200, "held"]);
    expect(await held.onRecord()).toEqual([]);
    const polls = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        askAsTool(held, held.first, index % 2 === 0 ? {} : { of: other }),
      ),
    );
    expect(new Set(polls.map(String))).toEqual(new Set(["200,open"]));
    await shop.quiet();
    const record = {
      what: "rollback-by-tool",
      by: "ci",
      environment: "production",
      sha: held.first,
      past: [{ kind: "case", code: "expired" }],
    };
    expect(await held.onRecord()).toMatchObject([record]);
    expect(saidOfRollbacks(held)).toEqual([
      expect.stringMatching(
        /^acme\/shop-\d+: The tool ci rolls production back to [0-9a-f]{7}, in spite of: integration \(a\) red on the trunk since /,
      ),
    ]);
    await other.stop();
    shop.pass(HOUR / 2);
    expect(await askAsTool(held, held.first)).toEqual([200, "open"]);
    expect(await held.onRecord()).toHaveLength(1);
    shop.pass(HOUR / 2);
    expect(await askAsTool(held, held.first)).toEqual([200, "open"]);
    await shop.quiet();
    expect(await held.onRecord()).toMatchObject([record, record]);
    expect(saidOfRollbacks(held)).toHaveLength(2);
    expect(await permits(held)).toEqual([]);
  });

  test("is not open where it cannot be put on record, and nothing is announced", async () => {
    const held = await deployedOnce(SLACK);
    await asOwner(
      "alter table holdpoint.audit add constraint no_rollbacks check (record->>'what' <> 'rollback-by-tool') not valid",
    );
    expect(await askAsTool(held, held.first)).toEqual([503, expect.anything()]);
    await asOwner("alter table holdpoint.audit drop constraint no_rollbacks");
    await shop.quiet();
    expect(saidOfRollbacks(held)).toEqual([]);
    expect(await askAsTool(held, held.first)).toEqual([200, "open"]);
    await shop.quiet();
    expect(saidOfRollbacks(held)).toHaveLength(1);
  });

  test("is not told of a second time where somebody permitted it", async () => {
    const held = await deployedOnce(SLACK);
    await held.comment(held.issue, `/holdpoint rollback ${held.first} because the till is down`);
    expect(await askAsTool(held, held.first)).toEqual([200, "open"]);
    await shop.quiet();
    expect(await held.onRecord()).toMatchObject([{ what: "rollback-permitted" }]);
    expect(saidOfRollbacks(held)).toEqual([]);
  });
});

describe("J9: a looser policy", () => {
  const LOOSER =
    "mode: observe\ndeploy:\n  environments:\n    production: { base: { branch: production } }\ntickets: { require: off }\n";

  async function write(held: HeldShop, text: string | null): Promise<void> {
    await held.commit("Change the policy", { files: { ".github/holdpoint.yml": text } });
    await shop.reconcile();
    // Comments have times of whole seconds.
    shop.pass(1_000);
  }

  test("leaves what is held as it is, until somebody whom the stricter one allows accepts it", async () => {
    const held = await openHeldShop(shop);
    await held.give("monalisa", "write");
    await write(held, `${LOOSER}override: { allow: { permission: write } }\n`);
    expect(await held.gate()).toBe("failure");
    expect((await held.cases()).map(({ state }) => state)).toEqual(["expired"]);
    await shop.reconcile();
    const waits = (await held.said()).filter((one) => one.startsWith("The policy asks for less"));
    expect(waits).toEqual([
      [
        "The policy asks for less than before. What is open stays as it is until it is accepted with `/holdpoint accept-policy`, as admins can:",
        "",
        "- `mode` is `observe`",
        "- the deferred check `Integration` is gone",
        "- `override.allow` lets other people in",
      ].join("\n"),
    ]);
    await held.comment(held.issue, "/holdpoint override 4h because I may now", "monalisa");
    expect((await held.said()).at(-1)).toBe(
      "Only admins can do that: nothing was done. Ask one of them to comment `/holdpoint override …`.",
    );
    await held.comment(held.issue, "/holdpoint accept-policy", "monalisa");
    expect((await held.said()).at(-1)).toBe(
      "Only admins can do that: nothing was done. Ask one of them to comment `/holdpoint accept-policy …`.",
    );
    await held.comment(held.issue, "/holdpoint accept-policy");
    expect((await held.said()).find((one) => one.startsWith("Accepted"))).toBe(
      [
        "Accepted. Open cases and halts stand on the policy as it is now:",
        "",
        "- `mode` is `observe`",
        "- the deferred check `Integration` is gone",
        "- `override.allow` lets other people in",
      ].join("\n"),
    );
    expect((await held.cases()).map(({ ended }) => ended)).toEqual(["void"]);
    expect(await held.gate()).toBe("success");
  });

  test("what is pushed between the comment and its reading is not accepted, and is told of", async () => {
    const held = await openHeldShop(shop);
    const less = `${LOOSER}override: { allow: { permission: write } }\n`;
    await write(held, LOOSER);
    shop.box.github.lie({ kind: "delivery-lost", times: 1, event: "issue_comment" });
    await held.comment(held.issue, "/holdpoint accept-policy");
    shop.pass(1_000);
    await write(held, less);
    const said = await held.said();
    expect(said.filter((one) => one.startsWith("The policy asks for less")).at(-1)).toContain(
      "- `override.allow` lets other people in",
    );
    expect(said.find((one) => one.startsWith("The policy changed again"))).toBe(
      [
        "The policy changed again after your comment: nothing was done. To accept it as it is now, say it once more:",
        "",
        "- `mode` is `observe`",
        "- the deferred check `Integration` is gone",
        "- `override.allow` lets other people in",
      ].join("\n"),
    );
    expect(await held.gate()).toBe("failure");
    await held.comment(held.issue, "/holdpoint accept-policy");
    expect(await held.gate()).toBe("success");
  });

  test("that becomes looser still in the same entry is told of once more", async () => {
    const held = await openHeldShop(shop);
    const allows = (max: string) => `${LOOSER}override: { max: ${max} }\n`;
    await write(held, allows("20d"));
    await write(held, allows("30d"));
    await shop.reconcile();
    expect((await held.said()).filter((one) => one.startsWith("The policy asks for less"))).toHaveLength(2);
  });

  test("even where the file is deleted", async () => {
    const held = await openHeldShop(shop);
    await write(held, null);
    expect(await held.gate()).toBe("failure");
    expect((await held.cases()).map(({ state }) => state)).toEqual(["expired"]);
    await held.comment(held.issue, "/holdpoint accept-policy");
    expect((await held.said()).find((one) => one.startsWith("Accepted"))).toBe(
      "Accepted. Open cases and halts stand on the policy as it is now:\n\n- there is no policy file any more",
    );
    expect((await held.cases()).map(({ ended }) => ended)).toEqual(["void"]);
    expect((await held.look()).state).toBe("closed");
  });

  test("a stricter one counts at once", async () => {
    const held = await openHeldShop(shop, { more: "override: { allow: { permission: write } }\n" });
    await held.give("monalisa", "write");
    const strict = (
      await shop.db.database.query<{ text: string }>(
        "select text from holdpoint.policy where repository_id = $1",
        [held.id],
      )
    )[0]?.text.replace("permission: write", "permission: admin");
    await write(held, strict ?? "");
    await held.label("halt-override", "monalisa");
    expect(await held.gate()).toBe("failure");
  });
});
