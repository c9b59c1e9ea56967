import { flushCompileCache } from "node:module";
import { z } from "zod";
import { readServerSettings } from "../../src/config.ts";
import { startHoldpoint } from "../../src/main.ts";
import { createBoundary } from "./points/boundary.ts";
import { createFaultPoints, readArmed } from "./points/fault-points.ts";
import { startFastTicks } from "./soak/fast-ticks.ts";
import { pacedClock, readPace, readWall } from "./soak/pace.ts";
import { pacedQueue } from "./soak/paced-queue.ts";

/**
 * One Holdpoint, as `holdpoint start` puts it together; only an hour of its deadlines is shorter, or its clock faster, it does not
 * pause between writes, and whoever started it can arm points at which it is killed or stopped (`CHAOS_POINT=name#n|name…`, or a
 * message). Told the name of a tick, it runs it and says so. It is there to be killed at any moment.
 */
const messageSchema = z.union([z.object({ tick: z.string() }), z.object({ arm: z.string() })]);

const settings = readServerSettings(process.env, process.getuid?.() === 0);
if (!settings.ok) throw new Error(settings.problems.map(({ message }) => message).join("\n"));
const points = createFaultPoints();
points.arm(readArmed(process.env["CHAOS_POINT"] ?? ""));
const boundary = createBoundary(points, proxyFor);
const pace = readPace(process.env["CHAOS_PACE"]);
const wall = pace === null ? null : await readWall(process.env["DATABASE_URL"] ?? "");
const running = await startHoldpoint({
  settings: settings.value,
  write: (line) => void process.stderr.write(line),
  writeGapMilliseconds: 0,
  ...(pace === null || wall === null
    ? { hour: Number(process.env["CHAOS_HOUR"]), boundary }
    : {
        clock: pacedClock(pace, wall),
        boundary: { ...boundary, createQueue: pacedQueue(boundary.createQueue, wall, pace) },
      }),
});
if (pace !== null) startFastTicks(running.ticks, pace.speed);

/** Calls to GitHub take the way of this replica's own proxy. */
function proxyFor(url: string): string | null {
  const proxy = process.env["CHAOS_GITHUB_PROXY"] ?? "";
  return proxy !== "" && url.startsWith(process.env["GITHUB_API_URL"] ?? " ") ? proxy : null;
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
process.once("SIGTERM", () => {
  void running.stop().then(() => process.exit(0));
});
// Whoever started it is gone: nothing of it may stay.
process.once("disconnect", () => process.exit(1));
process.send?.({ url: running.url });
// Whoever is killed keeps nothing for the next one by itself, and compiling is half of a start.
flushCompileCache();
