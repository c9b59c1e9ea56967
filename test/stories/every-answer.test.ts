import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { headersOfAll } from "../../src/cockpit/security-headers.ts";
import { openStory, type Story } from "./open-story.ts";

let story: Story;
beforeAll(async () => {
  story = await openStory({ environment: { HOLDPOINT_URL: "https://holdpoint.example.com" }, signIn: true });
});
afterAll(() => story.close());

/** Whatever is asked, and whoever answers: the intake, the probes, the gate's address or the cockpit. */
const DOORS: readonly (readonly [string, string, string, number])[] = [
  ["the liveness probe", "GET", "/healthz", 200],
  ["the readiness probe", "GET", "/readyz", 200],
  ["the metrics", "GET", "/metrics", 200],
  ["the gate, asked without a token", "GET", "/api/v1/repos/acme/shop/gate", 401],
  ["the gate, asked in another way", "POST", "/api/v1/repos/acme/shop/gate", 405],
  ["GitHub's webhooks, refused", "POST", "/api/github/webhooks", 401],
  ["Jira's webhooks, refused", "POST", "/api/jira/webhooks", 401],
  ["the webhooks' address, only looked at", "GET", "/api/github/webhooks", 404],
  ["a page, to a stranger", "GET", "/acme/shop", 302],
  ["the sign-in", "GET", "/-/sign-in", 200],
  ["a question of another site's script", "OPTIONS", "/acme/shop", 303],
];

describe("every answer", () => {
  test.each(DOORS)("of %s is safe to show, kept by nobody, and says to come by https", async (...door) => {
    const [, method, path, status] = door;
    const { url } = story.holdpoint();
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: "manual",
      headers: { origin: "https://evil.example", "content-type": "application/json" },
      ...(method === "POST" ? { body: "{}" } : {}),
    });
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...headersOfAll("https://holdpoint.example.com"),
      "strict-transport-security": "max-age=63072000; includeSubDomains",
    });
    const type = (await answer.text()) === "" ? "nothing" : (answer.headers.get("content-type") ?? "");
    expect(type).toMatch(/^nothing$|; charset=utf-8$|^application\/json$/i);
  });

  test.each(DOORS)("of %s lets no other site's script read it, and names no software", async (...door) => {
    const [, method, path] = door;
    const answer = await fetch(`${story.holdpoint().url}${path}`, {
      method,
      redirect: "manual",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    const names = [...answer.headers.keys()];
    expect(names.filter((name) => /^(?:access-control-|server$|x-powered-by$)/.test(name))).toEqual([]);
  });

  test("to a webhook that was accepted carries the same", async () => {
    const body = JSON.stringify({ zen: "Keep it logically awesome." });
    const signature = createHmac("sha256", story.box.environment["WEBHOOK_SECRET"] ?? "").update(body);
    const answer = await fetch(`${story.holdpoint().url}/api/github/webhooks`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-github-event": "ping",
        "x-github-delivery": "5f1c7f4e-6d0b-4b7a-9a51-000000000001",
        "x-hub-signature-256": `sha256=${signature.digest("hex")}`,
      },
      body,
    });
    expect(answer.status).toBe(202);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
  });
});

/** What the server says to these bytes, until it closes. */
async function tell(bytes: string): Promise<string> {
  const { port } = new URL(story.holdpoint().url);
  const socket = connect(Number(port), "127.0.0.1");
  let said = "";
  socket.on("data", (chunk) => (said += chunk.toString("latin1")));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(bytes);
  await once(socket, "close");
  return said;
}

describe("a request that two servers would read as different ones", () => {
  test.each([
    ["with a length and chunks", "content-length: 5\r\ntransfer-encoding: chunked\r\n", "0\r\n\r\n"],
    ["with two lengths", "content-length: 2\r\ncontent-length: 3\r\n", "{}"],
    ["with a length that is no number", "content-length: 0x2\r\n", "{}"],
    ["with chunks that are none", "transfer-encoding: xchunked\r\n", "0\r\n\r\n"],
    ["with a header folded over two lines", "x-a: 1\r\n b: 2\r\ncontent-length: 2\r\n", "{}"],
    ["with a space before the colon", "content-length : 2\r\n", "{}"],
  ])("%s is refused, and its connection ends", async (_, headers, body) => {
    const said = await tell(
      `POST /api/github/webhooks HTTP/1.1\r\nhost: holdpoint\r\n${headers}\r\n${body}GET /healthz HTTP/1.1\r\nhost: holdpoint\r\n\r\n`,
    );
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(said).not.toContain('"status":"ok"');
  });
});

test("TRACE gives nothing back of what it was sent", async () => {
  const said = await tell(
    "TRACE /-/sign-in HTTP/1.1\r\nhost: holdpoint\r\ncookie: holdpoint=canary\r\nconnection: close\r\n\r\n",
  );
  expect(said).toMatch(/^HTTP\/1\.1 [345]\d\d /);
  expect(said).not.toContain("canary");
});

test("where files could lie nothing is given out: no list, no source, no history of it", async () => {
  const { url } = story.holdpoint();
  for (const path of ["/.git/config", "/.env", "/src/", "/-/assets/", "/-/assets/x/..%2f..%2fpackage.json"]) {
    const answer = await fetch(`${url}${path}`, { redirect: "manual" });
    expect([path, [302, 404].includes(answer.status)]).toEqual([path, true]);
    expect(await answer.text()).toBe("");
  }
});
