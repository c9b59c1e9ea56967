import { listen } from "../../database/listen.ts";
import type { Log } from "../../log.ts";

/** Tells whoever watches that something of a repository changed; what, they read themselves. */
export interface ChangeFeed {
  /** `onChange` gets the repository's id, or null: something may have been missed, look at everything. Answers how to stop. */
  readonly subscribe: (onChange: (repositoryId: number | null) => void, onEnd?: () => void) => () => void;
  /** Holdpoint stops: whoever keeps a browser waiting lets it go. */
  readonly close: () => Promise<void>;
}

const CHANNEL = "holdpoint_change";

/** One connection for all who watch in this process; the database tells it after each commit that changed something. */
export async function createChangeFeed(options: {
  readonly url: string;
  readonly log: Log;
}): Promise<ChangeFeed> {
  const watching = new Map<symbol, { onChange: (repositoryId: number | null) => void; onEnd: () => void }>();
  function tell(repositoryId: number | null): void {
    for (const { onChange } of watching.values()) onChange(repositoryId);
  }
  const listener = await listen({
    ...options,
    channel: CHANNEL,
    onMessage: (payload) => tell(Number(payload)),
    onConnect: () => tell(null),
  });
  let closed: Promise<void> | null = null;
  async function close(): Promise<void> {
    for (const { onEnd } of watching.values()) onEnd();
    await listener.close();
  }
  return {
    subscribe(onChange, onEnd = () => undefined) {
      const key = Symbol("whoever watches");
      watching.set(key, { onChange, onEnd });
      return () => void watching.delete(key);
    },
    close: () => (closed ??= close()),
  };
}
