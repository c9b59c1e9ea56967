import type { SlackAnswer, SlackCaller } from "./caller.ts";

/** Where messages go, by the ids that Slack wants when it is asked for them again. */
export interface Conversations {
  /** The id of a channel by its name (`#deploys`) or its id; null: the bot sees none of that name. */
  readonly findChannel: (channel: string) => Promise<SlackAnswer<string | null>>;
  /** The direct messages with a person. */
  readonly openWith: (user: string) => Promise<SlackAnswer<string>>;
  /** Slack has told it by itself. */
  readonly learn: (channel: string, id: string) => void;
}

const MOST_KEPT = 5_000;
const PAGE = 1_000;
/** A workspace with more channels names its channel by id. */
const MOST_PAGES = 20;

export function createConversations(call: SlackCaller): Conversations {
  const ids = new Map<string, string>();

  function learn(name: string, id: string): void {
    if (ids.size >= MOST_KEPT) ids.clear();
    ids.set(name, id);
  }

  return {
    learn,

    async findChannel(channel) {
      if (/^[CDG][A-Z0-9]{8,}$/.test(channel)) return { state: "answered", value: channel };
      const known = ids.get(channel);
      if (known !== undefined) return { state: "answered", value: known };
      let cursor = "";
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await readPage(call, cursor);
        if (answer.state === "refused") return answer;
        const id = answer.value.ids.get(channel.replace(/^#/, ""));
        if (id !== undefined) {
          learn(channel, id);
          return { state: "answered", value: id };
        }
        cursor = answer.value.next;
        if (cursor === "") break;
      }
      return { state: "answered", value: null };
    },

    async openWith(user) {
      const known = ids.get(user);
      if (known !== undefined) return { state: "answered", value: known };
      const answer = await call({
        doing: "opening direct messages",
        limit: "conversations.open",
        send: (client) => client.conversations.open({ users: user }),
      });
      if (answer.state === "refused") return answer;
      const id = answer.value.channel?.id;
      if (id === undefined) return { state: "refused", error: "channel_not_found" };
      learn(user, id);
      return { state: "answered", value: id };
    },
  };
}

interface ChannelPage {
  readonly ids: ReadonlyMap<string, string>;
  /** Empty: there is none. */
  readonly next: string;
}

async function readPage(call: SlackCaller, cursor: string): Promise<SlackAnswer<ChannelPage>> {
  return await call({
    doing: "looking a channel up",
    limit: "conversations.list",
    async send(client) {
      const { channels = [], response_metadata: metadata } = await client.conversations.list({
        exclude_archived: true,
        limit: PAGE,
        types: "public_channel,private_channel",
        ...(cursor === "" ? {} : { cursor }),
      });
      const ids = new Map<string, string>();
      for (const { id, name } of channels) if (id !== undefined && name !== undefined) ids.set(name, id);
      return { ids, next: metadata?.next_cursor ?? "" };
    },
  });
}
