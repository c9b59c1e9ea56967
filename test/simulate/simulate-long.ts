import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readReport, writeReport } from "./long-report.ts";

/**
 * `npm run simulate:long -- --minutes 60`: goes on with the seed after the last one in the report, a year and two repositories each, as many
 * at once as there are cores, until the time is over; what is under way then is lived to its end or left out after the grace. Each
 * seed that ends is in the report at once.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    days: { type: "string", default: "365" },
    repositories: { type: "string", default: "2" },
    processes: { type: "string", default: "2" },
  },
});
const endsAt = performance.now() + Number(values.minutes) * 60_000;
let next = Math.max(0, ...readReport().map(({ seed }) => seed)) + 1;

async function work(): Promise<void> {
  while (performance.now() < endsAt) {
    const seed = next;
    next += 1;
    await live(seed);
  }
}

/** In a process of its own: what Node takes from chance is a matter of the whole process. */
async function live(seed: number): Promise<void> {
  const { days, repositories } = values;
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("simulate.ts", import.meta.url)),
      `--seed=${String(seed)}`,
      `--days=${days}`,
      `--repositories=${repositories}`,
      "--shrink=0",
    ],
    { stdio: ["ignore", "ignore", "inherit", "ipc"] },
  );
  const over = setTimeout(() => child.kill("SIGTERM"), Math.max(0, endsAt - performance.now()));
  child.on("message", (message) => {
    const line = writeReport(message);
    process.stdout.write(`${line}\n`);
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(over);
  if (code !== 0) process.exitCode = 1;
}

await Promise.all(Array.from({ length: Number(values.processes) }, work));
