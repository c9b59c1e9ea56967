import type { Box } from "../start-box.ts";
import type { SeenCheckRun, SeenStatus, Spectator } from "../spectator.ts";

/** Where a story is played. */
export interface Stage {
  readonly box: Box;
  readonly seen: Spectator;
  readonly repository: string;
  /** Until every webhook was taken and everything that follows from it was done. */
  readonly quiet: () => Promise<void>;
  /** What one step leaves for the next: shas, numbers, keys. */
  readonly notes: Map<string, string>;
}

/** What must be seen on GitHub after a step: the story checks itself. */
export interface Expectation {
  readonly sha: string;
  readonly context: string;
  readonly state: "success" | "failure" | "pending";
  /** Words that the description must contain. */
  readonly says: string;
}

export interface Scene {
  readonly title: string;
  /** What somebody does, in one or two sentences, for whoever watches. */
  readonly told: string;
  readonly act: (stage: Stage) => Promise<readonly Expectation[]>;
  /** The check run whose report is shown in full after this scene. */
  readonly report?: (stage: Stage) => string;
}

export interface SceneSeen {
  readonly statuses: readonly SeenStatus[];
  readonly report: SeenCheckRun | null;
  /** Expectations that were not met, as sentences. */
  readonly missed: readonly string[];
}

/** Plays one scene, waits until all is quiet, and looks. */
export async function playScene(stage: Stage, scene: Scene): Promise<SceneSeen> {
  const expectations = await scene.act(stage);
  await stage.quiet();
  const statuses: SeenStatus[] = [];
  const missed: string[] = [];
  for (const { sha, context, state, says } of expectations) {
    const found = (await stage.seen.statuses(stage.repository, sha)).find((one) => one.context === context);
    if (found !== undefined) statuses.push(found);
    if (found?.state !== state || !found.description.includes(says)) {
      const got = found === undefined ? "nothing" : `${found.state} “${found.description}”`;
      missed.push(`${context} should be ${state} and say “${says}”; it is ${got}`);
    }
  }
  const reported = scene.report?.(stage);
  const runs = reported === undefined ? [] : await stage.seen.checkRuns(stage.repository, reported);
  return { statuses, report: runs.find(({ name }) => name === "Holdpoint") ?? null, missed };
}

/** What a step noted; a story that asks for what nobody noted is mistaken. */
export function noted(stage: Stage, name: string): string {
  const value = stage.notes.get(name);
  if (value === undefined) throw new Error(`no scene has noted ${name}`);
  return value;
}
