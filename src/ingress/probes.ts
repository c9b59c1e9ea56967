import { setTimeout as pause } from "node:timers/promises";
import { Hono } from "hono";
import { Fault } from "../errors.ts";
import type { Intake } from "./intake.ts";
import type { DeliveryWriter } from "./delivery-writer.ts";
import type { Queue } from "../queue/queue.ts";

export interface ProbeOptions {
  readonly intake: Pick<Intake, "counts">;
  readonly writer: Pick<DeliveryWriter, "counts">;
  readonly queue: Pick<Queue, "counts">;
  /** Resolves when the database answers and its tables are as this code needs them; else rejects. */
  readonly checkDatabase: () => Promise<void>;
  readonly isStopping: () => boolean;
}

/** Milliseconds; a probe is asked again every few seconds. */
const PATIENCE = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can take work. `/metrics`: Prometheus' text format. */
export function createProbes(options: ProbeOptions): Hono {
  const app = new Hono();
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", async (context) => {
    if (options.isStopping()) return context.json({ status: "stopping" }, 503);
    const missing = await whatIsMissing(options.checkDatabase());
    return missing === null ? context.json({ status: "ok" }) : context.json({ status: missing }, 503);
  });
  app.get("/metrics", async (context) => {
    const text = await writeMetrics(options);
    return context.body(text, 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  });
  return app;
}

/** The fault's code, which names no secret and no address; whoever asks waits for no answer that may never come. */
async function whatIsMissing(check: Promise<void>): Promise<string | null> {
  const patience = new AbortController();
  const late = pause(PATIENCE, "database-timeout", { signal: patience.signal }).catch(() => null);
  const checked = check.then(
    () => null,
    (error: unknown) => (error instanceof Fault ? error.code : "database-error"),
  );
  const missing = await Promise.race([checked, late]);
  patience.abort();
  return missing;
}

async function writeMetrics({ intake, writer, queue }: ProbeOptions): Promise<string> {
  const { accepted, refused } = intake.counts();
  const { batches, rows } = writer.counts();
  // What this process counted itself is told in an outage, too; that it is one, is told by `holdpoint_database_up`.
  const jobs = await queue.counts().catch(() => null);
  return [
    ...metric("holdpoint_deliveries_accepted_total", "counter", [["", accepted]]),
    ...metric(
      "holdpoint_deliveries_refused_total",
      "counter",
      [...refused].map(([code, count]) => [`{code="${code}"}`, count]),
    ),
    ...metric("holdpoint_delivery_batches_total", "counter", [["", batches]]),
    ...metric("holdpoint_delivery_batch_rows_total", "counter", [["", rows]]),
    ...metric("holdpoint_database_up", "gauge", [["", jobs === null ? 0 : 1]]),
    ...metric(
      "holdpoint_jobs",
      "gauge",
      Object.entries(jobs ?? {}).flatMap(([kind, counts]) =>
        Object.entries(counts).map(([state, count]): [string, number] => [
          `{kind="${kind}",state="${state}"}`,
          count,
        ]),
      ),
    ),
    "",
  ].join("\n");
}

function metric(
  name: string,
  type: "counter" | "gauge",
  samples: readonly (readonly [labels: string, value: number])[],
): readonly string[] {
  return [`# TYPE ${name} ${type}`, ...samples.map(([labels, value]) => `${name}${labels} ${value}`)];
}
