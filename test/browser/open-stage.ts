import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/clock.ts";
import { readServerSettings, type ServerSettings } from "../../src/config.ts";
import { type RunningHoldpoint, startHoldpoint } from "../../src/main.ts";
import { type Box, startBox } from "../../src/sandbox/start-box.ts";

/** A whole Holdpoint with its own PostgreSQL before a GitHub, a Jira and a Slack that are played: what a browser visits. */
export interface Stage {
  readonly box: Box;
  readonly url: string;
  readonly holdpoint: RunningHoldpoint;
  readonly now: () => Date;
  /** Time passes; nothing happens by that alone. */
  readonly pass: (milliseconds: number) => void;
  /** Until every webhook was taken and everything that follows from it was done. */
  readonly quiet: () => Promise<void>;
  /** One of the things that happen by themselves, and what follows from it. */
  readonly tick: (name: string) => Promise<void>;
  readonly logged: () => readonly string[];
  readonly close: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), "holdpoint-browser-"));
  // A folder of its own: as root, PostgreSQL runs as another user, who cannot enter a private folder of ours.
  const data = await mkdtemp(join(tmpdir(), "holdpoint-browser-data-"));
  let passed = 0;
  const clock: Clock = { now: () => new Date(Date.now() + passed) };
  const box = await startBox({ directory, clock });
  const lines: string[] = [];
  const holdpoint = await startHoldpoint({
    settings: settingsFrom({
      ...box.environment,
      HOLDPOINT_DATA_DIR: data,
      PORT: "0",
      LOG_LEVEL: "warn",
    }),
    write: (line) => void lines.push(line),
    writeGapMilliseconds: 0,
    clock,
  });
  box.connect(holdpoint.url);

  async function quiet(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await box.settled();
      await holdpoint.queue.idle();
    }
  }

  return {
    box,
    url: holdpoint.url,
    holdpoint,
    now: () => clock.now(),
    pass(milliseconds) {
      passed += milliseconds;
    },
    quiet,
    async tick(name) {
      const found = holdpoint.ticks.find((one) => one.name === name);
      if (found === undefined) throw new Error(`there is no tick ${name}`);
      await found.run();
      await quiet();
    },
    logged: () => lines,
    async close() {
      await holdpoint.stop();
      await box.stop();
      for (const folder of [directory, data]) await rm(folder, { recursive: true, force: true });
    },
  };
}

function settingsFrom(environment: Readonly<Record<string, string>>): ServerSettings {
  const settings = readServerSettings(environment, process.getuid?.() === 0);
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  return settings.value;
}
