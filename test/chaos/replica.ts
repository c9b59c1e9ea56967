import { readServerSettings } from "../../src/config.ts";
import { startHoldpoint } from "../../src/main.ts";

/**
 * One Holdpoint, as `holdpoint start` puts it together; only an hour of its deadlines is shorter, and it does not pause between
 * writes. Told the name of a tick, it runs it and says so. It is there to be killed at any moment.
 */
const settings = readServerSettings(process.env, process.getuid?.() === 0);
if (!settings.ok) throw new Error(settings.problems.map(({ message }) => message).join("\n"));
const running = await startHoldpoint({
  settings: settings.value,
  write: (line) => void process.stderr.write(line),
  writeGapMilliseconds: 0,
  hour: Number(process.env["CHAOS_HOUR"]),
});

async function runTick(name: unknown): Promise<void> {
  const tick = running.ticks.find((one) => one.name === name);
  if (tick === undefined) throw new Error(`there is no tick ${String(name)}`);
  await tick.run();
  process.send?.({ ran: name });
}

process.on("message", (name) => {
  runTick(name).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
// Whoever started it is gone: nothing of it may stay.
process.once("disconnect", () => process.exit(1));
process.send?.({ url: running.url });
