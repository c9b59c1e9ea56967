import type { SlackCaller } from "./caller.ts";

/** What marks a message as ours, besides our being its sender. */
export const EVENT_TYPE = "holdpoint";

export interface WantedMessage {
  readonly key: string;
  /** An id. */
  readonly channel: string;
  /** The message that it replies to; null: it stands in the channel. */
  readonly threadTs: string | null;
  /** Not older than that. */
  readonly since: Date;
}

/**
 * The message of ours with that key, which an earlier try may have posted without being told so. `unreadable`: the bot
 * may not read there, so nobody knows.
 */
export type FindMessage = (
  wanted: WantedMessage,
) => Promise<
  | { readonly state: "found"; readonly channel: string; readonly ts: string }
  | { readonly state: "none" }
  | { readonly state: "unreadable"; readonly error: string }
>;

const PAGE = 100;
const MOST_PAGES = 20;

interface SeenMessage {
  readonly ts?: string;
  readonly bot_id?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
}

export function createFindMessage(call: SlackCaller): FindMessage {
  let botId: string | null = null;

  /** Another app in the channel may write the same mark: only our own messages count. */
  async function readBotId(): Promise<string | null> {
    if (botId !== null) return botId;
    const answer = await call({
      doing: "asking Slack who we are",
      limit: "auth.test",
      send: (client) => client.auth.test(),
    });
    botId = answer.state === "answered" ? (answer.value.bot_id ?? null) : null;
    return botId;
  }

  return async (wanted) => {
    const own = await readBotId();
    let cursor = "";
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await readPage(call, wanted, cursor);
      if (answer.state === "refused") return { state: "unreadable", error: answer.error };
      const found = answer.value.messages.find((message) => isWanted(message, wanted.key, own));
      if (found?.ts !== undefined) return { state: "found", channel: wanted.channel, ts: found.ts };
      cursor = answer.value.next;
      if (cursor === "") break;
    }
    return { state: "none" };
  };
}

async function readPage(call: SlackCaller, { channel, threadTs, since }: WantedMessage, cursor: string) {
  const range = {
    channel,
    include_all_metadata: true,
    inclusive: true,
    oldest: (since.getTime() / 1_000).toFixed(6),
    limit: PAGE,
    ...(cursor === "" ? {} : { cursor }),
  } as const;
  return await call({
    doing: "looking for a message",
    limit: threadTs === null ? "conversations.history" : "conversations.replies",
    async send(client) {
      const { messages, response_metadata: metadata } =
        threadTs === null
          ? await client.conversations.history(range)
          : await client.conversations.replies({ ...range, ts: threadTs });
      const seen: readonly SeenMessage[] = messages ?? [];
      return { messages: seen, next: metadata?.next_cursor ?? "" };
    },
  });
}

function isWanted({ bot_id: by, metadata }: SeenMessage, key: string, own: string | null): boolean {
  if (own === null || by !== own || metadata?.event_type !== EVENT_TYPE) return false;
  const payload = metadata.event_payload ?? {};
  return "key" in payload && payload.key === key;
}
