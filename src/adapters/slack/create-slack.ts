import { setTimeout as sleepFor } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import type { SlackSettings } from "../../config.ts";
import * as wording from "../../domain/wording/slack-answers.ts";
import { Fault } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { SendsMessages, SlackPlace } from "../../ports/slack.ts";
import { createBoundedFetch } from "./bounded-fetch.ts";
import { createCaller, type SlackAnswer, type SlackCaller } from "./caller.ts";
import { createChannelPace } from "./channel-pace.ts";
import { createConversations } from "./conversations.ts";
import { createFindMessage, EVENT_TYPE } from "./find-message.ts";
import { createFindUserByEmail } from "./people.ts";

export interface SlackOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Between two messages to one channel; what may be left out has the value that is right for Slack itself. */
  readonly gapMilliseconds?: number;
  readonly timeoutMilliseconds?: number;
  readonly maxBodyBytes?: number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Another way out, for a Slack in the same process. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

type Message = Parameters<SendsMessages["sendMessage"]>[0];

const NO_THREAD: ReadonlySet<string> = new Set([
  "thread_not_found",
  "message_not_found",
  "cannot_reply_to_message",
  "restricted_action_thread_locked",
  "restricted_action_non_threadable_channel",
]);

const GAP = 1_000;
const TIMEOUT = 10_000;
/** A page of a hundred messages with their blocks stays well below. */
const MAX_BODY = 8 * 1_048_576;

/** Slack as the bot sees it. */
export function createSlack(settings: SlackSettings, options: SlackOptions): SendsMessages {
  const { clock, log } = options;
  const fetch = createBoundedFetch({
    origin: new URL(settings.apiUrl).origin,
    fetch: options.fetch,
    timeoutMilliseconds: options.timeoutMilliseconds ?? TIMEOUT,
    maxBodyBytes: options.maxBodyBytes ?? MAX_BODY,
  });
  const call = createCaller(settings, fetch, clock);
  const conversations = createConversations(call);
  const findMessage = createFindMessage(call);
  const sleep = options.sleep ?? ((milliseconds: number) => sleepFor(milliseconds));
  const turn = createChannelPace(options.gapMilliseconds ?? GAP, clock, sleep);

  /** Where to post: the thread's channel, the direct messages, or what the policy says. */
  async function destination({ to, thread }: Message): Promise<SlackAnswer<string>> {
    if (thread !== null) return { state: "answered", value: thread.channel };
    return to.kind === "user"
      ? await conversations.openWith(to.id)
      : { state: "answered", value: to.channel };
  }

  /** The message, posted by an earlier try; null: it is not there, or nobody knows. */
  async function findPosted(message: Message, channel: string, since: Date): Promise<SlackPlace | null> {
    const known = await conversations.findChannel(channel);
    if (known.state === "answered" && known.value === null) return null;
    const threadTs = message.thread?.ts ?? null;
    const seen =
      known.state === "refused"
        ? ({ state: "unreadable", error: known.error } as const)
        : await findMessage({ key: message.key, channel: known.value ?? "", threadTs, since });
    // Twice said is better than not said: what the message tells of is due whether or not the bot may read there.
    if (seen.state === "unreadable") {
      log.warn("it cannot be seen whether a message is in Slack already", {
        code: seen.error,
        detail: wording.slackSays(seen.error),
      });
    }
    return seen.state === "found" ? { channel: seen.channel, ts: seen.ts } : null;
  }

  async function sendMessage(message: Message): ReturnType<SendsMessages["sendMessage"]> {
    const wanted = await destination(message);
    if (wanted.state === "refused") return refused(wanted.error);
    const channel = wanted.value;
    if (message.mayBeThereSince !== null) {
      const place = await findPosted(message, channel, message.mayBeThereSince);
      if (place !== null) return { state: "done", place };
    }
    await turn(channel, message.key);
    const posted = await post(call, channel, message);
    if (posted.state === "refused" && message.thread !== null && NO_THREAD.has(posted.error)) {
      // Its first message was taken away, or takes no replies: better said in the channel than not at all.
      return await sendMessage({ ...message, to: { kind: "channel", channel }, thread: null });
    }
    if (posted.state === "refused") return refused(posted.error);
    const { channel: id = channel, ts = "" } = posted.value;
    conversations.learn(channel, id);
    return { state: "done", place: { channel: id, ts } };
  }

  return { sendMessage, findUserByEmail: createFindUserByEmail(call, clock, log) };
}

/** Nothing can be sent until somebody gives the bot what it lacks: that is no refusal of this one message. */
const LACKING: ReadonlySet<string> = new Set(["missing_scope", "no_permission"]);

function refused(error: string): { readonly state: "refused"; readonly detail: string } {
  if (LACKING.has(error)) {
    throw new Fault({
      kind: "misconfigured",
      code: "slack-refused",
      doing: "sending a message",
      detail: wording.slackSays(error),
    });
  }
  return { state: "refused", detail: wording.slackSays(error) };
}

/** Nothing in it is parsed but the mrkdwn that was written: no names become mentions, no addresses previews. */
async function post(call: SlackCaller, channel: string, { key, text, thread }: Message) {
  return await call({
    doing: "sending a message",
    limit: `chat.postMessage ${channel}`,
    send: ({ chat: { postMessage: say } }) =>
      say({
        channel,
        text,
        blocks: [{ type: "section", text: { type: "mrkdwn", text, verbatim: true } }],
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
        ...(thread === null ? {} : { thread_ts: thread.ts }),
        parse: "none",
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      }),
  });
}
