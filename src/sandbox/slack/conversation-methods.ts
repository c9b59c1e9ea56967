import { z } from "zod";
import { checkChannel } from "./chat-methods.ts";
import {
  type Answer,
  openChannel,
  refuse,
  type SandboxChannel,
  type SandboxMessage,
  type SlackWorld,
} from "./model.ts";

/** In a form everything is text. */
const flag = z.union([z.boolean(), z.enum(["true", "1", "false", "0"])]).optional();
const count = z.coerce.number().int().min(1).max(1_000);

const range = z.object({
  channel: z.string(),
  cursor: z.string().optional(),
  oldest: z.coerce.number().default(0),
  latest: z.coerce.number().default(Infinity),
  limit: count.default(100),
  include_all_metadata: flag,
});

/** https://docs.slack.dev/reference/methods/conversations.history: newest first, without the replies. */
export function readHistory(world: SlackWorld, body: unknown): Answer {
  const wish = range.safeParse(body);
  if (!wish.success) return refuse("invalid_arguments");
  const channel = findById(world, wish.data.channel);
  const error = checkReadable(channel);
  if (channel === null || error !== null) return refuse(error ?? "channel_not_found");
  const { oldest, latest } = wish.data;
  const found = world.messages
    .filter((message) => message.channel === channel.id && message.threadTs === null)
    .filter(({ ts }) => Number(ts) >= oldest && Number(ts) <= latest)
    .toReversed();
  return page(found, wish.data);
}

/** https://docs.slack.dev/reference/methods/conversations.replies: the first message, then the replies, oldest first. */
export function readReplies(world: SlackWorld, body: unknown): Answer {
  const wish = range.extend({ ts: z.string() }).safeParse(body);
  if (!wish.success) return refuse("invalid_arguments");
  const channel = findById(world, wish.data.channel);
  const error = checkReadable(channel);
  if (channel === null || error !== null) return refuse(error ?? "channel_not_found");
  const { ts: first, oldest, latest } = wish.data;
  const inChannel = world.messages.filter((message) => message.channel === channel.id);
  const begins = inChannel.find(({ ts }) => ts === first);
  if (begins === undefined) return refuse("thread_not_found");
  const replies = inChannel
    .filter(({ threadTs }) => threadTs === first)
    .filter(({ ts }) => Number(ts) >= oldest && Number(ts) <= latest);
  return page([begins, ...replies], wish.data);
}

export function openConversation(world: SlackWorld, body: unknown): Answer {
  const wish = z.object({ users: z.string() }).safeParse(body);
  const channel = wish.success ? openChannel(world, wish.data.users) : null;
  return channel === null ? refuse("user_not_found") : { ok: true, channel: { id: channel.id } };
}

const list = z.object({ cursor: z.string().optional(), limit: count.default(100), exclude_archived: flag });

export function listConversations(world: SlackWorld, body: unknown): Answer {
  const wish = list.safeParse(body);
  if (!wish.success) return refuse("invalid_arguments");
  const skipArchived = isSet(wish.data.exclude_archived);
  const seen = world.channels
    .filter(({ id, archived }) => id.startsWith("C") && !(skipArchived && archived === true))
    .map(({ id, name, member, archived }) => ({
      id,
      name,
      is_member: member,
      is_archived: archived === true,
    }));
  const { items, next } = cut(seen, wish.data);
  return { ok: true, channels: items, response_metadata: { next_cursor: next } };
}

/** By id alone: these methods know no names. */
function findById(world: SlackWorld, id: string): SandboxChannel | null {
  return world.channels.find((channel) => channel.id === id) ?? null;
}

/** An archived channel can be read. */
function checkReadable(channel: SandboxChannel | null): string | null {
  const error = checkChannel(channel);
  return error === "is_archived" ? null : error;
}

function page(found: readonly SandboxMessage[], wish: z.infer<typeof range>): Answer {
  const { items, next } = cut(found, wish);
  const messages = items.map(({ ts, text, blocks, threadTs, metadata, botId }) => ({
    type: "message",
    user: `U${botId.slice(1)}`,
    bot_id: botId,
    ts,
    text,
    blocks,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    ...(metadata !== null && isSet(wish.include_all_metadata) ? { metadata } : {}),
  }));
  return { ok: true, messages, has_more: next !== "", response_metadata: { next_cursor: next } };
}

function cut<Item>(
  items: readonly Item[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { readonly items: readonly Item[]; readonly next: string } {
  const from = Number(cursor ?? "0");
  const end = from + limit;
  return { items: items.slice(from, end), next: end < items.length ? String(end) : "" };
}

function isSet(given: z.infer<typeof flag>): boolean {
  return given === true || given === "true" || given === "1";
}
