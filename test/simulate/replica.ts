import { readServerSettings } from "../../src/config.ts";
import { startHoldpoint } from "../../src/main.ts";
import type { Tick } from "../../src/queue/ticks.ts";
import type { Dice } from "./dice.ts";
import { createLife, type Life } from "./life.ts";
import { mortalDatabase } from "./mortal-database.ts";
import type { Letter } from "./mailbox.ts";
import type { Outside } from "./outside.ts";
import { createSteppedQueue, type QueueName, type SteppedQueue } from "./stepped-queue.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** One whole Holdpoint, as production puts it together; only its time, its way out and its queue's turns are given to it. */
export interface Replica {
  readonly life: Life;
  /** "none": no such job is due. "died": while it ran one. */
  readonly step: (name: QueueName) => Promise<"ran" | "none" | "died">;
  readonly tick: (name: string) => Promise<"ran" | "died">;
  readonly supervise: () => Promise<void>;
  /** The status that GitHub or Jira gets, where it lived to give one. */
  readonly receive: (letter: Letter) => Promise<number | "died">;
  readonly ask: (path: string) => Promise<unknown>;
  readonly parked: () => Promise<readonly { readonly lastError: string }[]>;
  readonly stop: () => Promise<void>;
}

export interface ReplicaOptions {
  readonly name: string;
  readonly databaseUrl: string;
  readonly dataDirectory: string;
  readonly outside: Outside;
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly write: (line: string) => void;
  readonly onCrossing: (where: string) => void;
}

const API_TOKEN = "a-token-of-the-simulation";

export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { outside, time, dice } = options;
  const life = createLife(options.onCrossing);
  const queues: SteppedQueue[] = [];
  const settings = readServerSettings(
    {
      ...outside.environment,
      DATABASE_URL: options.databaseUrl,
      HOLDPOINT_DATA_DIR: options.dataDirectory,
      HOLDPOINT_API_TOKENS: `simulation:${API_TOKEN}:*`,
      PORT: "0",
      LOG_LEVEL: "warn",
    },
    false,
  );
  if (!settings.ok) throw new Error(settings.problems.map(({ message }) => message).join("\n"));
  const running = await startHoldpoint({
    settings: settings.value,
    write: options.write,
    writeGapMilliseconds: 0,
    clock: time.clock,
    boundary: {
      fetch: outside.fetchOf(life),
      openDatabase: mortalDatabase(life),
      async createQueue(queue) {
        const stepped = await createSteppedQueue({ ...queue, bossClock: time.boss });
        queues.push(stepped);
        return stepped;
      },
      async sleep(milliseconds) {
        await life.through("a pause", async () => time.take(milliseconds));
      },
      random: dice.throw,
    },
  });
  const [queue] = queues;
  if (queue === undefined) throw new Error("Holdpoint started without asking for a queue");

  async function untilDeath<Result>(work: Promise<Result>): Promise<Result | "died"> {
    return await Promise.race([work, life.death.then((): "died" => "died")]);
  }

  return {
    life,
    async step(name) {
      const ran = await untilDeath(queue.step(name));
      return ran === "died" ? ran : ran ? "ran" : "none";
    },
    async tick(name) {
      const tick = findTick(running.ticks, name);
      return (await untilDeath(tick.run())) === "died" ? "died" : "ran";
    },
    supervise: queue.supervise,
    async receive({ path, headers, body }) {
      return await untilDeath(post(`${running.url}${path}`, headers, body));
    },
    async ask(path) {
      const headers = { authorization: `Bearer ${API_TOKEN}` };
      const response = await fetch(`${running.url}${path}`, { headers });
      const answer: unknown = await response.json();
      return answer;
    },
    parked: () => queue.listParked(100),
    stop: running.stop,
  };
}

async function post(url: string, headers: Letter["headers"], body: string): Promise<number> {
  const response = await fetch(url, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

function findTick(ticks: readonly Tick[], name: string): Tick {
  const found = ticks.find((tick) => tick.name === name);
  if (found === undefined) throw new Error(`there is no tick ${name}`);
  return found;
}
