import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/clock.ts";
import type { Database } from "../../src/database/database.ts";
import { type Box, startBox } from "../../src/sandbox/start-box.ts";
import { type Front, startFront } from "./front.ts";
import { type Life, startLife } from "./life.ts";
import { startDatabaseProxy, startHttpProxy } from "./proxies/database-proxy.ts";
import type { TcpProxy } from "./proxies/tcp-proxy.ts";
import { previousVersion } from "./previous-version.ts";
import { type Replicas, startReplicas } from "./replicas.ts";
import { type ChaosServer, startServer } from "./server.ts";
import { type Takeovers, watchTakeovers } from "./takeover.ts";
import { createWitness, type Witness } from "./witness.ts";

/** Replicas, each with a proxy before its database and its GitHub, a load balancer before them, and people at work. */
export interface Stage {
  readonly server: ChaosServer;
  readonly box: Box;
  readonly front: Front;
  readonly replicas: Replicas;
  /** By replica. */
  readonly databaseProxies: readonly TcpProxy[];
  readonly githubProxies: readonly TcpProxy[];
  /** For whoever judges, without a proxy. */
  readonly database: Database;
  readonly witness: Witness;
  readonly life: Life;
  readonly takeovers: Takeovers;
  /** GUIDs of deliveries that were answered with success, besides those of the GitHub here. */
  readonly acknowledged: string[];
  readonly close: () => Promise<void>;
}

export interface StageOptions {
  readonly replicas: number;
  /** Whether the room of PostgreSQL's files can be filled, where this machine lets us. */
  readonly fillable?: boolean;
  readonly clock?: Clock;
  readonly environment?: Readonly<Record<string, string>>;
  /** Begins with the code before the newest migration, where there is any. */
  readonly before?: boolean;
}

/** An hour of deadlines: three days are 18 s. */
export const HOUR = 250;
/** For whoever asks the gate by its address. */
export const API_TOKEN = "chaos-api-token-of-forty-characters-or-so";

export async function openStage(options: StageOptions): Promise<Stage> {
  const stops: (() => Promise<unknown>)[] = [];
  async function close(): Promise<void> {
    for (const stop of stops.splice(0).reverse()) await stop();
  }
  try {
    const directory = await mkdtemp(join(tmpdir(), "holdpoint-chaos-"));
    stops.push(() => rm(directory, { recursive: true, force: true }));
    const server = await startServer({ fillable: options.fillable ?? false });
    stops.push(server.stop);
    const box = await startBox({ directory, clock: options.clock ?? { now: () => new Date() } });
    stops.push(box.stop);
    const front = await startFront();
    stops.push(front.stop);
    const databaseProxies: (TcpProxy & { readonly url: string })[] = [];
    const githubProxies: (TcpProxy & { readonly url: string })[] = [];
    for (let index = 0; index < options.replicas; index += 1) {
      databaseProxies.push(await startDatabaseProxy(server.url));
      githubProxies.push(await startHttpProxy(box.githubUrl));
    }
    stops.push(() => Promise.all([...databaseProxies, ...githubProxies].map((proxy) => proxy.close())));
    const takeovers = watchTakeovers(server);
    stops.push(takeovers.stop);
    const environment = {
      ...box.environment,
      HOLDPOINT_DATA_DIR: join(directory, "data"),
      HOLDPOINT_URL: front.url,
      HOLDPOINT_API_TOKENS: `chaos:${API_TOKEN}:*`,
      PORT: "0",
      NODE_COMPILE_CACHE: join(directory, "compiled"),
      LOG_LEVEL: "warn",
      CHAOS_HOUR: String(HOUR),
      ...options.environment,
    };
    const previous = options.before === true ? previousVersion() : null;
    const replicas = startReplicas({
      count: options.replicas,
      environment,
      environmentOf: (index) => ({
        DATABASE_URL: databaseProxies[index]?.url ?? "",
        CHAOS_GITHUB_PROXY: githubProxies[index]?.url ?? "",
      }),
      front,
      onKilled: takeovers.noteKill,
      ...(previous?.state === "there" ? { script: previous.script } : {}),
    });
    stops.push(replicas.stop);
    await replicas.ready();
    const database = await server.open();
    stops.push(database.close);
    box.connect(front.url);
    await box.github.control.createOrganisation({ login: "acme" });
    const witness = await createWitness(box.github);
    const life = startLife(box, witness);
    stops.push(life.stop);
    return {
      server,
      box,
      front,
      replicas,
      databaseProxies,
      githubProxies,
      database,
      witness,
      life,
      takeovers,
      close,
      acknowledged: [],
    };
  } catch (error) {
    await close();
    throw error;
  }
}
