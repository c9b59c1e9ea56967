import { setTimeout as pause } from "node:timers/promises";
import { asError } from "../../src/errors.ts";
import type { Box } from "../../src/sandbox/start-box.ts";
import type { ChaosStory } from "./story/chapters.ts";
import { breakTrunk } from "./story/halted-repository.ts";
import { releaseWork } from "./story/released-repository.ts";
import type { Witness } from "./witness.ts";

/** People at work in more and more repositories, whatever happens to Holdpoint meanwhile. */
export interface Life {
  /** Begins another repository. */
  readonly begin: () => Promise<void>;
  /** Begins one now, and another whenever so much time has passed; the answer ends that. */
  readonly beginEvery: (milliseconds: number) => () => void;
  readonly stories: () => readonly ChaosStory[];
  readonly waiting: () => readonly ChaosStory[];
  readonly stop: () => Promise<void>;
}

const LOOK_EVERY = 400;
/** More at once would be a measure of this machine. */
const AT_ONCE = 10;

export function startLife(box: Box, witness: Witness): Life {
  const stories: ChaosStory[] = [];
  const over = new AbortController();
  let begun = 0;
  let broken: Error | null = null;

  async function begin(): Promise<void> {
    begun += 1;
    const name = `shop-${String(begun).padStart(4, "0")}`;
    stories.push(
      begun % 2 === 0 ? await breakTrunk(box.github, witness, name) : await releaseWork(box, witness, name),
    );
  }

  function waiting(): readonly ChaosStory[] {
    if (broken !== null) throw broken;
    return stories.filter((story) => !story.isOver());
  }

  async function live(): Promise<void> {
    while (!over.signal.aborted) {
      for (const story of waiting()) await story.goOn();
      await pause(LOOK_EVERY);
    }
  }

  // People who do what cannot be done are a mistake of this test, told to whoever looks next.
  const ended = live().catch((error: unknown) => void (broken = asError(error)));
  return {
    begin,
    beginEvery(milliseconds) {
      function beginAnother(): void {
        if (stories.filter((story) => !story.isOver()).length >= AT_ONCE) return;
        void begin().catch((error: unknown) => void (broken = asError(error)));
      }
      const timer = setInterval(beginAnother, milliseconds);
      return () => clearInterval(timer);
    },
    stories: () => stories,
    waiting,
    async stop() {
      over.abort();
      await ended;
    },
  };
}
