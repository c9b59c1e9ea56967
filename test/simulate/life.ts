/**
 * The life of one simulated replica. Everything that it does outside itself crosses the boundary of its process; at one such
 * crossing it may be abandoned: that promise, and every later one of it, never settles, as if its process had been killed there.
 */
export interface Life {
  /** Resolves at once while it lives, never after it has died. */
  readonly cross: (where: string) => Promise<void>;
  /** It dies at the crossing after so many more. */
  readonly dieAfter: (crossings: number) => void;
  readonly isDead: () => boolean;
  /** Resolves with where it died. */
  readonly death: Promise<string>;
  /** What the machine does for a process that is gone: its connections are cut. */
  readonly onDeath: (cut: () => Promise<void>) => void;
}

export function createLife(): Life {
  const died = Promise.withResolvers<string>();
  const cuts: (() => Promise<void>)[] = [];
  let left = Infinity;
  let dead = false;

  async function die(where: string): Promise<void> {
    dead = true;
    for (const cut of cuts) await cut();
    died.resolve(where);
  }

  return {
    async cross(where) {
      if (!dead) {
        left -= 1;
        if (left >= 0) return;
        await die(where);
      }
      await new Promise<never>(() => undefined);
    },
    dieAfter(crossings) {
      left = crossings;
    },
    isDead: () => dead,
    death: died.promise,
    onDeath: (cut) => void cuts.push(cut),
  };
}
