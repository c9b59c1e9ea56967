import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { askedFor, numberAboveZero, wholeNumber } from "../command-line/asked-for.ts";
import { readReport, writeReport } from "./long-report.ts";

/**
 * `npm run simulate:long -- --minutes 60`: goes on with the seed after the last one in the report, a year and two repositories each, as many
 * at once as `--processes` says, until the time is over; what is under way then is left out, and lived anew the next time. Each
 * seed that ends is in the report at once. Exits 1 where one of those was wrong.
 */
const values = askedFor({
  minutes: { type: "string", default: "60" },
  days: { type: "string", default: "365" },
  repositories: { type: "string", default: "2" },
  processes: { type: "string", default: "2" },
});
const days = wholeNumber("days", values.days, 1);
const repositories = wholeNumber("repositories", values.repositories, 1);
const processes = wholeNumber("processes", values.processes, 1);
const endsAt = performance.now() + numberAboveZero("minutes", values.minutes) * 60_000;
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
  const child = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("simulate.ts", import.meta.url)),
      `--seed=${String(seed)}`,
      `--days=${String(days)}`,
      `--repositories=${String(repositories)}`,
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
  // Whoever was stopped because the time is over was not wrong.
  if (code !== 0 && !child.killed) process.exitCode = 1;
}

await Promise.all(Array.from({ length: processes }, work));
