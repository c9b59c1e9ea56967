import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listAttachedTickets } from "../../../src/store/attached-ticket.ts";
import { buildChangeSet, buildCommit, key, known, sha } from "../../domain/build-snapshot.ts";
import { expectCleanPage } from "../clean-page.ts";
import { HOSTILE } from "../hostile.ts";
import { keepDeploy, wordsOf } from "../repository/build-deploy.ts";
import { formOf, MENDING_POLICY, type MendingWorld, openMending } from "./mending-world.ts";

const CACHE = sha("cache");
const CARRYING = sha("one");
const ADDRESS = "/acme/storefront/mend";

let world: MendingWorld;
let writer: string;
let reader: string;
let token: string;
beforeAll(async () => {
  world = await openMending();
  const { cockpit, shop, sandbox } = world;
  writer = await cockpit.signIn("octocat", [[shop, "write"]]);
  reader = await cockpit.signIn("monalisa", [[shop, "read"]]);
  sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Carts" });
  await look();
  token = formOf(await page(writer), `attach-to-${CACHE}`).fields["token"] ?? "";
});
afterAll(() => world.close());
beforeEach(async () => {
  world.permits("write");
  for (const { key: ticket } of await attached()) await send("detach", { sha: CACHE, ticket });
  await look();
  world.looks();
});

/** What the deploy's look keeps: two commits, one of them without a ticket, and what is attached to them. */
async function look(): Promise<void> {
  const commits = [buildCommit("one", "PLAY-1: Round it"), buildCommit("cache", "Tune cache headers")];
  const changeSet = known(buildChangeSet({ commits }));
  await keepDeploy(world.cockpit, world.shop, {
    policyText: MENDING_POLICY,
    changeSet,
    attached: await attached(),
  });
}

async function attached(): ReturnType<typeof listAttachedTickets> {
  return await listAttachedTickets(world.cockpit.db.database, world.shop.id, [CACHE, CARRYING]);
}

async function page(cookie: string, path = "/acme/storefront"): Promise<string> {
  return await (await world.cockpit.get(path, cookie)).text();
}

async function send(route: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return await world.cockpit.post(`${ADDRESS}/${route}`, writer, {
    token,
    environment: "production",
    ...fields,
  });
}

/** What became of the newest request. */
async function came(): Promise<{ state: string; code: string | undefined; message: string | undefined }> {
  const rows = await world.cockpit.db.database.query<{
    state: string;
    answer: { code: string; message: string } | null;
  }>("select state, answer from holdpoint.request order by id desc limit 1");
  const { state = "none", answer = null } = rows[0] ?? {};
  return { state, code: answer?.code, message: answer?.message };
}

const BECAUSE = "It is the second half of it";

