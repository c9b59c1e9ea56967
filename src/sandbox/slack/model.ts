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
  readonly deleted?: boolean;
}

/** Only apps see it, and only when they ask for it. */
export interface SandboxMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface SandboxMessage {
  readonly channel: string;
  /** Slack's name for a message within its channel; in order. */
  readonly ts: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly edited: boolean;
  readonly metadata: SandboxMetadata | null;
  /** Whose bot wrote it. */
  readonly botId: string;
}

/** What Slack does instead of what it should; for so many calls, or until told otherwise. */
export interface SlackLie {
  /**
   * An error of Slack's, by its name; `ratelimited` with a 429; `page`: HTML with status 200; `unavailable`: a 503;
   * `redirect`: to somewhere else; `unanswered`: it is done, and somebody in between answers 502.
   */
  readonly error: string;
  /** `chat.postMessage`; left out: every method. */
  readonly method?: string;
  readonly times?: number;
  /** With `ratelimited`; null: Slack does not say. */
  readonly retryAfterSeconds?: number | null;
}

/** Everything that this Slack holds. */
export interface SlackWorld {
  readonly now: () => Date;
  readonly users: readonly SandboxUser[];
  readonly channels: SandboxChannel[];
  messages: readonly SandboxMessage[];
}

export const OWN_BOT = "B0HOLDPOINT";

export type Answer =
  | { readonly ok: true; readonly [member: string]: unknown }
  | { readonly ok: false; readonly error: string };

export function refuse(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}

export function findChannel(world: SlackWorld, name: string): SandboxChannel | null {
  return world.channels.find(({ id, name: own }) => id === name || own === name.replace(/^#/, "")) ?? null;
}

/** The direct messages with a person. */
export function openChannel(world: SlackWorld, userId: string): SandboxChannel | null {
  const user = world.users.find(({ id }) => id === userId);
  if (user === undefined) return null;
  const id = `D${user.id.slice(1)}`;
  const open = findChannel(world, id);
  if (open !== null) return open;
  const opened = { id, name: id, member: true };
  world.channels.push(opened);
  return opened;
}

/** Adds a message, newest last, and answers its name. */
export function addMessage(
  world: SlackWorld,
  message: Omit<SandboxMessage, "ts" | "edited">,
): SandboxMessage {
  const seconds = Math.floor(world.now().getTime() / 1_000);
  const added = {
    ...message,
    ts: `${seconds}.${String(world.messages.length + 1).padStart(6, "0")}`,
    edited: false,
  };
  world.messages = [...world.messages, added];
  return added;
}
