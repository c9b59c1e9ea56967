import { describe, expect, test } from "vitest";
import { Fault } from "../../src/errors.ts";
import { type ProbeOptions, createProbes } from "../../src/ingress/probes.ts";

const options: ProbeOptions = {
  intake: {
    counts: () => ({
      accepted: 3,
      refused: new Map([
        ["signature-wrong", 2],
        ["too-large", 1],
      ]),
    }),
  },
  writer: { counts: () => ({ batches: 2, rows: 3 }) },
  queue: {
    counts: () =>
      Promise.resolve({
        delivery: { queued: 1, active: 2, parked: 3 },
        look: { queued: 0, active: 0, parked: 0 },
        effect: { queued: 0, active: 0, parked: 0 },
      }),
  },
  checkDatabase: () => Promise.resolve(),
  isStopping: () => false,
};

async function ask(path: string, more: Partial<ProbeOptions> = {}): Promise<readonly [number, string]> {
  const answer = await createProbes({ ...options, ...more }).request(path);
  return [answer.status, await answer.text()];
}

function away(): Promise<never> {
  const fault = {
    kind: "retry-later",
    code: "database-unavailable",
    doing: "connecting to secret:host",
  } as const;
  return Promise.reject(new Fault(fault));
}

describe("the probes", () => {
  test("healthz: the process lives, whatever else is away", async () => {
    expect(await ask("/healthz", { checkDatabase: away, isStopping: () => true })).toEqual([
      200,
      '{"status":"ok"}',
    ]);
  });

  test("readyz: it can take work", async () => {
    expect(await ask("/readyz")).toEqual([200, '{"status":"ok"}']);
  });

  test("REL-29: readyz: not while it stops", async () => {
    expect(await ask("/readyz", { isStopping: () => true })).toEqual([503, '{"status":"stopping"}']);
  });

  test("REL-16: readyz: not without the database, and the answer names only a code", async () => {
    expect(await ask("/readyz", { checkDatabase: away })).toEqual([503, '{"status":"database-unavailable"}']);
  });

  test("REL-16: readyz: not with a database that never answers", async () => {
    const never = new Promise<void>(() => undefined);
    expect(await ask("/readyz", { checkDatabase: () => never })).toEqual([
      503,
      '{"status":"database-timeout"}',
    ]);
  });

  test("metrics: everything that is counted", async () => {
    expect(await ask("/metrics")).toEqual([
      200,
      `# TYPE holdpoint_deliveries_accepted_total counter
holdpoint_deliveries_accepted_total 3
# TYPE holdpoint_deliveries_refused_total counter
holdpoint_deliveries_refused_total{code="signature-wrong"} 2
holdpoint_deliveries_refused_total{code="too-large"} 1
# TYPE holdpoint_delivery_batches_total counter
holdpoint_delivery_batches_total 2
# TYPE holdpoint_delivery_batch_rows_total counter
holdpoint_delivery_batch_rows_total 3
# TYPE holdpoint_database_up gauge
holdpoint_database_up 1
# TYPE holdpoint_jobs gauge
holdpoint_jobs{kind="delivery",state="queued"} 1
holdpoint_jobs{kind="delivery",state="active"} 2
holdpoint_jobs{kind="delivery",state="parked"} 3
holdpoint_jobs{kind="look",state="queued"} 0
holdpoint_jobs{kind="look",state="active"} 0
holdpoint_jobs{kind="look",state="parked"} 0
holdpoint_jobs{kind="effect",state="queued"} 0
holdpoint_jobs{kind="effect",state="active"} 0
holdpoint_jobs{kind="effect",state="parked"} 0
`,
    ]);
  });

  test("metrics: in an outage of the database, what this process counted itself", async () => {
    const [status, text] = await ask("/metrics", { queue: { counts: away } });
    expect(status).toBe(200);
    expect(text).toContain("holdpoint_deliveries_accepted_total 3\n");
    expect(text).toContain("holdpoint_database_up 0\n");
  });
});
