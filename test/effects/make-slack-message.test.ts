import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isInstallationId, isRepositoryId } from "../../src/domain/brands.ts";
import type { Effect } from "../../src/domain/effect.ts";
import { makeSlackMessage } from "../../src/effects/make-slack-message.ts";
import { Fault } from "../../src/errors.ts";
import type { RepositoryRef } from "../../src/ports/repository.ts";
import type { SendsMessages } from "../../src/ports/slack.ts";
import { findEffect, wishEffects } from "../../src/store/effect.ts";
import { upsertRepository } from "../../src/store/repository.ts";
import { createTestDatabase, type TestDatabase } from "../database/harness.ts";

const AT = new Date("2026-05-05T10:00:00Z");

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  const { id, installationId } = REPOSITORY;
  await upsertRepository(
    db.database,
    { id, installationId, owner: "acme", name: "r", defaultBranch: "main", private: true, archived: false },
    AT,
  );
});
beforeEach(async () => {
  await db.database.query("delete from holdpoint.effect");
});
afterAll(() => db.drop());

const REPOSITORY: RepositoryRef = repository();

function repository(): RepositoryRef {
  const [id, installationId] = [1, 7];
  if (!isRepositoryId(id) || !isInstallationId(installationId)) throw new Error();
  return { id, installationId, owner: "acme", name: "r" };
}

type SlackEffect = Extract<Effect, { kind: "slack" }>;
type Message = Parameters<SendsMessages["sendMessage"]>[0];
type Sent = Awaited<ReturnType<SendsMessages["sendMessage"]>>;

const OPENED: SlackEffect = {
  kind: "slack",
  repositoryId: REPOSITORY.id,
  key: "opened",
  thread: null,
  to: { kind: "channel", channel: "#deploys" },
  text: "unit is red",
};
const EXPIRED: SlackEffect = { ...OPENED, key: "expired", thread: "opened", text: "too late" };
const DIRECT: SlackEffect = {
  ...OPENED,
  key: "direct",
  to: { kind: "person", login: "octocat", slackId: null },
};

interface Acts {
  readonly send?: (message: Message) => Promise<Sent>;
  readonly email?: string | null;
  readonly user?: string | null;
  readonly notSetUp?: boolean;
}

/** Makes a wish true; what was sent and asked for meanwhile. */
function scene(acts: Acts = {}) {
  const sent: Message[] = [];
  const asked: string[] = [];
  const enqueued: string[] = [];
  const slack: SendsMessages = {
    async sendMessage(message) {
      sent.push(message);
      return acts.send === undefined
        ? { state: "done", place: { channel: "C0DEPLOYS", ts: `1.${sent.length}` } }
        : await acts.send(message);
    },
    async findUserByEmail(email) {
      asked.push(email);
      return acts.user ?? null;
    },
  };
  async function wish(desired: SlackEffect): Promise<void> {
    await db.database.transaction((transaction) => wishEffects(transaction, [desired], AT));
  }
  async function make(desired: SlackEffect): Promise<void> {
    const target = `slack:1:${desired.key}`;
    const effect = await findEffect(db.database, target);
    if (effect === null) throw new Error("nobody wishes that");
    await makeSlackMessage(
      {
        github: {
          readEmail: async (_, login) => {
            asked.push(login);
            return acts.email ?? null;
          },
        },
        slack: acts.notSetUp === true ? null : slack,
        queue: {
          enqueue: async (_, jobs) => {
            for (const { data } of jobs) if ("target" in data) enqueued.push(data.target);
          },
        },
        database: db.database,
        clock: { now: () => AT },
        log: { debug: silent, info: silent, warn: silent, error: silent },
      },
      REPOSITORY,
      effect,
      desired,
    );
  }
  return { sent, asked, enqueued, wish, make };
}

function silent(): void {
  // What is said stands in the row, too.
}

async function row(key: string) {
  const [found] = await db.database.query(
    `select done_revision >= revision as done, remote_ref as place, last_answer as answer
       from holdpoint.effect where target = $1`,
    [`slack:1:${key}`],
  );
  return found;
}