describe("attaching a ticket", () => {
  test("the row of a commit without one has the form; a reader's has none", async () => {
    const { action, fields } = formOf(await page(writer), `attach-to-${CACHE}`);
    expect(action).toBe(`${ADDRESS}/attach`);
    expect(fields).toMatchObject({ sha: CACHE, environment: "production", ticket: "", because: "" });
    expect(await page(reader)).not.toContain("mend/attach");
  });

  test("it is kept with its reason and on record, and the deploy is judged anew", async () => {
    const answer = await send("attach", { sha: CACHE, ticket: " play-1 ", because: BECAUSE });
    expect(answer.headers.get("location")).toMatch(
      /^\/acme\/storefront\?environment=production&request=\d+#main$/,
    );
    expect(await came()).toEqual({
      state: "done",
      code: "attached",
      message: `PLAY-1 is attached to ${CACHE.slice(0, 7)}. The check is running again.`,
    });
    expect(await attached()).toMatchObject([{ sha: CACHE, key: "PLAY-1", because: BECAUSE, by: "octocat" }]);
    expect(world.looks()).toEqual(["deploy"]);
    expect((await world.audit()).at(-1)).toMatchObject({
      what: "ticket-attached",
      sha: CACHE,
      ticket: "PLAY-1",
      because: BECAUSE,
      by: "octocat",
    });
  });

  test("then the page says whose doing it is, and the ticket can be taken off again", async () => {
    await send("attach", { sha: CACHE, ticket: "PLAY-1", because: BECAUSE });
    await look();
    const shown = await page(writer);
    expect(wordsOf(shown)).toContain(`PLAY-1 attached by octocat: ${BECAUSE}`);
    expect(shown).not.toContain(`attach-to-${CACHE}`);
    const { fields } = formOf(shown, `detach-PLAY-1-${CACHE}`);
    await send("detach", fields);
    expect(await came()).toMatchObject({ state: "done", code: "detached" });
    expect(await attached()).toEqual([]);
    expect((await world.audit()).at(-1)).toMatchObject({
      what: "ticket-detached",
      ticket: "PLAY-1",
      sha: CACHE,
    });
  });

  test("attached twice, it is attached once, and whoever was first keeps it", async () => {
    await send("attach", { sha: CACHE, ticket: "PLAY-1", because: BECAUSE });
    await send("attach", { sha: CACHE, ticket: "PLAY-1", because: "Another reason" });
    expect(await came()).toMatchObject({ state: "refused", code: "attached-already" });
    expect(await attached()).toMatchObject([{ because: BECAUSE }]);
  });

  test("what is not attached cannot be taken off", async () => {
    await send("detach", { sha: CACHE, ticket: "PLAY-1" });
    expect(await came()).toMatchObject({ state: "refused", code: "not-attached" });
  });

  test.each([
    ["a ticket of another project", { ticket: "OPS-1" }, "other-project"],
    ["a ticket that Jira does not show", { ticket: "PLAY-404" }, "not-found"],
    ["no reason", { because: " \t " }, "no-reason"],
    ["a reason without end", { because: "x".repeat(501) }, "reason-too-long"],
    ["a commit that carries a ticket by itself", { sha: CARRYING }, "not-open"],
    ["a commit that does not go out", { sha: sha("elsewhere") }, "not-open"],
  ])("%s is refused, and nothing is attached", async (_, changes, code) => {
    await send("attach", { sha: CACHE, ticket: "PLAY-1", because: BECAUSE, ...changes });
    expect(await came()).toMatchObject({ state: "refused", code });
    expect(await attached()).toEqual([]);
    expect((await world.audit()).at(-1)).toMatchObject({ what: "attach-ticket-refused", because: code });
  });

  test("what was refused stands in the form again, opened", async () => {
    const answer = await send("attach", { sha: CACHE, ticket: "PLAY-404", because: BECAUSE });
    const shown = await page(writer, answer.headers.get("location") ?? "");
    expect(formOf(shown, `attach-to-${CACHE}`).fields).toMatchObject({
      ticket: "PLAY-404",
      because: BECAUSE,
    });
    expect(shown).toMatch(new RegExp(`id="attach-${CACHE}"\\s+open`));
    expect(wordsOf(shown)).toContain("Jira shows no ticket PLAY-404: nothing was attached.");
  });

  test.each(["cache headers", "PLAY", "PLAY-1 PLAY-2", "", ...HOSTILE])(
    "what is no key is asked for again, with what was typed: %j",
    async (typed) => {
      const before = await came();
      const answer = await send("attach", { sha: CACHE, ticket: typed, because: BECAUSE });
      expect(answer.status).toBe(422);
      const shown = await answer.text();
      expectCleanPage(shown);
      const { fields } = formOf(shown, `attach-to-${CACHE}`);
      expect(fields).toMatchObject({ ticket: typed.replaceAll("\0", ""), because: BECAUSE });
      expect(wordsOf(shown)).toContain("That is no ticket's key. One looks like PLAY-12.");
      expect(await came()).toEqual(before);
    },
  );

  test.each(["attach", "detach"])("a commit that is none asks for nothing: %s", async (route) => {
    const answer = await send(route, { sha: "../../x", ticket: "PLAY-1", because: BECAUSE });
    expect(answer.status).toBe(400);
  });

  test.each(["attach", "detach"])("it is decided by GitHub when it counts: %s", async (route) => {
    world.permits("read");
    await send(route, { sha: CACHE, ticket: "PLAY-1", because: BECAUSE });
    expect(await came()).toMatchObject({ state: "refused", code: "needs-write" });
  });

  test("REL-76: a reason of a stranger is text", async () => {
    await send("attach", { sha: CACHE, ticket: "PLAY-1", because: HOSTILE.join(" ") });
    await look();
    expectCleanPage(await page(writer));
    expect(await attached()).toHaveLength(1);
    expect(key("PLAY-1")).toBe((await attached())[0]?.key);
  });
});
