import { openDatabase } from "../../src/database/open-database.ts";
import { scheduledWork } from "../../src/handlers/scheduled-work.ts";
import { createQueue } from "../../src/queue/create-queue.ts";
import { takeDueDeadlines } from "../../src/store/deadline.ts";
import { type BenchServer, benchLog } from "./database.ts";
import { type Section, atMost } from "./figure.ts";
import { median, quantile } from "./statistics.ts";

const OPEN = 1_000_000;
const DUE = 10_000;
const SWEEPS = 300;
const NOW = new Date("2026-01-01T00:00:00Z");
const clock = { now: () => NOW };

/** A sweep over a million deadlines that are not due, and one that finds ten thousand. */
export async function measureDeadlines(postgres: BenchServer): Promise<Section> {
  const url = await postgres.createDatabase("migrated");
  const database = await openDatabase({
    url,
    purpose: "work",
    log: benchLog,
    limits: { statement: 240_000, answer: 250_000 },
  });
  const queue = await createQueue({ url, database, clock, log: benchLog });
  try {
    await database.query(
      `insert into holdpoint.repository (id, installation_id, owner, name, default_branch, private, archived, updated_at)
       select n, 1, 'acme', 'repository-' || n, 'main', true, false, $2::timestamptz from generate_series(1, $1) n`,
      [DUE, NOW],
    );
    await database.query(
      `insert into holdpoint.deadline (key, repository_id, subject, due_at)
       select 'bench:' || n, 1 + n % $2, '{"kind": "compliance", "repositoryId": 1}',
              $3::timestamptz + interval '1 hour' + n * interval '1 second'
         from generate_series(1, $1) n`,
      [OPEN, DUE, NOW],
    );
    await database.query("analyze holdpoint.deadline");
    const empty: number[] = [];
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      const startedAt = performance.now();
      const due = await database.transaction((transaction) => takeDueDeadlines(transaction, NOW, 1_000));
      empty.push(performance.now() - startedAt);
      if (due.length > 0) throw new Error("nothing was due");
    }
    await database.query(
      `insert into holdpoint.deadline (key, repository_id, subject, due_at)
       select 'compliance:' || id, id, jsonb_build_object('kind', 'compliance', 'repositoryId', id), $1
         from holdpoint.repository`,
      [NOW],
    );
    const sweep = scheduledWork({
      database,
      queue,
      clock,
      log: benchLog,
      settings: { keepBodies: 0, keepDeliveries: 0 },
      anchors: { path: "", read: notAsked, append: notAsked },
    }).find(({ name }) => name === "deadlines");
    if (sweep === undefined) throw new Error("there is no such tick");
    const startedAt = performance.now();
    await sweep.run();
    const took = (performance.now() - startedAt) / 1_000;
    const { look } = await queue.counts();
    if (look.queued !== DUE) throw new Error(`${String(look.queued)} looks were asked for`);
    const common = { dream: null, reason: "" } as const;
    return {
      title: "Deadlines",
      method: [
        `${OPEN.toLocaleString("en")} open deadlines, none due: ${String(SWEEPS)} sweeps, transaction included. Then ${DUE.toLocaleString("en")} that fall due in the same moment, of as many repositories: one run of the tick claims them and queues their looks, in transactions of 1,000. Nothing works on the queue meanwhile.`,
      ],
      figures: [
        { name: "an empty sweep, p50", measured: median(empty), unit: "ms", toReach: atMost(2), ...common },
        {
          name: "an empty sweep, p99",
          measured: quantile(empty, 0.99),
          unit: "ms",
          toReach: null,
          ...common,
        },
        { name: "10,000 due, claimed and queued", measured: took, unit: "s", toReach: atMost(1), ...common },
      ],
      table: null,
    };
  } finally {
    await queue.stop(1_000);
    await database.close();
  }
}

function notAsked(): Promise<never> {
  return Promise.reject(new Error("nobody asks for anchors here"));
}
