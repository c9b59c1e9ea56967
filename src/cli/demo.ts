import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startClock } from "../clock.ts";
import { readServerSettings } from "../config.ts";
import { parseDuration } from "../domain/duration.ts";
import { settingsRefused } from "../domain/wording/config.ts";
import * as wording from "../domain/wording/demo.ts";
import { type RunningHoldpoint, startHoldpoint } from "../main.ts";
import { isPlayable } from "../sandbox/is-playable.ts";
import { type Box, startBox } from "../sandbox/start-box.ts";
import { createSpectator } from "../sandbox/spectator.ts";
import { COCKPIT_STORY } from "../sandbox/story/cockpit-story.ts";
import { COMPLIANCE_STORY } from "../sandbox/story/compliance-story.ts";
import { DEPLOY_STORY } from "../sandbox/story/deploy-story.ts";
import { HALT_STORY } from "../sandbox/story/halt-story.ts";
import { playScene, type Stage } from "../sandbox/story/story.ts";
import { loadInspector } from "../sandbox/validation/load-inspector.ts";
import type { Command, CommandInput } from "./command.ts";
import { DEMO_TOKEN, openDoors } from "./demo-doors.ts";
import { createVisitor } from "./demo-visitor.ts";
import { readOptions } from "./read-options.ts";
import { untilAborted } from "./until-aborted.ts";

const FIRST_PORT = 3000;
/** Three days in a minute and twelve seconds. */
const HOUR = "1s";
const REPOSITORY = "acme/storefront";
/** Whom one may be in the cockpit, from the story's beginning. */
const PEOPLE = { reader: "robin", writer: "monalisa", admin: "octocat" } as const;

/** Everything in the box, with a story; `--once` checks what it shows and exits. */
export const demo: Command = {
  help: wording.demoHelp(),
  async run(input) {
    const options = readOptions(input.arguments, {
      once: { type: "boolean" },
      hour: { type: "string" },
    });
    if (!options.ok) {
      input.err(options.problem);
      return 2;
    }
    const hour = parseDuration(options.values.hour ?? HOUR);
    if (hour === null || hour === 0) {
      input.err(wording.demoHourWanted());
      return 2;
    }
    if (!isPlayable()) {
      input.err(wording.demoNeedsClone());
      return 2;
    }
    const directory = await mkdtemp(join(tmpdir(), "holdpoint-demo-"));
    // A folder of its own: as root, PostgreSQL runs as another user, who cannot enter a private folder of ours.
    const data = await mkdtemp(join(tmpdir(), "holdpoint-demo-data-"));
    const clock = startClock(new Date(), () => performance.now());
    const { inspect, note } = await loadInspector();
    const box = await startBox({ directory, clock, ...(inspect === null ? {} : { inspect }) });
    try {
      const holdpoint = await startInBox(input, box, data, hour);
      if (holdpoint === null) return 2;
      try {
        input.out(
          wording.demoStarted({
            holdpoint: holdpoint.url,
            github: box.githubUrl,
            jira: box.jiraUrl,
            slack: box.slackUrl,
            people: PEOPLE,
            note,
          }),
        );
        const missed = await tellStory(input, box, holdpoint, hour);
        if (options.values.once === true || input.signal.aborted) return missed === 0 ? 0 : 1;
        input.out(
          wording.demoGoesOn({
            holdpoint: holdpoint.url,
            slack: box.slackUrl,
            repository: REPOSITORY,
            people: PEOPLE,
            token: DEMO_TOKEN,
          }),
        );
        await untilAborted(input.signal);
        return missed === 0 ? 0 : 1;
      } finally {
        await holdpoint.stop();
      }
    } finally {
      await box.stop();
      await rm(directory, { recursive: true, force: true });
      await rm(data, { recursive: true, force: true });
    }
  },
};

/** Holdpoint with the box's settings, on the first free port; it logs errors alone, so that the story can be read. */
async function startInBox(
  input: CommandInput,
  box: Box,
  data: string,
  hour: number,
): Promise<RunningHoldpoint | null> {
  const settings = readServerSettings(
    {
      ...box.environment,
      HOLDPOINT_DATA_DIR: data,
      HOLDPOINT_API_TOKENS: `demo:${DEMO_TOKEN}:acme`,
      PORT: String(await firstFreePort(FIRST_PORT)),
      LOG_LEVEL: input.environment["LOG_LEVEL"] ?? "error",
    },
    process.getuid?.() === 0,
  );
  if (!settings.ok) {
    input.err(`${settingsRefused(settings.problems)}\n`);
    return null;
  }
  const holdpoint = await startHoldpoint({
    settings: settings.value,
    write: input.err,
    writeGapMilliseconds: 0,
    hour,
  });
  box.connect(holdpoint.url);
  return holdpoint;
}

/** Plays scene after scene and prints what a person would see; answers how many expectations were missed. */
async function tellStory(
  input: CommandInput,
  box: Box,
  holdpoint: RunningHoldpoint,
  hour: number,
): Promise<number> {
  // Somebody whom Slack knows by the e-mail address that GitHub shows.
  await box.github.control.createUser({ login: "hubot", email: "hubot@example.com" });
  for (const login of [PEOPLE.admin, PEOPLE.writer, PEOPLE.reader]) {
    await box.github.control.createUser({ login });
  }
  const { installationId } = await box.github.control.createOrganisation({ login: "acme" });
  if (installationId === null) throw new Error("the App is installed on the organisation");
  const visitor = createVisitor({
    cockpit: holdpoint.url,
    github: box.githubUrl,
    login: PEOPLE.reader,
    signal: input.signal,
  });
  const stage: Stage = {
    box,
    repository: REPOSITORY,
    seen: createSpectator(box.github, installationId, () => new Date()),
    notes: new Map(),
    hour,
    signal: input.signal,
    ...openDoors(input, holdpoint.url, REPOSITORY),
    readCockpit: visitor.read,
    async notice() {
      for (const { name, run } of holdpoint.ticks) if (name === "deadlines") await run();
    },
    async quiet() {
      await box.settled();
      await holdpoint.queue.idle(input.signal);
      await box.settled();
      await holdpoint.queue.idle(input.signal);
    },
  };
  const scenes = [...DEPLOY_STORY, ...COMPLIANCE_STORY, ...HALT_STORY, ...COCKPIT_STORY];
  let missed = 0;
  for (const [index, scene] of scenes.entries()) {
    if (input.signal.aborted) break;
    const startedAt = performance.now();
    const seen = await playScene(stage, scene);
    missed += seen.missed.length;
    input.out(wording.sceneTold(index + 1, scene, seen, performance.now() - startedAt, input.terminal.out));
  }
  const violations = box.github.violations();
  input.out(wording.storyEnded(scenes.length, missed, violations));
  return missed + violations.length;
}

/** The first port from this one on that nobody listens on. */
async function firstFreePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port += 1) {
    if (await isFree(port)) return port;
  }
  return 0;
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
