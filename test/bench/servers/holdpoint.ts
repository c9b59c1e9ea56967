import { readServerSettings } from "../../../src/config.ts";
import { startHoldpoint } from "../../../src/main.ts";
import { tell, untilLetGo } from "./parent.ts";

/** The whole of Holdpoint, as `holdpoint start` puts it together, but for the pause between writes that github.com asks for. */
const settings = readServerSettings(process.env, false);
if (!settings.ok) throw new Error(settings.problems.map(({ message }) => message).join("\n"));
const running = await startHoldpoint({
  settings: settings.value,
  write: (line) => void process.stderr.write(line),
  writeGapMilliseconds: 0,
  // With a clock of its own nothing happens by itself, and no comparison falls into what is counted.
  ...(process.env["BENCH_BY_ITSELF"] === "nothing" ? { clock: { now: () => new Date() } } : {}),
});
/** Told the name of something that happens by itself, it lets it happen now. */
process.on("message", (name) => {
  const tick = running.ticks.find((one) => one.name === name);
  if (tick === undefined) throw new Error(`there is no tick ${String(name)}`);
  tick.run().then(
    () => tell({ ran: tick.name }),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
untilLetGo(() => running.stop());
tell({ url: running.url });
