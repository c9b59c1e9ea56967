import { Hono, type Context } from "hono";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { postMessage, updateMessage } from "./chat-methods.ts";
import { listConversations, openConversation, readHistory, readReplies } from "./conversation-methods.ts";
import {
  addMessage,
  type Answer,
  OWN_BOT,
  refuse,
  type SandboxChannel,
  type SandboxMessage,
  type SandboxMetadata,
  type SandboxUser,
  type SlackLie,
  type SlackWorld,
} from "./model.ts";

export interface SandboxSlackOptions {
  readonly clock: Clock;
  readonly token?: string;
  readonly channels?: readonly SandboxChannel[];
  readonly users?: readonly SandboxUser[];
}

/** A Slack that takes messages: `/api/METHOD`, as a form or as JSON, errors as `{"ok":false}` with status 200. */
export interface SandboxSlack {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly token: string;
  readonly messages: (channel?: string) => readonly SandboxMessage[];
  /** The id of a person by name; throws where there is none. */
  readonly userId: (name: string) => string;
  /** Another app's bot writes, metadata and all. */
  readonly intrude: (message: {
    readonly channel: string;
    readonly text: string;
    readonly metadata: SandboxMetadata;
  }) => void;
  /** Somebody takes a message away. */
  readonly remove: (ts: string) => void;
  readonly lie: (lie: SlackLie) => void;
  readonly tellTheTruth: () => void;
  /** Methods called, oldest first. */
  readonly calls: () => readonly string[];
}

const CHANNELS: readonly SandboxChannel[] = [
  { id: "C0DEPLOYS", name: "deploys", member: true },
  { id: "C0PRIVATE", name: "private", member: false },
  { id: "C0OLD", name: "old", member: true, archived: true },
];

const USERS: readonly SandboxUser[] = [
  { id: "U012AB3CD", name: "octocat", email: "octocat@example.com" },
  { id: "U012MONA1", name: "monalisa", email: "monalisa@example.com" },
  { id: "U012HUBO1", name: "hubot", email: "hubot@example.com" },
  { id: "U0GONE123", name: "gone", email: "gone@example.com", deleted: true },
];

type Method = (world: SlackWorld, body: unknown) => Answer;

const METHODS: Readonly<Record<string, Method>> = {
  "auth.test": () => ({ ok: true, user_id: `U${OWN_BOT.slice(1)}`, bot_id: OWN_BOT, team: "Sandbox" }),
  "chat.postMessage": postMessage,
  "chat.update": updateMessage,
  "conversations.history": readHistory,
  "conversations.list": listConversations,
  "conversations.open": openConversation,
  "conversations.replies": readReplies,
  "users.lookupByEmail": lookUpByEmail,
};

export function createSandboxSlack(options: SandboxSlackOptions): SandboxSlack {
  const token = options.token ?? "xoxb-sandbox";
  const world: SlackWorld = {
    now: () => options.clock.now(),
    users: options.users ?? USERS,
    channels: [...(options.channels ?? CHANNELS)],
    messages: [],
  };
  const called: string[] = [];
  let lies: { lie: SlackLie; left: number }[] = [];

  function takeLie(method: string): SlackLie | null {
    const entry = lies.find(({ lie, left }) => left > 0 && (lie.method ?? method) === method);
    if (entry === undefined) return null;
    entry.left -= 1;
    return entry.lie;
  }

  async function answer(context: Context, name: string): Promise<Answer> {
    const given = context.req.header("authorization");
    if (given === undefined) return refuse("not_authed");
    if (given !== `Bearer ${token}`) return refuse("invalid_auth");
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    return method === undefined ? refuse("unknown_method") : method(world, await readArguments(context));
  }

  const app = new Hono();
  app.get("/_control/messages", (context) => context.json(world.messages));
  app.all("/api/:method", async (context) => {
    const name = context.req.param("method");
    called.push(name);
    const lie = takeLie(name);
    if (lie === null) return context.json(await answer(context, name));
    if (lie.error === "unanswered") await answer(context, name);
    return tell(lie);
  });

  return {
    fetch: async (request) => await app.fetch(request),
    token,
    messages: (channel) =>
      world.messages.filter((message) => channel === undefined || message.channel === channel),
    userId(name) {
      const found = world.users.find((user) => user.name === name);
      if (found === undefined) throw new Error(`Slack has no ${name}`);
      return found.id;
    },
    intrude: (message) =>
      void addMessage(world, { ...message, threadTs: null, blocks: [], botId: "B0OTHER" }),
    remove(ts) {
      world.messages = world.messages.filter((message) => message.ts !== ts);
    },
    lie: (lie) => void lies.push({ lie, left: lie.times ?? Infinity }),
    tellTheTruth() {
      lies = [];
    },
    calls: () => [...called],
  };
}

function tell({ error, retryAfterSeconds = 1 }: SlackLie): Response {
  switch (error) {
    case "ratelimited":
      return Response.json(refuse(error), {
        status: 429,
        headers: retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds) },
      });
    case "page":
      return new Response("<!doctype html><title>Slack</title>", {
        headers: { "content-type": "text/html" },
      });
    case "unavailable":
      return new Response("upstream connect error", { status: 503 });
    case "redirect":
      return new Response(null, { status: 302, headers: { location: "https://slack.example/elsewhere" } });
    case "unanswered":
      return new Response(null, { status: 502 });
    default:
      return Response.json(refuse(error));
  }
}

function lookUpByEmail({ users }: SlackWorld, body: unknown): Answer {
  const wish = z.object({ email: z.string() }).safeParse(body);
  const user = wish.success
    ? users.find(({ email, deleted }) => email === wish.data.email && deleted !== true)
    : undefined;
  return user === undefined
    ? refuse("users_not_found")
    : { ok: true, user: { id: user.id, name: user.name } };
}

async function readArguments(context: Context): Promise<unknown> {
  const type = context.req.header("content-type") ?? "";
  if (context.req.method === "GET") return context.req.query();
  if (!type.startsWith("application/json")) {
    return Object.fromEntries(new URLSearchParams(await context.req.text()));
  }
  try {
    const body: unknown = await context.req.json();
    return body;
  } catch {
    return null;
  }
}
