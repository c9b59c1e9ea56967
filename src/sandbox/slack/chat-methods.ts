import { z } from "zod";
import {
  addMessage,
  type Answer,
  findChannel,
  openChannel,
  OWN_BOT,
  refuse,
  type SandboxChannel,
  type SlackWorld,
} from "./model.ts";

const metadata = z.object({
  event_type: z.string(),
  event_payload: z.record(z.string(), z.unknown()),
});

const post = z.object({
  channel: z.string(),
  text: z.string().optional(),
  blocks: z.union([z.array(z.unknown()), z.string()]).optional(),
  thread_ts: z.string().optional(),
  metadata: z.union([metadata, z.string()]).optional(),
});
const update = post.extend({ ts: z.string() });

/** https://docs.slack.dev/reference/methods/chat.postMessage */
const LONGEST_TEXT = 40_000;
const MOST_BLOCKS = 50;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const LONGEST_SECTION = 3_000;
/** Of text and blocks together; not documented, and seen. */
const LONGEST_MESSAGE = 13_200;

const section = z.object({ type: z.literal("section"), text: z.object({ text: z.string() }) });

export function postMessage(world: SlackWorld, body: unknown): Answer {
  const wish = post.safeParse(body);
  if (!wish.success) return refuse("invalid_arguments");
  const channel = findChannel(world, wish.data.channel) ?? openChannel(world, wish.data.channel);
  const given = readMetadata(wish.data.metadata);
  const error = checkChannel(channel) ?? checkContent(wish.data) ?? given.error;
  if (channel === null || error !== null) return refuse(error ?? "channel_not_found");
  const threadTs = wish.data.thread_ts ?? null;
  const inChannel = world.messages.filter((message) => message.channel === channel.id);
  if (threadTs !== null && !inChannel.some(({ ts }) => ts === threadTs)) {
    return refuse("cannot_reply_to_message");
  }
  const { ts, text } = addMessage(world, {
    channel: channel.id,
    threadTs,
    text: wish.data.text ?? "",
    blocks: readBlocks(wish.data.blocks) ?? [],
    metadata: given.value,
    botId: OWN_BOT,
  });
  return { ok: true, channel: channel.id, ts, message: { type: "message", text, ts } };
}

export function updateMessage(world: SlackWorld, body: unknown): Answer {
  const wish = update.safeParse(body);
  if (!wish.success) return refuse("invalid_arguments");
  const error = checkContent(wish.data);
  if (error !== null) return refuse(error);
  const { channel, ts } = wish.data;
  const old = world.messages.find((message) => message.channel === channel && message.ts === ts);
  if (old === undefined) return refuse("message_not_found");
  const edited = {
    ...old,
    text: wish.data.text ?? old.text,
    blocks: readBlocks(wish.data.blocks) ?? old.blocks,
    edited: true,
  };
  world.messages = world.messages.map((message) => (message === old ? edited : message));
  return { ok: true, channel, ts, text: edited.text };
}

export function checkChannel(channel: SandboxChannel | null): string | null {
  if (channel === null) return "channel_not_found";
  if (channel.archived === true) return "is_archived";
  return channel.member ? null : "not_in_channel";
}

function checkContent(wish: z.infer<typeof post>): string | null {
  const blocks = readBlocks(wish.blocks);
  if (wish.blocks !== undefined && (blocks === null || blocks.length > MOST_BLOCKS)) return "invalid_blocks";
  const sections = (blocks ?? []).map((block) => section.safeParse(block));
  if (sections.some(({ data }) => (data?.text.text.length ?? 0) > LONGEST_SECTION)) return "invalid_blocks";
  if ((wish.text ?? "") === "" && (blocks ?? []).length === 0) return "no_text";
  if ((wish.text ?? "").length > LONGEST_TEXT) return "msg_too_long";
  if (blocks === null) return null;
  return JSON.stringify(blocks).length > LONGEST_MESSAGE ? "msg_blocks_too_long" : null;
}

/** Blocks come as JSON, or as JSON in a form's field; null: they are no list. */
function readBlocks(blocks: readonly unknown[] | string | undefined): readonly unknown[] | null {
  if (typeof blocks !== "string") return blocks ?? null;
  const parsed = z.array(z.unknown()).safeParse(parseJson(blocks));
  return parsed.success ? parsed.data : null;
}

function readMetadata(given: z.infer<typeof post>["metadata"]): {
  readonly value: z.infer<typeof metadata> | null;
  readonly error: string | null;
} {
  if (given === undefined) return { value: null, error: null };
  const parsed = metadata.safeParse(typeof given === "string" ? parseJson(given) : given);
  return parsed.success
    ? { value: parsed.data, error: null }
    : { value: null, error: "invalid_metadata_format" };
}

function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return null;
  }
}
