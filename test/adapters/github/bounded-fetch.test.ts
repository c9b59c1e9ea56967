import { describe, expect, test } from "vitest";
import { createBoundedFetch } from "../../../src/adapters/github/bounded-fetch.ts";
import { faultOf } from "./github-under-test.ts";

const ORIGIN = "https://api.github.com";

describe("REL-49, REL-71: one host alone is ever called", () => {
  test.each([
    "https://evil.example.com/user",
    "https://api.github.com.evil.example.com/user",
    "http://api.github.com/user",
    "https://api.github.com:8443/user",
    "https://169.254.169.254/latest",
    "https://[::ffff:127.0.0.1]/",
    "file:///etc/passwd",
  ])("%s is refused before anything is sent", async (address) => {
    let sent = 0;
    const fetch = createBoundedFetch({
      origin: ORIGIN,
      fetch: async () => {
        sent += 1;
        return new Response("{}");
      },
    });
    expect((await faultOf(fetch(address))).detail).toBe(
      "GitHub's answer names an address on another host; it was not followed.",
    );
    expect(sent).toBe(0);
  });

  test("no redirect is followed and every request has a time limit", async () => {
    const seen: (RequestInit | undefined)[] = [];
    const fetch = createBoundedFetch({
      origin: ORIGIN,
      fetch: async (_input, init) => {
        seen.push(init);
        return new Response("{}");
      },
    });
    await fetch(`${ORIGIN}/user`, { redirect: "follow" });
    expect(seen.map((init) => [init?.redirect, init?.signal instanceof AbortSignal])).toEqual([
      ["manual", true],
    ]);
  });
});

test("an endless body is cut at the limit while it comes", async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_024));
    },
  });
  const fetch = createBoundedFetch({
    origin: ORIGIN,
    maxBodyBytes: 10_240,
    fetch: async () => new Response(endless),
  });
  expect((await faultOf(fetch(`${ORIGIN}/user`))).code).toBe("github-unreachable");
  expect(pulled).toBeLessThan(20);
});

test("a body that trickles for ever is given up", async () => {
  const fetch = createBoundedFetch({
    origin: ORIGIN,
    timeoutMilliseconds: 20,
    fetch: async (_input, init) =>
      new Response(
        new ReadableStream({
          start(controller) {
            init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
          },
        }),
      ),
  });
  expect((await faultOf(fetch(`${ORIGIN}/user`))).detail).toBe("GitHub did not answer (TimeoutError).");
});

test("the answer says how long it is, unpacked", async () => {
  const fetch = createBoundedFetch({
    origin: ORIGIN,
    fetch: async () =>
      new Response('{"a":1}', { headers: { "content-encoding": "gzip", "content-length": "3" } }),
  });
  const answer = await fetch(`${ORIGIN}/user`);
  expect([answer.headers.get("content-length"), answer.headers.get("content-encoding")]).toEqual(["7", null]);
});
