import { setTimeout as wait } from "node:timers/promises";
import type { Lie } from "./lies.ts";

const PAGE =
  "<!DOCTYPE html><html><head><title>Unicorn! · GitHub</title></head><body>This page is taking too long.</body></html>";
const LIMITS_PAGE = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
const SECONDS_TO_RESET = 600;

/** What a lie makes of a call. `answer` gives the true answer, and does what was asked for: only called where the lie needs it. */
export async function answerLie(
  lie: Lie,
  now: Date,
  answer: (lagging: boolean) => Promise<Response>,
): Promise<Response> {
  const retryAfter: Record<string, string> =
    typeof lie.retryAfterSeconds === "number" ? { "retry-after": String(lie.retryAfterSeconds) } : {};
  switch (lie.kind) {
    case "lagging":
      return answer(true);
    case "accepted-and-nothing":
      return Response.json({}, { status: 202 });
    case "not-found":
      return refuse(404, "Not Found");
    case "unauthorized":
      return refuse(401, "Bad credentials");
    case "forbidden":
      return refuse(403, "Resource not accessible by integration");
    case "primary-limit":
      return refuse(lie.status ?? 403, "API rate limit exceeded for installation ID 1.", {
        date: now.toUTCString(),
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-used": "5000",
        "x-ratelimit-reset": String(
          Math.floor(now.getTime() / 1_000) + (lie.retryAfterSeconds ?? SECONDS_TO_RESET),
        ),
      });
    case "secondary-limit":
      return refuse(
        lie.status ?? 403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        retryAfter,
      );
    case "server-error":
      return refuse(lie.status ?? 500, "Server Error", retryAfter);
    case "html":
      return new Response(PAGE, {
        status: lie.status ?? 200,
        headers: { "content-type": "text/html; charset=utf-8" },
      });
    case "truncated": {
      const response = await answer(false);
      const text = await response.text();
      const headers = new Headers(response.headers);
      headers.delete("content-length");
      return new Response(text.slice(0, Math.ceil(text.length / 2)), { status: response.status, headers });
    }
    case "broken-off":
      return new Response(brokenOff(await (await answer(false)).text()), {
        headers: { "content-type": "application/json; charset=utf-8" },
      });
    case "reset":
      return new Response(brokenOff(""), { headers: { "content-type": "application/json; charset=utf-8" } });
    case "slow":
      await wait(lie.milliseconds ?? 1_000);
      return answer(false);
    case "delivery-twice":
    case "delivery-after-the-next":
    case "delivery-lost":
    case "delivery-refused":
      throw new Error(`${lie.kind} is no lie about a call`);
  }
}

function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  // The page on limits is a sign of one: nothing else may name it.
  const isLimit = message.includes("rate limit");
  const documentation_url = isLimit ? LIMITS_PAGE : "https://docs.github.com/rest";
  return Response.json({ message, documentation_url, status: String(status) }, { status, headers });
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from(text.slice(0, Math.ceil(text.length / 2)))),
    pull: (controller) => controller.error(new Error("the sandbox breaks off")),
  });
}
