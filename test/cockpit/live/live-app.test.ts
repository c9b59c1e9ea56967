import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLiveApp } from "../../../src/cockpit/live/live-app.ts";
import type { CockpitEnvironment } from "../../../src/cockpit/person.ts";
import { hashSessionId } from "../../../src/cockpit/session/hash-session-id.ts";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { endSession } from "../../../src/store/session.ts";
import { loudLog } from "../../database/loud-log.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit, SIGN_IN_SETTINGS } from "../open-cockpit.ts";
import { readEvents } from "./read-events.ts";

let cockpit: OpenCockpit;
let shop: RepositoryFacts;
let secret: RepositoryFacts;
let cookie: string;
beforeAll(async () => {
  cockpit = await openCockpit();
  shop = await cockpit.repository("acme/storefront");
  secret = await cockpit.repository("acme/secret");
  cookie = await cockpit.signIn("octocat", [[shop, "read"]]);
});
afterAll(() => cockpit.close());

describe("GET /-/live", () => {
  test("is an event stream that nobody keeps or gathers", async () => {
    const answer = await cockpit.get("/-/live", cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-accel-buffering")).toBe("no");
    await answer.body?.cancel();
  });

  test("REL-76: a change is told to those who may see the repository, and to nobody else", async () => {
    const heard = readEvents((await cockpit.get("/-/live", cookie)).body);
    cockpit.changed(secret.id);
    cockpit.changed(shop.id);
    expect(await heard.until(`data: ${shop.id}\n\n`)).toBe(
      `retry: 1000\n\nevent: change\ndata: ${shop.id}\n\n`,
    );
    await heard.leave();
  });

  test("what may have been missed is told as everything", async () => {
    const heard = readEvents((await cockpit.get(`/-/live?repository=${shop.id}`, cookie)).body);
    cockpit.changed(null);
    expect(await heard.until("data: all\n\n")).toBe("retry: 1000\n\nevent: change\ndata: all\n\n");
    await heard.leave();
  });

  test.each(["secret", "0", "-1", "1.5", "x", "", "99999999999999999999"])(
    "REL-76: the repository %j is answered like what does not exist",
    async (named) => {
      const id = named === "secret" ? String(secret.id) : named;
      const answer = await cockpit.get(`/-/live?repository=${id}`, cookie);
      const absent = await cockpit.get("/acme/nothing", cookie);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe(await absent.text());
    },
  );

  test("without a session there is none, and nobody is sent elsewhere", async () => {
    const answer = await cockpit.get("/-/live", undefined, { accept: "text/event-stream" });
    expect(answer.status).toBe(401);
  });

  test("a session has at most twenty", async () => {
    const theirs = await cockpit.signIn("hubot", [[shop, "read"]]);
    const answers = await Promise.all(Array.from({ length: 21 }, () => cockpit.get("/-/live", theirs)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      ...Array.from({ length: 20 }, () => 200),
      429,
    ]);
    expect(answers.find(({ status }) => status === 429)?.headers.get("retry-after")).toBe("30");
    for (const { body } of answers) await body?.cancel();
    const again = await cockpit.get("/-/live", theirs);
    expect(again.status).toBe(200);
    await again.body?.cancel();
  });

  test("whoever asks for the headers alone holds no stream open", async () => {
    const theirs = await cockpit.signIn("hubot", [[shop, "read"]]);
    for (let asked = 0; asked < 25; asked += 1) {
      const answer = await cockpit.app.request(`${COCKPIT_URL}/-/live`, {
        method: "HEAD",
        headers: { cookie: theirs },
      });
      expect(answer.status).toBe(200);
    }
    const answer = await cockpit.get("/-/live", theirs);
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  });
});

describe("REL-76: an open stream ends", () => {
  /** With a heart that beats fast. */
  async function listen(theirs: string): Promise<ReturnType<typeof readEvents>> {
    const sessionHash = hashSessionId(theirs.split("=")[1] ?? "");
    const app = new Hono<CockpitEnvironment>();
    app.use(async (context, next) => {
      context.set("person", { id: 1, login: "octocat", sessionHash });
      await next();
    });
    const changes = { subscribe: () => () => undefined, close: async () => undefined };
    const dependencies = {
      database: cockpit.db.database,
      clock: { now: cockpit.now },
      log: loudLog,
      signIn: { github: cockpit.people, settings: SIGN_IN_SETTINGS },
      changes,
    };
    app.route("/", createLiveApp(dependencies, { heartbeat: 10 }));
    return readEvents((await app.request(`${COCKPIT_URL}/-/live?repository=${shop.id}`)).body);
  }

  test("when its session was ended", async () => {
    const theirs = await cockpit.signIn("monalisa", [[shop, "read"]]);
    const heard = await listen(theirs);
    await heard.until(": still here\n\n");
    await endSession(cockpit.db.database, hashSessionId(theirs.split("=")[1] ?? ""));
    expect(await heard.ended()).toContain(": still here");
  });

  test("when GitHub does not show them the repository any more", async () => {
    const theirs = await cockpit.signIn("monalisa", [[shop, "read"]]);
    const heard = await listen(theirs);
    await heard.until(": still here\n\n");
    cockpit.people.shows("monalisa", []);
    cockpit.pass(5 * 60_000);
    expect(await heard.ended()).toContain(": still here");
  });
});
