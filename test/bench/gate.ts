import { z } from "zod";
import { startChild } from "./child.ts";
import type { BenchServer } from "./database.ts";
import { type Section, atLeast, atMost } from "./figure.ts";
import { roundSchema } from "./accept.ts";
import { isStatus } from "./remote-questions.ts";
import { OWNER, openStage } from "./stage.ts";
import { median } from "./statistics.ts";

const REPOSITORY = "gated";
const TOKEN = "bench-token-of-no-value";
const CONNECTIONS = 32;
const QUIET = 1_000;
const answerSchema = z.object({ decision: z.enum(["open", "held", "unknown"]) });

export interface GateOptions {
  readonly rounds: number;
  readonly seconds: number;
}

/** How many answers of the gate's address come in a second, while the facts behind them are fresh. */
export async function measureGate(postgres: BenchServer, { rounds, seconds }: GateOptions): Promise<Section> {
  const stage = await openStage(postgres, { HOLDPOINT_API_TOKENS: `bench:${TOKEN}:*` });
  const load = await startChild("servers/gate-load.ts", {}, z.unknown());
  try {
    await stage.tell({ kind: "create-tickets", last: 1 });
    await stage.tell({ kind: "create-repository", repository: REPOSITORY });
    const { exchanges } = await stage.watch({
      kind: "push",
      repository: REPOSITORY,
      ticket: 1,
      quiet: QUIET,
    });
    const sha = /\/statuses\/([0-9a-f]{40})/.exec(exchanges.findLast(isStatus)?.path ?? "")?.[1] ?? "";
    const path = `/api/v1/repos/${OWNER}/${REPOSITORY}/gate?environment=production&sha=${sha}`;
    const headers = { authorization: `Bearer ${TOKEN}` };
    const measured: z.infer<typeof roundSchema>[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      // Also makes the facts fresh again, so that a round is over before they are old.
      const { decision } = answerSchema.parse(
        await (await fetch(`${stage.holdpointUrl}${path}`, { headers })).json(),
      );
      if (decision !== "open") throw new Error(`the gate is ${decision}, and open was expected`);
      const { port } = new URL(stage.holdpointUrl);
      const question = { port: Number(port), path, token: TOKEN, connections: CONNECTIONS, seconds };
      const answered = await load.ask(question, roundSchema);
      if (answered.refused > 0) throw new Error(`${String(answered.refused)} answers were refusals`);
      // The first one warms up.
      if (round > 0) measured.push(answered);
    }
    return {
      title: "Answers of the gate",
      method: [
        `${String(CONNECTIONS)} connections ask \`GET /api/v1/repos/…/gate\` about one commit, each when it has its answer; ${String(rounds)} rounds of ${String(seconds)} s, medians of the rounds; the facts are at most 60 s old. Holdpoint, PostgreSQL and the load share the cores.`,
      ],
      figures: [
        {
          name: "answers a second",
          measured: median(measured.map(({ rate }) => rate)),
          unit: "per s",
          toReach: atLeast(1_500),
          dream: null,
          reason:
            "each answer is one query with its own plan of joins; PostgreSQL, the server and the load share the cores",
        },
        {
          name: "p99",
          measured: median(measured.map(({ p99 }) => p99)),
          unit: "ms",
          toReach: atMost(40),
          dream: null,
          reason:
            "each answer is one query with its own plan of joins; PostgreSQL, the server and the load share the cores",
        },
      ],
      table: {
        head: ["round", "answers a second", "p50", "p99"],
        rows: measured.map(({ rate, p50, p99 }, index) => [
          String(index + 1),
          rate.toFixed(0),
          `${p50.toFixed(1)} ms`,
          `${p99.toFixed(1)} ms`,
        ]),
      },
    };
  } finally {
    await load.stop();
    await stage.stop();
  }
}
