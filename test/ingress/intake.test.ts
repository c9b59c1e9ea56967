import { once } from "node:events";
import { connect } from "node:net";
import { assert, asyncProperty, nat } from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Queue } from "../../src/queue/queue.ts";
import { findDelivery } from "../../src/store/delivery.ts";
import { type TestDatabase, createTestDatabase } from "../database/harness.ts";
import { stopHttpServer } from "../../src/ingress/server.ts";
import { openReplica } from "../queue/queue-fixture.ts";
import {
  type Headers,
  type IntakeFixture,
  SECRET,
  deliver,
  deliveryId,
  githubHeaders,
  listDeliveries,
  listDeliveryJobs,
  post,
  signatureOf,
  startIntake,
} from "./intake-fixture.ts";

let db: TestDatabase;
let queue: Queue;
let fixture: IntakeFixture;
beforeAll(async () => {
  db = await createTestDatabase();
  queue = await openReplica(db);
  fixture = await startIntake({ database: db.database, queue });
});
afterAll(async () => {
  await fixture.close();
  await queue.stop(1_000);
  await db.drop();
});
afterEach(async () => {
  await db.database.query("delete from holdpoint.delivery");
  await db.database.query("delete from pgboss.job");
});

const BODY = JSON.stringify({ zen: "Keep it logically awesome." });
const GOOD = signatureOf(BODY);

describe("signatures", () => {
  test("REL-03: the example in GitHub's documentation is accepted", async () => {
    const body = "Hello, World!";
    const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const answer = await post(fixture.port, body, githubHeaders(body, { "x-hub-signature-256": signature }));
    expect(answer).toEqual({ status: 202, text: "stored\n" });
  });

  const malformed: readonly (readonly [claim: string, headers: Headers, code: string])[] = [
    ["an empty one", { "x-hub-signature-256": "" }, "signature-missing"],
    ["sha1= in its place", { "x-hub-signature-256": `sha1=${"0".repeat(40)}` }, "signature-malformed"],
    ["one that is too short", { "x-hub-signature-256": GOOD.slice(0, -1) }, "signature-malformed"],
    ["one that is too long", { "x-hub-signature-256": `${GOOD}0` }, "signature-malformed"],
    [
      "one that is not hexadecimal",
      { "x-hub-signature-256": `sha256=${"g".repeat(64)}` },
      "signature-malformed",
    ],
    ["one of another secret", { "x-hub-signature-256": signatureOf(BODY, "other") }, "signature-wrong"],
    [
      "the right one and another",
      { "x-hub-signature-256": [GOOD, `sha256=${"0".repeat(64)}`] },
      "header-malformed",
    ],
    ["the right one twice", { "x-hub-signature-256": [GOOD, GOOD] }, "header-malformed"],
  ];
  test.each(malformed)(
    "REL-01: %s is refused, counted, and nothing is stored",
    async (_claim, headers, code) => {
      const status = code === "header-malformed" ? 400 : 401;
      expect(await refusal(githubHeaders(BODY, headers))).toEqual(refusedWith(status, code));
    },
  );

  test("REL-01: a missing one is refused, counted, and nothing is stored", async () => {
    const { "x-hub-signature-256": _left, ...headers } = githubHeaders(BODY);
    expect(await refusal(headers)).toEqual(refusedWith(401, "signature-missing"));
  });

  test("REL-01: only sha1 is refused, counted, and nothing is stored", async () => {
    const { "x-hub-signature-256": _left, ...headers } = githubHeaders(BODY);
    const withSha1 = { ...headers, "x-hub-signature": `sha1=${"0".repeat(40)}` };
    expect(await refusal(withSha1)).toEqual(refusedWith(401, "signature-missing"));
  });

  test("REL-03: a body of which any one bit was changed is refused", async () => {
    const body = Buffer.from('{"ref":"refs/heads/main","text":"äöü €"}');
    await assert(
      asyncProperty(nat(body.length - 1), nat(7), async (place, bit) => {
        const altered = Buffer.from(body);
        altered.writeUInt8(altered.readUInt8(place) ^ (1 << bit), place);
        const answer = await post(fixture.port, altered, githubHeaders(body));
        return answer.status === 401;
      }),
      { numRuns: 60 },
    );
    expect(await listDeliveries(db.database)).toEqual([]);
  });

  test("REL-03: a body that a proxy wrote anew is refused", async () => {
    const body = '{ "a": 1,  "b": "\\u00e9" }';
    const answer = await post(fixture.port, JSON.stringify(JSON.parse(body)), githubHeaders(body));
    expect(answer.status).toBe(401);
  });

  test("REL-03: text outside ASCII is accepted and stored byte for byte", async () => {
    const body = '{"message":"Größe 日本語 \u{1f680} \u2028"}';
    expect((await post(fixture.port, body, githubHeaders(body))).status).toBe(202);
    const [stored] = await listDeliveries(db.database);
    expect(stored?.body.equals(Buffer.from(body))).toBe(true);
  });

  test("REL-03: bytes that are not UTF-8 are refused, although rightly signed", async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    expect(await post(fixture.port, body, githubHeaders(body))).toEqual({
      status: 400,
      text: "The body is not UTF-8.\n",
    });
    expect(await listDeliveries(db.database)).toEqual([]);
  });

  test("REL-18: during a rotation the old and the new secret are good, afterwards the old one is not", async () => {
    const during = await startIntake({ database: db.database, queue, secrets: ["new", SECRET] });
    const after = await startIntake({ database: db.database, queue, secrets: ["new"] });
    const signedNew = { "x-hub-signature-256": signatureOf(BODY, "new") };
    expect((await post(during.port, BODY, githubHeaders(BODY))).status).toBe(202);
    expect((await post(during.port, BODY, githubHeaders(BODY, signedNew))).status).toBe(202);
    expect((await post(after.port, BODY, githubHeaders(BODY, signedNew))).status).toBe(202);
    expect((await post(after.port, BODY, githubHeaders(BODY))).status).toBe(401);
    expect(await listDeliveries(db.database)).toHaveLength(3);
    await during.close();
    await after.close();
  });
});

