import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openDatabase } from "../../src/database/open-database.ts";
import { startBox } from "../../src/sandbox/start-box.ts";
import { benchLog, startBenchServer } from "../bench/database.ts";
import { startFront } from "./front.ts";
import { breakTrunk, type HaltedRepository } from "./halted-repository.ts";
import { judge } from "./judge.ts";
import { createRandom } from "./random.ts";
import { startReplicas } from "./replicas.ts";
import { untilSettled } from "./until-settled.ts";
import { createWitness } from "./witness.ts";

/**
 * Kills replicas of a working Holdpoint, again and again, without waiting for anything in between, and then counts: one issue for
 * each first red commit, one halt, one override in force, one Slack thread. Prints its seed; exits 1 where a count is wrong.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    replicas: { type: "string", default: "2" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
/** An hour of deadlines: three days are 18 s. */
const HOUR = 250;
/** A new repository about every so many kills; the last ones have time left to be halted. */
const KILLS_A_REPOSITORY = 8;

const random = createRandom(seed);
const clock = { now: () => new Date() };
const directory = await mkdtemp(join(tmpdir(), "holdpoint-chaos-"));
const data = await mkdtemp(join(tmpdir(), "holdpoint-chaos-data-"));
const postgres = await startBenchServer();
const box = await startBox({ directory, clock });
const front = await startFront();
const url = await postgres.createDatabase("migrated");
const database = await openDatabase({ url, purpose: "work", log: benchLog });
const replicas = startReplicas(
  Number(values.replicas),
  {
    ...box.environment,
    DATABASE_URL: url,
    HOLDPOINT_DATA_DIR: data,
    HOLDPOINT_URL: front.url,
    PORT: "0",
    LOG_LEVEL: "error",
    CHAOS_HOUR: String(HOUR),
  },
  front,
);
const startedAt = performance.now();
try {
  await replicas.ready();
  box.connect(front.url);
  await box.github.control.createOrganisation({ login: "acme" });
  const witness = await createWitness(box.github);
  const repositories: HaltedRepository[] = [];
  for (let killed = 0; killed < kills; killed += 1) {
    if (killed % KILLS_A_REPOSITORY === 0) {
      repositories.push(
        await breakTrunk(box.github, witness, `shop-${String(repositories.length + 1).padStart(3, "0")}`),
      );
    }
    await pause(200 + random() * 2_800);
    await replicas.kill(Math.floor(random() * replicas.count));
    for (const repository of repositories) await repository.goOn();
  }
  say(
    `${String(kills)} kills in ${seconds()}; ${String(replicas.cameUp())} starts came up, ${String(front.failed())} deliveries found nobody`,
  );
  await replicas.ready();
  await untilSettled({ box, database, replicas, repositories });
  const wrong = await judge({ box, database, witness, repositories });
  for (const line of wrong) say(`wrong: ${line}`);
  say(
    `${String(repositories.length)} repositories halted and overridden, ${String(wrong.length)} things wrong, seed ${String(seed)}, ${seconds()}`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await replicas.stop();
  await database.close();
  await front.stop();
  await box.stop();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function seconds(): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
}
