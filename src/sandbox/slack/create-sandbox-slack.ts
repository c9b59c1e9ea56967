import { Hono, type Context } from "hono";
import { z } from "zod";
import type { Clock } from "../../clock.ts";

export interface SandboxSlackOptions {
  readonly clock: Clock;
  readonly token?: string;
  readonly channels?: readonly SandboxChannel[];
  readonly users?: readonly SandboxUser[];
}

export interface SandboxChannel {
  readonly id: string;
  /** Without the `#`. */
  readonly name: string;
  /** The bot was invited. */
  readonly member: boolean;
  readonly archived?: boolean;
}

export interface SandboxUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface SandboxMessage {
  readonly channel: string;
  /** Slack's name for a message within its channel; in order. */
  readonly ts: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly edited: boolean;
}

/** An error of Slack's, by its name, or `ratelimited` with a 429; for so many calls, or until told otherwise. */
export interface SlackLie {
  readonly error: string;
  readonly times?: number;
  readonly retryAfterSeconds?: number;
}

/** A Slack that takes messages: `/api/METHOD`, as a form or as JSON, errors as `{"ok":false}` with status 200. */
export interface SandboxSlack {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly token: string;
  readonly messages: (channel?: string) => readonly SandboxMessage[];
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

const USERS: readonly SandboxUser[] = [{ id: "U012AB3CD", name: "octocat", email: "octocat@example.com" }];

const post = z.object({
  channel: z.string(),
  text: z.string().optional(),
  blocks: z.union([z.array(z.unknown()), z.string()]).optional(),
  thread_ts: z.string().optional(),
});
const update = post.extend({ ts: z.string() });

/** https://docs.slack.dev/reference/methods/chat.postMessage */
const LONGEST_TEXT = 40_000;
const MOST_BLOCKS = 50;

type Answer =
  | { readonly ok: true; readonly [member: string]: unknown }
  | { readonly ok: false; readonly error: string };

export function createSandboxSlack(options: SandboxSlackOptions): SandboxSlack {
  const token = options.token ?? "xoxb-sandbox";
  const users = options.users ?? USERS;
  const channels = [...(options.channels ?? CHANNELS)];
  const called: string[] = [];
  let messages: SandboxMessage[] = [];
  let lies: { lie: SlackLie; left: number }[] = [];

  function findChannel(name: string): SandboxChannel | null {
    return channels.find(({ id, name: own }) => id === name || own === name.replace(/^#/, "")) ?? null;
  }

  function openChannel(userId: string): SandboxChannel | null {
    const user = users.find(({ id }) => id === userId);
    if (user === undefined) return null;
    const id = `D${user.id.slice(1)}`;
    const open = findChannel(id);
    if (open !== null) return open;
    const opened = { id, name: id, member: true };
    channels.push(opened);
    return opened;
  }

  const methods: Readonly<Record<string, (body: unknown) => Answer>> = {
    "auth.test": () => ({ ok: true, user_id: "U0HOLDPOINT", team: "Sandbox" }),

    "chat.postMessage"(body) {
      const wish = post.safeParse(body);
      if (!wish.success) return refuse("invalid_arguments");
      const channel = findChannel(wish.data.channel) ?? openChannel(wish.data.channel);
      const error = checkChannel(channel) ?? checkContent(wish.data);
      if (channel === null || error !== null) return refuse(error ?? "channel_not_found");
      const ts = `${Math.floor(options.clock.now().getTime() / 1_000)}.${String(messages.length + 1).padStart(6, "0")}`;
      const message = {
        channel: channel.id,
        ts,
        threadTs: wish.data.thread_ts ?? null,
        text: wish.data.text ?? "",
        blocks: readBlocks(wish.data.blocks) ?? [],
        edited: false,
      };
      messages.push(message);
      return { ok: true, channel: channel.id, ts, message: { type: "message", text: message.text, ts } };
    },

    "chat.update"(body) {
      const wish = update.safeParse(body);
      if (!wish.success) return refuse("invalid_arguments");
      const error = checkContent(wish.data);
      if (error !== null) return refuse(error);
      const { channel, ts } = wish.data;
      const old = messages.find((message) => message.channel === channel && message.ts === ts);
      if (old === undefined) return refuse("message_not_found");
      const edited = {
        ...old,
        text: wish.data.text ?? old.text,
        blocks: readBlocks(wish.data.blocks) ?? old.blocks,
        edited: true,
      };
      messages = messages.map((message) => (message === old ? edited : message));
      return { ok: true, channel, ts, text: edited.text };
    },

    "conversations.open"(body) {
      const wish = z.object({ users: z.string() }).safeParse(body);
      const channel = wish.success ? openChannel(wish.data.users) : null;
      return channel === null ? refuse("user_not_found") : { ok: true, channel: { id: channel.id } };
    },

    "users.lookupByEmail"(body) {
      const wish = z.object({ email: z.string() }).safeParse(body);
      const user = wish.success ? users.find(({ email }) => email === wish.data.email) : undefined;
      return user === undefined
        ? refuse("users_not_found")
        : { ok: true, user: { id: user.id, name: user.name } };
    },
  };

  function takeLie(): SlackLie | null {
    const entry = lies.find(({ left }) => left > 0);
    if (entry === undefined) return null;
    entry.left -= 1;
    return entry.lie;
  }

  const app = new Hono();
  app.get("/_control/messages", (context) => context.json(messages));
  app.all("/api/:method", async (context) => {
    const name = context.req.param("method");
    called.push(name);
    const lie = takeLie();
    if (lie?.error === "ratelimited") {
      return context.json(refuse("ratelimited"), 429, { "Retry-After": String(lie.retryAfterSeconds ?? 1) });
    }
    if (lie !== null) return context.json(refuse(lie.error));
    const given = context.req.header("authorization");
    if (given === undefined) return context.json(refuse("not_authed"));
    if (given !== `Bearer ${token}`) return context.json(refuse("invalid_auth"));
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    return context.json(
      method === undefined ? refuse("unknown_method") : method(await readArguments(context)),
    );
  });

  return {
    fetch: async (request) => await app.fetch(request),
    token,
    messages: (channel) => messages.filter((message) => channel === undefined || message.channel === channel),
    lie: (lie) => void lies.push({ lie, left: lie.times ?? Infinity }),
    tellTheTruth() {
      lies = [];
    },
    calls: () => [...called],
  };
}

function refuse(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}

function checkChannel(channel: SandboxChannel | null): string | null {
  if (channel === null) return "channel_not_found";
  if (channel.archived === true) return "is_archived";
  return channel.member ? null : "not_in_channel";
}

function checkContent(wish: z.infer<typeof post>): string | null {
  const blocks = readBlocks(wish.blocks);
  if (wish.blocks !== undefined && (blocks === null || blocks.length > MOST_BLOCKS)) return "invalid_blocks";
  if ((wish.text ?? "") === "" && (blocks ?? []).length === 0) return "no_text";
  return (wish.text ?? "").length > LONGEST_TEXT ? "msg_too_long" : null;
}

/** Blocks come as JSON, or as JSON in a form's field; null: they are no list. */
function readBlocks(blocks: readonly unknown[] | string | undefined): readonly unknown[] | null {
  if (typeof blocks !== "string") return blocks ?? null;
  try {
    const parsed = z.array(z.unknown()).safeParse(JSON.parse(blocks));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
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
