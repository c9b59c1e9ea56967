import { Client } from "pg";
import type { Log } from "../log.ts";
import { sqlStateOf } from "./database-fault.ts";

export interface ListenOptions {
  readonly url: string;
  /** A plain lower-case name. */
  readonly channel: string;
  readonly onMessage: (payload: string) => void;
  /** After each time the connection was (re-)made: what was sent meanwhile was missed. */
  readonly onConnect: () => void;
  readonly log: Log;
  /** Milliseconds between two signs of life, and until one is given up. */
  readonly heartbeat?: { readonly every: number; readonly within: number };
}

export interface Listener {
  readonly close: () => Promise<void>;
}

const HEARTBEAT = { every: 10_000, within: 5_000 };
const RECONNECT_AFTER = { first: 100, most: 5_000 };

/**
 * Hears NOTIFY on a connection of its own, made again whenever it is lost; a half-open one is found by its
 * missing sign of life. What is heard is a hint only: whoever relies on it must look by itself now and then
 * too, since a pooler may drop LISTEN without a word. Never throws; resolves when the first attempt is over.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { every, within } = options.heartbeat ?? HEARTBEAT;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pause = RECONNECT_AFTER.first;
  const closing = new AbortController();

  async function connect(): Promise<void> {
    const fresh = new Client({
      connectionString: options.url,
      application_name: "holdpoint listener",
      connectionTimeoutMillis: within,
      query_timeout: within,
      keepAlive: true,
    });
    fresh.on("error", (error) => lose(fresh, error));
    fresh.on("end", () => lose(fresh, null));
    fresh.on("notification", (message) => options.onMessage(message.payload ?? ""));
    client = fresh;
    try {
      await fresh.connect();
      await fresh.query(`listen ${options.channel}`);
    } catch (error) {
      lose(fresh, error);
      return;
    }
    pause = RECONNECT_AFTER.first;
    schedule(() => beat(fresh), every);
    options.onConnect();
  }

  async function beat(current: Client): Promise<void> {
    try {
      await current.query("select 1");
      schedule(() => beat(current), every);
    } catch (error) {
      lose(current, error);
    }
  }

  function lose(lost: Client, error: unknown): void {
    if (client !== lost || closing.signal.aborted) return;
    client = null;
    options.log.warn("the queue's listener lost its connection and polls meanwhile", {
      code: sqlStateOf(error) ?? "connection",
    });
    // On a half-open connection a farewell is never answered, so nobody waits for it.
    void lost.end().catch(() => undefined);
    schedule(connect, pause);
    pause = Math.min(pause * 2, RECONNECT_AFTER.most);
  }

  function schedule(action: () => Promise<void>, after: number): void {
    if (timer !== null) clearTimeout(timer);
    if (!closing.signal.aborted) timer = setTimeout(() => void action(), after);
  }

  await connect();
  return {
    async close() {
      closing.abort();
      if (timer !== null) clearTimeout(timer);
      await client?.end();
    },
  };
}
