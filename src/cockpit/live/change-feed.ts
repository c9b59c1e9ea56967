import { listen } from "../../database/listen.ts";
import type { Log } from "../../log.ts";

/** Tells whoever watches that something of a repository changed; what, they read themselves. */
export interface ChangeFeed {
  /** `onChange` gets the repository's id, or null: something may have been missed, look at everything. Answers how to stop. */
  readonly subscribe: (onChange: (repositoryId: number | null) => void) => () => void;
  readonly close: () => Promise<void>;
}

const CHANNEL = "holdpoint_change";

/** One connection for all who watch in this process; the database tells it after each commit that changed something. */
export async function createChangeFeed(options: {
  readonly url: string;
  readonly log: Log;
}): Promise<ChangeFeed> {
  const watching = new Set<(repositoryId: number | null) => void>();
  function tell(repositoryId: number | null): void {
    for (const onChange of watching) onChange(repositoryId);
  }
  const listener = await listen({
    ...options,
    channel: CHANNEL,
    onMessage: (payload) => tell(Number(payload)),
    onConnect: () => tell(null),
  });
  return {
    subscribe(onChange) {
      watching.add(onChange);
      return () => void watching.delete(onChange);
    },
    close: listener.close,
  };
}
