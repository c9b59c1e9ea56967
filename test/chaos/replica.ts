import { z } from "zod";
import { readServerSettings } from "../../src/config.ts";
import { startHoldpoint } from "../../src/main.ts";
import { createBoundary } from "./points/boundary.ts";
import { createFaultPoints, readArmed } from "./points/fault-points.ts";

/**
 * One Holdpoint, as `holdpoint start` puts it together; only an hour of its deadlines is shorter, it does not pause between
 * writes, and whoever started it can arm points at which it is killed or stopped (`CHAOS_POINT=name#n|name…`, or a message). Told the
 * name of a tick, it runs it and says so. It is there to be killed at any moment.
 */
const messageSchema = z.union([z.object({ tick: z.string() }), z.object({ arm: z.string() })]);

const settings = readServerSettings(process.env, process.getuid?.() === 0);
if (!settings.ok) throw new Error(settings.problems.map(({ message }) => message).join("\n"));
const points = createFaultPoints();
points.arm(readArmed(process.env["CHAOS_POINT"] ?? ""));
const running = await startHoldpoint({
  settings: settings.value,
  write: (line) => void process.stderr.write(line),
  writeGapMilliseconds: 0,
  hour: Number(process.env["CHAOS_HOUR"]),
  boundary: createBoundary(points, reroute),
});

/** Calls to GitHub take the way of this replica's own proxy; the address that is asked for stays GitHub's. */
function reroute(url: string): string {
  const proxy = process.env["CHAOS_GITHUB_PROXY"] ?? "";
  const { apiUrl } = settings.ok ? settings.value.github : { apiUrl: "" };
  return proxy !== "" && url.startsWith(apiUrl) ? `${proxy}${url.slice(apiUrl.length)}` : url;
}

async function runTick(name: string): Promise<void> {
  const tick = running.ticks.find((one) => one.name === name);
  if (tick === undefined) throw new Error(`there is no tick ${name}`);
  try {
    await tick.run();
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
  process.send?.({ ran: name });
}

process.on("message", (message) => {
  const told = messageSchema.parse(message);
  if ("arm" in told) points.arm(readArmed(told.arm));
  else void runTick(told.tick);
});
// Whoever started it is gone: nothing of it may stay.
process.once("disconnect", () => process.exit(1));
process.send?.({ url: running.url });