/** What a refused request leaves behind. */
async function refusal(headers: Headers): Promise<object> {
  const before = fixture.intake.counts();
  const { status, text } = await post(fixture.port, BODY, headers);
  const after = fixture.intake.counts();
  return {
    status,
    tellsTrace: /\bat .*:\d+|Error/.test(text),
    counted: [...after.refused].filter(([name, count]) => count !== (before.refused.get(name) ?? 0)),
    deliveries: await listDeliveries(db.database),
    jobs: await listDeliveryJobs(db.database),
  };
}

function refusedWith(status: number, code: string): object {
  const counted = [[code, expect.any(Number)]];
  return { status, tellsTrace: false, counted, deliveries: [], jobs: [] };
}

describe("headers", () => {
  test.each<readonly [claim: string, headers: Headers, status: number, text: string]>([
    [
      "no delivery id",
      { "x-github-delivery": "" },
      400,
      "A header is missing: X-GitHub-Delivery and X-GitHub-Event are needed.\n",
    ],
    [
      "a delivery id with a line break's escape",
      { "x-github-delivery": "a%0d b" },
      400,
      "A header is malformed, or stands twice.\n",
    ],
    [
      "a delivery id of 129 characters",
      { "x-github-delivery": "a".repeat(129) },
      400,
      "A header is malformed, or stands twice.\n",
    ],
    [
      "an event of 65 characters",
      { "x-github-event": "a".repeat(65) },
      400,
      "A header is malformed, or stands twice.\n",
    ],
    [
      "an event that is no name",
      { "x-github-event": "__proto__.x" },
      400,
      "A header is malformed, or stands twice.\n",
    ],
    [
      "two events",
      { "x-github-event": ["push", "installation"] },
      400,
      "A header is malformed, or stands twice.\n",
    ],
    [
      "a form",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "Only application/json is taken: choose it in the webhook's settings.\n",
    ],
    ["a compressed body", { "content-encoding": "gzip" }, 415, "Compressed bodies are not taken.\n"],
  ])("%s: refused with a sentence", async (_claim, headers, status, text) => {
    expect(await post(fixture.port, BODY, githubHeaders(BODY, headers))).toEqual({ status, text });
    expect(await listDeliveries(db.database)).toEqual([]);
  });

  test("a charset beside the content type is fine", async () => {
    const headers = githubHeaders(BODY, { "content-type": "Application/JSON; charset=utf-8" });
    expect((await post(fixture.port, BODY, headers)).status).toBe(202);
  });

  test("Jira's webhooks are refused with a sentence while their secret is not set", async () => {
    const without = await startIntake({ database: db.database, queue, jiraSecrets: [] });
    const headers = { "content-type": "application/json", "x-hub-signature": signatureOf(BODY, "") };
    expect(await post(without.port, BODY, headers, "/api/jira/webhooks")).toEqual({
      status: 503,
      text: "These webhooks are not switched on: the setting with their secret is missing.\n",
    });
    await without.close();
  });
});

