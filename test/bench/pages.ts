import { openDatabase } from "../../src/database/open-database.ts";
import { type BenchServer, benchLog } from "./database.ts";
import { type Figure, type Section, atMost } from "./figure.ts";
import { SIGN_IN, signSomebodyIn } from "./signed-in.ts";
import { OWNER, openStage, type Stage } from "./stage.ts";
import { median, quantile } from "./statistics.ts";

const LARGE = "large";
const COMMITS = 1_000;
const QUIET = 10;
const SETTLED = 1_500;
/** A ticket that Jira does not know. */
const UNKNOWN_TICKET = 900_000;

export interface PagesOptions {
  readonly repositories: number;
  readonly rounds: number;
}

/** How long the server takes for the two pages that are open all day. */
export async function measurePages(
  postgres: BenchServer,
  { repositories, rounds }: PagesOptions,
): Promise<Section> {
  const stage = await openStage(postgres, SIGN_IN);
  const database = await openDatabase({ url: stage.databaseUrl, purpose: "work", log: benchLog });
  try {
    await fill(stage, repositories);
    const cookie = await signSomebodyIn(database);
    const overview = await time(stage, "/", cookie, rounds);
    const large = await time(stage, `/${OWNER}/${LARGE}`, cookie, rounds);
    const quiet = await time(stage, `/${OWNER}/repository-1`, cookie, rounds);
    return {
      title: "Pages of the cockpit",
      method: [
        `The overview of somebody who may see ${String(repositories + 1)} repositories, and the page of one whose next deploy has ${COMMITS.toLocaleString("en")} commits with a ticket each, everything about them stored by real looks; ${String(rounds)} requests for each, one after the other, after 20 that are not counted. From the request to the last byte of the page, over loopback; a browser's own work is not in it.`,
      ],
      figures: [
        ...figuresOf(`overview, ${String(repositories)} repositories`, overview, true),
        ...figuresOf(`repository, ${COMMITS.toLocaleString("en")} commits`, large, true),
        ...figuresOf("repository, 1 commit", quiet, false),
      ],
      table: {
        head: ["page", "KB", "p50 ms", "p90 ms", "p99 ms"],
        rows: [
          rowOf("overview", overview),
          rowOf(`repository, ${COMMITS.toLocaleString("en")} commits`, large),
          rowOf("repository, 1 commit", quiet),
        ],
      },
    };
  } finally {
    await database.close();
    await stage.stop();
  }
}

/** Half of them open, half held, and one whose deploy is large. */
async function fill(stage: Stage, repositories: number): Promise<void> {
  await stage.tell({ kind: "create-tickets", last: COMMITS });
  for (let index = 1; index <= repositories; index += 1) {
    const repository = `repository-${String(index)}`;
    await stage.tell({ kind: "create-repository", repository });
    const ticket = index % 2 === 0 ? index : UNKNOWN_TICKET + index;
    await stage.watch({ kind: "push", repository, ticket, quiet: QUIET });
  }
  await stage.tell({ kind: "create-repository", repository: LARGE });
  await stage.watch({ kind: "push-many", repository: LARGE, count: COMMITS, quiet: SETTLED });
  await stage.watch({ kind: "listen", quiet: SETTLED });
}

interface Timed {
  readonly times: readonly number[];
  readonly bytes: number;
}

async function time(stage: Stage, path: string, cookie: string, rounds: number): Promise<Timed> {
  const times: number[] = [];
  let bytes = 0;
  for (let round = -20; round < rounds; round += 1) {
    const startedAt = performance.now();
    const response = await fetch(`${stage.holdpointUrl}${path}`, { headers: { cookie }, redirect: "manual" });
    const body = await response.arrayBuffer();
    const took = performance.now() - startedAt;
    if (response.status !== 200) throw new Error(`${path} was answered ${String(response.status)}`);
    bytes = body.byteLength;
    if (round >= 0) times.push(took);
  }
  return { times, bytes };
}

function figuresOf(name: string, { times }: Timed, wanted: boolean): readonly Figure[] {
  const common = { unit: "ms", dream: null, reason: "" } as const;
  return [
    { name: `${name}: p50`, measured: median(times), toReach: wanted ? atMost(100) : null, ...common },
    { name: `${name}: p99`, measured: quantile(times, 0.99), toReach: null, ...common },
  ];
}

function rowOf(name: string, { times, bytes }: Timed): readonly string[] {
  const parts = [0.5, 0.9, 0.99].map((part) => quantile(times, part).toFixed(1));
  return [name, (bytes / 1_000).toFixed(0), ...parts];
}
