import { setTimeout as pause } from "node:timers/promises";
import type { Box } from "../start-box.ts";
import type { Spectator } from "../spectator.ts";

/** Where a story is played. */
export interface Stage {
  readonly box: Box;
  readonly seen: Spectator;
  readonly repository: string;
  /** Until every webhook was taken and everything that follows from it was done. */
  readonly quiet: () => Promise<void>;
  /** What is due by now is noticed now, and not at the next tick. */
  readonly notice: () => Promise<void>;
  /** A deploy tool asks with `holdpoint gate`: what it prints, and its exit code. */
  readonly askWithCommand: (
    words: readonly string[],
  ) => Promise<{ readonly code: number; readonly out: string }>;
  /** The same question over HTTP. */
  readonly askOverHttp: (question: GateQuestion) => Promise<HttpAnswer>;
  /** Somebody who may only read looks at a page of the cockpit: its first heading, and its words. */
  readonly readCockpit: (path: string) => Promise<{ readonly title: string; readonly words: string }>;
  /** What one step leaves for the next: shas, numbers, keys. */
  readonly notes: Map<string, string>;
  /** How long an hour of deadlines lasts, in milliseconds. */
  readonly hour: number;
  readonly signal: AbortSignal;
}

export interface GateQuestion {
  readonly environment: string;
  readonly sha: string;
  readonly intent?: "rollback";
}

export interface HttpAnswer {
  readonly status: number;
  readonly decision: string;
  /** Codes with their messages. */
  readonly reasons: readonly string[];
}

export type Mood = "success" | "failure" | "pending" | "neutral";

/** One line of what a developer sees, wherever that is. */
export interface Sight {
  readonly mood: Mood;
  /** `holdpoint/gate`, `issue #3`, `Slack, #deploys`. */
  readonly where: string;
  readonly text: string;
}

/** What must be seen after a step: the story checks itself. */
export interface Expectation {
  readonly where: string;
  /** null: there is nothing. */
  readonly look: (stage: Stage) => Promise<Sight | null>;
  readonly mood: Mood;
  /** Words that the text must contain. */
  readonly says: readonly string[];
}

/** A text in Markdown, as somebody reads it on GitHub. */
export interface Report {
  readonly title: string;
  readonly text: string;
}

export interface Scene {
  readonly title: string;
  /** What somebody does, in one or two sentences, for whoever watches. */
  readonly told: string;
  readonly act: (stage: Stage) => Promise<readonly Expectation[]>;
  /** What is shown in full after this scene. */
  readonly report?: (stage: Stage) => Promise<Report | null>;
  /** Hours of deadlines that pass until all is as told, at most; left out: all is so as soon as it is quiet. */
  readonly hours?: number;
}

export interface SceneSeen {
  readonly sights: readonly Sight[];
  readonly report: Report | null;
  /** Expectations that were not met, as sentences. */
  readonly missed: readonly string[];
}

const LOOK_EVERY = 200;
/** For a slow machine, in milliseconds. */
const PATIENCE = 20_000;

/** Plays one scene, waits until all is quiet and, where time has to pass, until all is as told, and looks. */
export async function playScene(stage: Stage, scene: Scene): Promise<SceneSeen> {
  const expectations = await scene.act(stage);
  const patience = scene.hours === undefined ? 0 : scene.hours * stage.hour + PATIENCE;
  const end = performance.now() + patience;
  for (;;) {
    await stage.quiet();
    const seen = await look(stage, expectations);
    if (seen.missed.length === 0 || performance.now() >= end || stage.signal.aborted) {
      return { ...seen, report: (await scene.report?.(stage)) ?? null };
    }
    await pause(LOOK_EVERY, undefined, { signal: stage.signal }).catch(() => undefined);
    await stage.notice();
  }
}

async function look(
  stage: Stage,
  expectations: readonly Expectation[],
): Promise<Pick<SceneSeen, "sights" | "missed">> {
  const sights: Sight[] = [];
  const missed: string[] = [];
  for (const expected of expectations) {
    const found = await expected.look(stage);
    if (found !== null) sights.push(found);
    const lacks = expected.says.filter((words) => found?.text.includes(words) !== true);
    if (found?.mood === expected.mood && lacks.length === 0) continue;
    const got = found === null ? "nothing" : `${found.mood} “${found.text}”`;
    const wanted = [expected.mood, ...expected.says.map((words) => `“${words}”`)].join(", ");
    missed.push(`${expected.where} should be ${wanted}; it is ${got}`);
  }
  return { sights, missed };
}

/** A commit status: its state, and words of its description. */
export function status(
  sha: string,
  context: string,
  mood: Exclude<Mood, "neutral">,
  ...says: readonly string[]
): Expectation {
  return {
    where: context,
    mood,
    says,
    async look({ seen, repository }) {
      const found = (await seen.statuses(repository, sha)).find((one) => one.context === context);
      if (found === undefined) return null;
      return { where: context, mood: moodOf(found.state), text: found.description };
    },
  };
}

/** The check run on the commit that a step noted. */
export function checkRun(note: string): (stage: Stage) => Promise<Report | null> {
  return async (stage) => {
    const runs = await stage.seen.checkRuns(stage.repository, noted(stage, note));
    const found = runs.find(({ name }) => name === "Holdpoint");
    if (found === undefined) return null;
    return { title: `check run “Holdpoint”: ${found.title}`, text: `${found.summary}\n\n${found.text}` };
  };
}

function moodOf(state: string): Mood {
  return state === "success" || state === "failure" || state === "pending" ? state : "neutral";
}

/** What a step noted; a story that asks for what nobody noted is mistaken. */
export function noted(stage: Stage, name: string): string {
  const value = stage.notes.get(name);
  if (value === undefined) throw new Error(`no scene has noted ${name}`);
  return value;
}