const LARGEST = 25 * 1024 * 1024;

describe("bounds", () => {
  test("REL-04: a body of 25 MB is accepted", async () => {
    const body = Buffer.alloc(LARGEST, "a");
    expect((await post(fixture.port, body, githubHeaders(body))).status).toBe(202);
    const [stored] = await listDeliveries(db.database);
    const found = await findDelivery(db.database, deliveryId(stored?.id ?? ""));
    expect(found?.body?.equals(body)).toBe(true);
    expect(fixture.budget.held()).toBe(0);
  });

  test("REL-04: a body of 26 MB is refused by its declared length, before it is read", async () => {
    const { status, text, closed } = await postRaw(
      fixture.port,
      `content-length: ${String(26 * 1024 * 1024)}`,
      [],
    );
    expect({ status, text }).toEqual({ status: 413, text: "The body is larger than 25 MB.\n" });
    expect(closed).toBe(true);
  });

  test("REL-04: an endless chunked body is cut off at 25 MB and its connection closed", async () => {
    const chunk = Buffer.alloc(64 * 1024, "a");
    const framed = Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")]);
    let sent = 0;
    function* endless(): Generator<Buffer> {
      for (; sent < 100 * LARGEST; sent += chunk.length) yield framed;
    }
    const { status, closed } = await postRaw(fixture.port, "transfer-encoding: chunked", endless());
    expect(status).toBe(413);
    expect(closed).toBe(true);
    // What the system's buffers take in beyond it is not ours.
    expect(sent).toBeLessThan(LARGEST + 16 * 1024 * 1024);
    expect(fixture.budget.held()).toBe(0);
  });

  test("REL-04: headers that trickle end the connection", async () => {
    const slow = await startIntake({ database: db.database, queue, times: { headers: 200, request: 400 } });
    const socket = connect(slow.port, "127.0.0.1");
    socket.write("POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n");
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /);
    await slow.close();
  });

  test("REL-04: a body that trickles ends the connection and frees its memory", async () => {
    const slow = await startIntake({ database: db.database, queue, times: { headers: 200, request: 400 } });
    const socket = connect(slow.port, "127.0.0.1");
    socket.write(`${requestHead("content-length: 1000")}{"a":`);
    await readToEnd(socket);
    expect(slow.budget.held()).toBe(0);
    expect(slow.refused()).toEqual({ aborted: 1 });
    await slow.close();
  });

  test("REL-04: a gzip bomb is refused by its Content-Encoding, unread", async () => {
    const { status, closed } = await postRaw(
      fixture.port,
      "content-encoding: gzip\r\ncontent-length: 1000000",
      [],
    );
    expect(status).toBe(415);
    expect(closed).toBe(true);
  });

  test("REL-04: all bodies together stay within the budget; beyond it, 503 at once", async () => {
    const small = await startIntake({ database: db.database, queue, budget: 3_000 });
    const holding = connect(small.port, "127.0.0.1");
    holding.write(requestHead("content-length: 2500") + "a".repeat(2_400));
    await until(() => small.budget.held() === 2_400);
    const body = "b".repeat(700);
    expect(await post(small.port, body, githubHeaders(body))).toEqual({
      status: 503,
      text: "Too much is being received at this moment. Send it again.\n",
    });
    const chunked = await postRaw(small.port, "transfer-encoding: chunked", [
      Buffer.from(`2bc\r\n${body}\r\n`),
    ]);
    expect(chunked.status).toBe(503);
    expect(chunked.head).toContain("retry-after: 10\r\n");
    holding.destroy();
    await until(() => small.budget.held() === 0);
    expect((await post(small.port, body, githubHeaders(body))).status).toBe(202);
    await small.close();
  });

  test("other addresses and methods are the fallback's", async () => {
    expect((await post(fixture.port, BODY, githubHeaders(BODY), "/api/github/webhooks/x")).status).toBe(404);
    expect((await post(fixture.port, BODY, githubHeaders(BODY), "/api/github/webhooks?x=1")).status).toBe(
      202,
    );
  });
});

