/**
 * The life of one simulated replica. Everything that it does outside itself goes through here, one thing at a time in the order in which it
 * was asked for, so that a run can be repeated. Before and after each of them it may be abandoned: that promise, and every later
 * one of it, never settles, as if its process had been killed there.
 */
export interface Life {
  readonly through: <Result>(where: string, work: () => Promise<Result>) => Promise<Result>;
  /** It dies at the crossing after so many more; each passage is two of them. */
  readonly dieAfter: (crossings: number) => void;
  readonly isDead: () => boolean;
  /** Resolves with where it died. */
  readonly death: Promise<string>;
}

export function createLife(onCrossing: (where: string) => void): Life {
  const died = Promise.withResolvers<string>();
  let before: Promise<unknown> = Promise.resolve();
  let left = Infinity;
  let dead = false;

  async function cross(where: string): Promise<void> {
    if (!dead) {
      onCrossing(where);
      left -= 1;
      if (left >= 0) return;
      dead = true;
      died.resolve(where);
    }
    await new Promise<never>(() => undefined);
  }

  async function pass<Result>(where: string, work: () => Promise<Result>): Promise<Result> {
    await cross(`before ${where}`);
    const result = await work();
    await cross(`after ${where}`);
    return result;
  }

  return {
    through(where, work) {
      const passage = before.then(() => pass(where, work));
      // Whether it succeeds is its caller's concern; the next one only waits for its end.
      before = passage.catch(() => undefined);
      return passage;
    },
    dieAfter(crossings) {
      left = crossings;
    },
    isDead: () => dead,
    death: died.promise,
  };
}
