import { z } from "zod";
import { type Child, startChild } from "./child.ts";
import type { BenchServer } from "./database.ts";
import { type Figure, type Section, atLeast, atMost } from "./figure.ts";
import { timeToKeepPage } from "./disk.ts";
import { readPostgresTime, readProcessorTime } from "./processor-time.ts";
import { SIZES, type Size } from "./payloads.ts";
import { median } from "./statistics.ts";

const CONNECTIONS = 32;
const NAMES = ["raw", "Probot", "Probot, its log off", "Holdpoint"] as const;
type Name = (typeof NAMES)[number];

const readySchema = z.object({ port: z.int() });
export const roundSchema = z.object({
  rate: z.number(),
  p50: z.number(),
  p99: z.number(),
  answered: z.int(),
  refused: z.int(),
});
/** Processor time in microseconds a delivery. */
type Round = z.infer<typeof roundSchema> & { readonly server: number; readonly postgres: number };
type Server = Child & { readonly ready: z.infer<typeof readySchema> };

export interface AcceptOptions {
  readonly rounds: number;
  readonly seconds: number;
}

const REASON =
  "what PostgreSQL and the row's way to it take of the same cores, and a commit that waits for the disk; see the table";

/** How many deliveries a second are taken, against a server that stores nothing and against Probot's. */
export async function measureAccept(postgres: BenchServer, options: AcceptOptions): Promise<Section> {
  const load = await startChild("servers/load.ts", {}, z.unknown());
  const servers: Record<Name, Server> = {
    raw: await startChild("servers/raw.ts", {}, readySchema),
    Probot: await startChild("servers/probot.ts", {}, readySchema),
    "Probot, its log off": await startChild("servers/probot.ts", { BENCH_LOG: "off" }, readySchema),
    Holdpoint: await startIntake(postgres, "off"),
  };
  const rows: string[][] = [];
  const figures: Figure[] = [];
  try {
    for (const size of SIZES) {
      const rounds = await interleave(load, servers, size, options);
      for (const name of NAMES) rows.push(rowOf(size, name, rounds[name]));
      figures.push(...figuresOf(size, rounds));
    }
    const working = await startIntake(postgres, "on");
    const round = await drive(load, working, "7 KB", options.seconds);
    rows.push(rowOf("7 KB", "Holdpoint, its workers translating meanwhile", [round]));
    await working.stop();
  } finally {
    await Promise.all([load, ...Object.values(servers)].map((child) => child.stop()));
  }
  return {
    title: "Accepting webhooks",
    method: [
      `${String(CONNECTIONS)} keep-alive connections from another process (raw sockets, requests signed beforehand, each with its own GUID and one of many bodies), ${String(options.rounds)} rounds of ${String(options.seconds)} s for each server in turn, the first of them changing from round to round, after one that warms up and is not counted.`,
      "raw: `node:http` and one HMAC, nothing stored. Probot: its own server as it comes, an empty handler, nothing stored; what it logs goes nowhere. Holdpoint: the intake of `main.ts`, each delivery's row and job committed before its 202, its workers off.",
      `PostgreSQL: ${postgres.durability}; to keep one page the disk takes ${timeToKeepPage().toFixed(1)} ms (median). Ratios are medians of each round's own ratio; rates and times are medians of the rounds.`,
    ],
    figures,
    table: {
      head: [
        "payload",
        "server",
        "deliveries a second",
        "p50 ms",
        "p99 ms",
        "server's CPU, us each",
        "PostgreSQL's CPU, us each",
      ],
      rows,
    },
  };
}

function startIntake(postgres: BenchServer, workers: "on" | "off"): Promise<Server> {
  return postgres
    .createDatabase("migrated")
    .then((url) =>
      startChild("servers/intake.ts", { BENCH_DATABASE: url, BENCH_WORKERS: workers }, readySchema),
    );
}

async function interleave(
  load: Child,
  servers: Readonly<Record<Name, Server>>,
  size: Size,
  { rounds, seconds }: AcceptOptions,
): Promise<Record<Name, Round[]>> {
  const results: Record<Name, Round[]> = {
    raw: [],
    Probot: [],
    "Probot, its log off": [],
    Holdpoint: [],
  };
  for (const name of NAMES) await drive(load, servers[name], size, Math.min(1, seconds));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % NAMES.length;
    for (const name of [...NAMES.slice(first), ...NAMES.slice(0, first)]) {
      results[name].push(await drive(load, servers[name], size, seconds));
    }
  }
  return results;
}

async function drive(load: Child, server: Server, size: Size, seconds: number): Promise<Round> {
  const question = { port: server.ready.port, size, connections: CONNECTIONS, seconds };
  const before = { server: readProcessorTime(server.pid), postgres: readPostgresTime() };
  const round = await load.ask(question, roundSchema);
  if (round.refused > 0)
    throw new Error(`${String(round.refused)} deliveries were refused: nothing was measured`);
  return {
    ...round,
    server: (readProcessorTime(server.pid) - before.server) / round.answered,
    postgres: (readPostgresTime() - before.postgres) / round.answered,
  };
}

function rowOf(size: Size, name: string, rounds: readonly Round[]): string[] {
  function shown(key: "rate" | "p50" | "p99" | "server" | "postgres", digits: number): string {
    return median(rounds.map((round) => round[key])).toFixed(digits);
  }
  return [
    size,
    name,
    shown("rate", 0),
    shown("p50", 1),
    shown("p99", 1),
    shown("server", 0),
    shown("postgres", 0),
  ];
}

function figuresOf(size: Size, rounds: Readonly<Record<Name, readonly Round[]>>): Figure[] {
  function ratio(key: "rate" | "p99", against: Name): number {
    return median(
      rounds.Holdpoint.map((round, index) => round[key] / (rounds[against][index]?.[key] ?? Number.NaN)),
    );
  }
  const common = { unit: "ratio", reason: REASON } as const;
  return [
    {
      name: `${size}: rate, against raw`,
      measured: ratio("rate", "raw"),
      toReach: atLeast(0.28),
      dream: atLeast(0.5),
      ...common,
    },
    {
      name: `${size}: rate, against Probot's`,
      measured: ratio("rate", "Probot"),
      toReach: atLeast(1.2),
      dream: atLeast(2),
      ...common,
    },
    {
      name: `${size}: p99, against raw's`,
      measured: ratio("p99", "raw"),
      toReach: atMost(3.5),
      dream: atMost(2),
      ...common,
    },
  ];
}