describe("many at once", () => {
  test("REL-15: a burst of 1,000 is acknowledged whole, shares commits, and loses nothing", async () => {
    const before = fixture.intake.counts().accepted;
    const { batches } = fixture.writer.counts();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, number) => deliver(fixture.port, "push", { number })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(fixture.intake.counts().accepted - before).toBe(1_000);
    expect(fixture.writer.counts().batches - batches).toBeLessThan(200);
    const rows = await listDeliveries(db.database);
    const jobs = await listDeliveryJobs(db.database);
    expect(rows).toHaveLength(1_000);
    expect(jobs.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
  });

  test("REL-05: the same delivery at once on two replicas is one row and one job, and both answer 202", async () => {
    const other = await startIntake({ database: await db.open(), queue });
    for (let round = 0; round < 20; round += 1) {
      const headers = githubHeaders(BODY);
      const ports = [fixture.port, other.port, fixture.port, other.port];
      const answers = await Promise.all(ports.map((port) => post(port, BODY, headers)));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    }
    expect(await listDeliveries(db.database)).toHaveLength(20);
    expect((await listDeliveries(db.database)).map(({ redeliveries }) => redeliveries)).toEqual(
      Array.from({ length: 20 }, () => 3),
    );
    expect(await listDeliveryJobs(db.database)).toHaveLength(20);
    await other.close();
  });
});

describe("stopping", () => {
  test("REL-29: once it stops, everybody is asked to come again, and what was begun is finished", async () => {
    const stopping = await startIntake({ database: db.database, queue });
    const socket = connect(stopping.port, "127.0.0.1");
    const body = "x".repeat(100);
    socket.write(requestHead("content-length: 100", body) + body.slice(0, 50));
    await until(() => stopping.budget.held() === 50);
    stopping.intake.stop();
    expect(await post(stopping.port, BODY, githubHeaders(BODY))).toEqual({
      status: 503,
      text: "Holdpoint is stopping. Send it again.\n",
    });
    socket.write(body.slice(50));
    const answered = readToEnd(socket);
    await stopping.close();
    expect(await answered).toMatch(/^HTTP\/1\.1 202 /);
  });

  test("REL-29: a connection that trickles does not keep the server from stopping", async () => {
    const stopping = await startIntake({ database: db.database, queue });
    const socket = connect(stopping.port, "127.0.0.1");
    const ended = readToEnd(socket);
    socket.write(requestHead("content-length: 100") + "x");
    await until(() => stopping.budget.held() === 1);
    await stopHttpServer(stopping.server, 50);
    expect(await ended).toBe("");
    await until(() => stopping.intake.counts().refused.get("aborted") === 1);
  });
});

function requestHead(length: string, body = ""): string {
  return [
    "POST /api/github/webhooks HTTP/1.1",
    "host: x",
    ...Object.entries(githubHeaders(body)).map(([name, value]) => `${name}: ${String(value)}`),
    length,
    "\r\n",
  ].join("\r\n");
}

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly text: string;
  /** Whether the server ended the connection. */
  readonly closed: boolean;
}

/** Writes the chunks as fast as they are taken, until the server ends the connection. */
async function postRaw(port: number, length: string, chunks: Iterable<Buffer>): Promise<RawAnswer> {
  const socket = connect(port, "127.0.0.1");
  const ended = readToEnd(socket);
  let gone = false;
  void ended.then(() => (gone = true));
  socket.write(requestHead(length));
  for (const chunk of chunks) {
    if (gone) break;
    if (!socket.write(chunk)) await Promise.race([once(socket, "drain").catch(() => null), ended]);
  }
  const answer = await ended;
  const [head = "", text = ""] = answer.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, text, closed: socket.destroyed };
}

/** Everything that the server says until the connection is over. */
async function readToEnd(socket: ReturnType<typeof connect>): Promise<string> {
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  // A reset is one way to end it.
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.on("close", resolve));
  return text;
}

/** Looks again whenever the event loop comes round. */
async function until(claim: () => boolean): Promise<void> {
  while (!claim()) await new Promise((resolve) => setImmediate(resolve));
}
