import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createPlan } from "./plan.ts";
import { repeatIds } from "./repeatable-ids.ts";
import { startSimulationServer } from "./simulation-database.ts";
import { liveThrough } from "./world.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    days: { type: "string", default: "30" },
    repositories: { type: "string", default: "2" },
    log: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const days = Number(values.days);
const repositories = Array.from(
  { length: Number(values.repositories) },
  (_, at) => `acme/shop-${String(at + 1)}`,
);
const start = new Date("2027-01-01T00:00:00Z");
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2_048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

const server = await startSimulationServer();
const directory = await mkdtemp(join(tmpdir(), "holdpoint-world-"));
const startedAt = performance.now();
const restore = repeatIds(seed);
try {
  const database = await server.createDatabase("world");
  const outcome = await liveThrough({
    seed,
    start,
    days,
    repositories,
    plan: createPlan({ seed, start, days, repositories: repositories.length }),
    database,
    directory,
    privateKey,
    write: (line) => void (values.log ? process.stderr.write(line) : 0),
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { differences, facts, ...counts } = outcome;
  process.stdout.write(`${JSON.stringify({ ...counts, facts: facts.length, seconds }, null, 2)}\n`);
  for (const one of differences) process.stdout.write(`${JSON.stringify(one)}\n`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  restore();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
