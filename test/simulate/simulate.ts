import { askedFor, wholeNumber } from "../command-line/asked-for.ts";
import { newPrivateKey, planOf, runSeed } from "./run-seed.ts";
import { shrink } from "./shrink.ts";
import { recordOf } from "./record-of.ts";
import { startSimulationServer } from "./simulation-database.ts";
import { replayCommand, tellDifference, tellOutcome, tellStory } from "./tell.ts";

/** `npm run simulate -- --seed 1 --days 365 --repositories 2`: exits 0 where Holdpoint was right at every quiet moment, else 1. */
const values = askedFor({
  seed: { type: "string", default: "1" },
  days: { type: "string", default: "365" },
  repositories: { type: "string", default: "2" },
  /** How many lives may be spent on finding a shorter story. */
  shrink: { type: "string", default: "30" },
  log: { type: "boolean", default: false },
});
const world = {
  seed: wholeNumber("seed", values.seed),
  days: wholeNumber("days", values.days, 1),
  repositories: wholeNumber("repositories", values.repositories, 1),
};
const tries = wholeNumber("shrink", values.shrink);
const privateKey = newPrivateKey();
// PostgreSQL goes with this process, however that ends.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
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
      tries,
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
