import { z } from "zod";

/** What the sandbox can pretend. `times`: for so many calls; without it until told otherwise. */
export const lieSchema = z.strictObject({
  kind: z.enum([
    "unauthorized",
    "anonymous",
    "captcha",
    "forbidden",
    "gone",
    "rate-limited",
    "server-error",
    "unavailable",
    "redirect",
    "login-page",
    "truncated",
    "broken-off",
    "trickling",
    "hanging",
    "slow",
  ]),
  times: z.int().positive().optional(),
  /** Only calls whose path holds this text. */
  path: z.string().optional(),
  /** For `rate-limited` and `unavailable`. */
  retryAfterSeconds: z.int().nonnegative().optional(),
  /** For `slow`. */
  milliseconds: z.int().nonnegative().optional(),
});

export type JiraLie = z.infer<typeof lieSchema>;

export interface Lies {
  readonly tell: (lie: JiraLie) => void;
  /** The truth again; calls that hang are answered now. */
  readonly stop: () => void;
  /** The lie that this call gets, used up by it; null: the truth. */
  readonly take: (path: string) => JiraLie | null;
  /** Resolves when the lying stops. */
  readonly untilStopped: () => Promise<void>;
}

export function createLies(): Lies {
  let told: { lie: JiraLie; left: number }[] = [];
  let stopped = Promise.withResolvers<void>();
  return {
    tell: (lie) => void told.push({ lie, left: lie.times ?? Infinity }),
    stop() {
      told = [];
      stopped.resolve();
      stopped = Promise.withResolvers<void>();
    },
    take(path) {
      const entry = told.find(({ lie, left }) => left > 0 && path.includes(lie.path ?? ""));
      if (entry === undefined) return null;
      entry.left -= 1;
      return entry.lie;
    },
    untilStopped: () => stopped.promise,
  };
}

const LOGIN_PAGE =
  "<!DOCTYPE html><html><head><title>Log in</title></head><body>Log in to continue</body></html>";
const JSON_TYPE = { "content-type": "application/json;charset=UTF-8" };

/** The answer that a lie makes of the true one, which is only asked for where the lie needs it. */
export async function answerWith(
  lie: JiraLie,
  lies: Lies,
  answer: () => Promise<Response>,
): Promise<Response> {
  const retryAfter: Record<string, string> =
    lie.retryAfterSeconds === undefined ? {} : { "retry-after": String(lie.retryAfterSeconds) };
  switch (lie.kind) {
    case "unauthorized":
      return new Response(LOGIN_PAGE, { status: 401, headers: { "content-type": "text/html" } });
    case "anonymous":
      return Response.json(
        { issues: [], issueErrors: [], values: [], total: 0 },
        { headers: { "x-seraph-loginreason": "AUTHENTICATED_FAILED" } },
      );
    case "captcha":
      return new Response(LOGIN_PAGE, {
        status: 403,
        headers: {
          "content-type": "text/html",
          "x-seraph-loginreason": "AUTHENTICATION_DENIED",
          "x-authentication-denied-reason": "CAPTCHA_CHALLENGE; login-url=/login.jsp",
        },
      });
    case "forbidden":
      return Response.json({ errorMessages: ["Forbidden"], errors: {} }, { status: 403 });
    case "gone":
      return Response.json(
        { errorMessages: ["The requested API has been removed."], errors: {} },
        { status: 410 },
      );
    case "rate-limited":
      return new Response("", { status: 429, headers: retryAfter });
    case "server-error":
      return Response.json({ errorMessages: ["Internal server error"], errors: {} }, { status: 500 });
    case "unavailable":
      return new Response("<h1>503</h1>", {
        status: 503,
        headers: { "content-type": "text/html", ...retryAfter },
      });
    case "redirect":
      return new Response(null, { status: 302, headers: { location: "/login.jsp" } });
    case "login-page":
      return new Response(LOGIN_PAGE, { headers: { "content-type": "text/html;charset=UTF-8" } });
    case "truncated": {
      const text = await (await answer()).text();
      return new Response(text.slice(0, Math.ceil(text.length / 2)), { headers: JSON_TYPE });
    }
    case "broken-off":
      return new Response(brokenOff(await (await answer()).text()), { headers: JSON_TYPE });
    case "trickling":
      return new Response(trickle(lies), { headers: JSON_TYPE });
    case "hanging":
      await lies.untilStopped();
      return await answer();
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, lie.milliseconds ?? 1_000));
      return await answer();
  }
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from(text.slice(0, Math.ceil(text.length / 2)))),
    pull: (controller) => controller.error(new Error("the sandbox breaks off")),
  });
}

/** A blank every 10 ms, until the lying stops or nobody listens. */
function trickle(lies: Lies): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | null = null;
  function dry(): boolean {
    if (timer !== null) clearInterval(timer);
    const wasRunning = timer !== null;
    timer = null;
    return wasRunning;
  }
  async function closeInTheEnd(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    await lies.untilStopped();
    if (dry()) controller.close();
  }
  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => controller.enqueue(Buffer.from(" ")), 10);
      void closeInTheEnd(controller);
    },
    cancel: () => void dry(),
  });
}
