import { parseArgs } from "node:util";
import { newPrivateKey, planOf, runSeed } from "./run-seed.ts";
import { shrink } from "./shrink.ts";
import { recordOf } from "./record-of.ts";
import { startSimulationServer } from "./simulation-database.ts";
import { replayCommand, tellDifference, tellOutcome, tellStory } from "./tell.ts";

/** `npm run simulate -- --seed 1 --days 365 --repositories 2`: exits 0 where Holdpoint was right at every quiet moment, else 1. */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    days: { type: "string", default: "365" },
    repositories: { type: "string", default: "2" },
    /** How many lives may be spent on finding a shorter story. */
    shrink: { type: "string", default: "30" },
    log: { type: "boolean", default: false },
  },
});

function wholeNumber(name: "seed" | "days" | "repositories" | "shrink"): number {
  const text = values[name];
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= (name === "days" || name === "repositories" ? 1 : 0))
    return number;
  throw new Error(`--${name} takes a whole number, and "${text}" is none.`);
}

const world = {
  seed: wholeNumber("seed"),
  days: wholeNumber("days"),
  repositories: wholeNumber("repositories"),
};
const privateKey = newPrivateKey();
const server = await startSimulationServer();
try {
  const startedAt = performance.now();
  const outcome = await runSeed({
    ...world,
    server,
    privateKey,
    write: (line) => void (values.log ? process.stderr.write(line) : undefined),
    onDay: (day) => {
      if (day % 30 === 0) say(`day ${String(day)}`);
    },
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  say(tellOutcome(world, outcome, seconds));
  // To whoever runs many of them.
  process.send?.(recordOf(world, outcome, seconds));
  const [first] = outcome.differences;
  if (first !== undefined) {
    for (const one of outcome.differences) say(tellDifference(one));
    say(`again: ${replayCommand({ ...world, days: outcome.days })}`);
    const found = await shrink(
      { moves: planOf(world), difference: first },
      async (plan) => {
        const again = await runSeed({ ...world, days: outcome.days, server, privateKey, plan });
        return again.differences.find(({ what }) => what === first.what) ?? null;
      },
      wholeNumber("shrink"),
    );
    say(tellStory(found));
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
