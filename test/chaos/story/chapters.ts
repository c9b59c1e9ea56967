/** One repository on its way through what people do; it goes on when somebody sees on GitHub that Holdpoint has done its part. */
export interface ChaosStory {
  /** `owner/name`. */
  readonly repository: string;
  readonly chapter: () => string;
  readonly isOver: () => boolean;
  /** Looks whether it is time for the next chapter, and begins it. */
  readonly goOn: () => Promise<void>;
  /** What must be there in the end, besides what must hold for every repository; a line for each thing that is not. */
  readonly judge: () => Promise<readonly string[]>;
}

export interface Chapter {
  readonly name: string;
  /** Whether a person sees what they waited for. */
  readonly when: () => Promise<boolean>;
  /** What they do then. */
  readonly act: () => Promise<void>;
}

export function tellStory(
  repository: string,
  chapters: readonly Chapter[],
  judge: () => Promise<readonly string[]>,
): ChaosStory {
  let next = 0;
  return {
    repository,
    chapter: () => chapters[next]?.name ?? "over",
    isOver: () => next >= chapters.length,
    async goOn() {
      const chapter = chapters[next];
      if (chapter === undefined || !(await chapter.when())) return;
      next += 1;
      await chapter.act();
    },
    judge,
  };
}