describe("a message", () => {
  test("is sent with its key, and its place is kept", async () => {
    const { sent, wish, make } = scene();
    await wish(OPENED);
    await make(OPENED);
    expect(sent).toEqual([
      {
        key: "1:opened",
        to: { kind: "channel", channel: "#deploys" },
        thread: null,
        text: "unit is red",
        mayBeThereSince: null,
      },
    ]);
    expect(await row("opened")).toEqual({ done: true, place: "C0DEPLOYS 1.1", answer: null });
  });

  test("is not said again in other words", async () => {
    const { sent, wish, make } = scene();
    await wish(OPENED);
    await make(OPENED);
    await wish({ ...OPENED, text: "unit is red, and lint" });
    await make({ ...OPENED, text: "unit is red, and lint" });
    expect(sent.length).toBe(1);
    expect(await row("opened")).toMatchObject({ done: true, place: "C0DEPLOYS 1.1" });
  });

  test("REL-20: after a try that ended without a word, the next one looks first, an hour further back than the wish", async () => {
    let died = false;
    const { sent, wish, make } = scene({
      async send() {
        if (died) return { state: "done", place: { channel: "C0DEPLOYS", ts: "1.1" } };
        died = true;
        throw new Error("the process ended here");
      },
    });
    await wish(OPENED);
    await expect(make(OPENED)).rejects.toThrow("the process ended here");
    await make(OPENED);
    expect(sent.map(({ mayBeThereSince }) => mayBeThereSince)).toEqual([
      null,
      new Date("2026-05-05T09:00:00Z"),
    ]);
  });

  test("whose sending fails is kept, with what was seen, and rises to be tried again", async () => {
    const fault = new Fault({
      kind: "retry-later",
      code: "slack-unreachable",
      doing: "sending a message",
      detail: "x",
    });
    const { wish, make } = scene({ send: () => Promise.reject(fault) });
    await wish(OPENED);
    await expect(make(OPENED)).rejects.toBe(fault);
    expect(await row("opened")).toEqual({ done: false, place: null, answer: fault.message });
  });

  test("that Slack refuses is done with, and says why", async () => {
    const { wish, make } = scene({ send: async () => ({ state: "refused", detail: "not in the channel" }) });
    await wish(OPENED);
    await make(OPENED);
    expect(await row("opened")).toEqual({ done: true, place: null, answer: "not in the channel" });
  });

  test("without Slack is done with", async () => {
    const { sent, wish, make } = scene({ notSetUp: true });
    await wish(OPENED);
    await make(OPENED);
    expect(sent).toEqual([]);
    expect(await row("opened")).toEqual({
      done: true,
      place: null,
      answer: "not sent: Slack is not set up (SLACK_BOT_TOKEN is not set)",
    });
  });

  test("that is too long is cut to what a section holds", async () => {
    const { sent, wish, make } = scene();
    const long = { ...OPENED, text: "word ".repeat(1_000) };
    await wish(long);
    await make(long);
    expect(sent[0]?.text.length).toBeLessThanOrEqual(3_000);
  });
});

describe("a reply", () => {
  test("waits until its thread is there, which then asks for it", async () => {
    const { sent, enqueued, wish, make } = scene();
    await wish(OPENED);
    await wish(EXPIRED);
    await make(EXPIRED);
    expect(sent).toEqual([]);
    expect(await row("expired")).toEqual({ done: false, place: null, answer: null });
    await make(OPENED);
    expect(enqueued).toEqual(["slack:1:expired"]);
    await make(EXPIRED);
    expect(sent.map(({ text, thread }) => [text, thread])).toEqual([
      ["unit is red", null],
      ["too late", { channel: "C0DEPLOYS", ts: "1.1" }],
    ]);
  });

  test("keeps its place: what was to be said before is said before, and asks for it", async () => {
    const { sent, enqueued, wish, make } = scene();
    await wish(OPENED);
    await make(OPENED);
    await wish({ ...EXPIRED, key: "reminder", text: "a day left" });
    await db.database.query("update holdpoint.effect set updated_at = $1 where target = 'slack:1:reminder'", [
      new Date(AT.getTime() - 1),
    ]);
    await wish(EXPIRED);
    await make(EXPIRED);
    expect(sent.map(({ text }) => text)).toEqual(["unit is red"]);
    await make({ ...EXPIRED, key: "reminder", text: "a day left" });
    expect(enqueued).toEqual(["slack:1:expired"]);
    await make(EXPIRED);
    expect(sent.map(({ text }) => text)).toEqual(["unit is red", "a day left", "too late"]);
  });

  test("whose thread was refused for good goes to the channel", async () => {
    let first = true;
    const { sent, wish, make } = scene({
      async send() {
        const answer: Sent = first
          ? { state: "refused", detail: "too long" }
          : { state: "done", place: { channel: "C0DEPLOYS", ts: "1.2" } };
        first = false;
        return answer;
      },
    });
    await wish(OPENED);
    await wish(EXPIRED);
    await make(OPENED);
    await make(EXPIRED);
    expect(sent[1]).toMatchObject({ thread: null, to: { kind: "channel", channel: "#deploys" } });
    expect(await row("expired")).toMatchObject({ done: true, place: "C0DEPLOYS 1.2" });
  });

  test("to what nobody knows goes to the channel", async () => {
    const { sent, wish, make } = scene();
    await wish(EXPIRED);
    await make(EXPIRED);
    expect(sent[0]?.thread).toBeNull();
  });
});

describe("a person", () => {
  test("whom the policy names is asked nobody for", async () => {
    const { sent, asked, wish, make } = scene();
    const direct: SlackEffect = {
      ...DIRECT,
      to: { kind: "person", login: "octocat", slackId: "U012AB3CD" },
    };
    await wish(direct);
    await make(direct);
    expect(asked).toEqual([]);
    expect(sent[0]?.to).toEqual({ kind: "user", id: "U012AB3CD" });
  });

  test("is found by the public e-mail address", async () => {
    const { sent, asked, wish, make } = scene({ email: "o@example.com", user: "U1" });
    await wish(DIRECT);
    await make(DIRECT);
    expect(asked).toEqual(["octocat", "o@example.com"]);
    expect(sent[0]?.to).toEqual({ kind: "user", id: "U1" });
  });

  test.each([
    ["shows no address", { email: null }],
    ["is not on Slack", { email: "o@example.com", user: null }],
  ])("who %s is written to by nobody", async (_, acts) => {
    const { sent, wish, make } = scene(acts);
    await wish(DIRECT);
    await make(DIRECT);
    expect(sent).toEqual([]);
    expect(await row("direct")).toEqual({
      done: true,
      place: null,
      answer:
        "not sent: no Slack account was found for octocat, neither under notify.slack.people nor by a public e-mail address",
    });
  });
});
