import { z } from "zod";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { roundSchema } from "./accept.ts";
import { startChild } from "./child.ts";
import type { BenchServer } from "./database.ts";
import type { Entry } from "./entry.ts";
import { type Section, atMost } from "./figure.ts";
import { firstData, forgetMost, readMemory, startHoldpointProcess } from "./holdpoint-process.ts";
import { prepareOne } from "./payloads.ts";

const LARGEST = 25 * 1_024 * 1_024;
const AT_ONCE = 20;
/** Ours to state: 105 MB of bodies are held at most, and what the driver copies of a batch of 33 MB; see `read-body.ts`. */
const BOUND = 600;

/** What the process takes after a load of small deliveries, and at most while large ones come in. */
export async function measureMemory(postgres: BenchServer, entry: Entry, seconds: number): Promise<Section> {
  const holdpoint = await startHoldpointProcess(entry, {
    DATABASE_URL: await postgres.createDatabase("migrated"),
  });
  const load = await startChild("servers/load.ts", {}, z.unknown());
  try {
    const idle = readMemory(holdpoint.pid).now;
    const question = { port: holdpoint.port, size: "7 KB", connections: 32, seconds };
    const round = await load.ask(question, roundSchema);
    const during = readMemory(holdpoint.pid).most;
    await pause(5_000);
    const after = readMemory(holdpoint.pid).now;
    forgetMost(holdpoint.pid);
    const answers: number[] = [];
    for (let wave = 0; wave < 3; wave += 1) answers.push(...(await sendLargest(holdpoint.port)));
    const large = readMemory(holdpoint.pid).most;
    await pause(5_000);
    const afterLarge = readMemory(holdpoint.pid).now;
    const common = { unit: "MB", dream: null } as const;
    return {
      title: "Memory",
      method: [
        `Resident memory (VmRSS, VmHWM) of \`${entry.name} start\` with DATABASE_URL, its workers on; PostgreSQL's own processes are not counted. MB are 10^6 bytes.`,
        `After load: 5 s after ${String(seconds)} s of 7 KB pushes on 32 connections (${String(round.answered)} accepted). 25 MB: three waves of ${String(AT_ONCE)} bodies at once that cannot be compressed, every second one with a wrong signature; answered ${countAnswers(answers)}.`,
      ],
      figures: [
        {
          name: "after load",
          measured: after,
          toReach: atMost(220),
          reason: "most of it is room that V8 made for new objects under load and keeps",
          ...common,
        },
        {
          name: `most with ${String(AT_ONCE)} bodies of 25 MB at once`,
          measured: large,
          toReach: atMost(BOUND),
          reason: "",
          ...common,
        },
      ],
      table: {
        head: ["moment", "MB"],
        rows: [
          ["started, idle", idle.toFixed(0)],
          ["most under load", during.toFixed(0)],
          ["5 s after the load", after.toFixed(0)],
          ["most with large bodies", large.toFixed(0)],
          ["5 s after the large bodies", afterLarge.toFixed(0)],
        ],
      },
    };
  } finally {
    await load.stop();
    await holdpoint.stop();
  }
}

/** JSON that does not shrink. */
async function sendLargest(port: number): Promise<readonly number[]> {
  const noise = randomBytes(Math.ceil((LARGEST * 3) / 4)).toString("base64");
  const body = Buffer.from(JSON.stringify({ noise: noise.slice(0, LARGEST - 12) }));
  const good = prepareOne(body, port);
  const wrong = prepareOne(body, port, { secret: "somebody else's" });
  return await Promise.all(
    Array.from({ length: AT_ONCE }, (_, index) => sendOne(port, index % 2 === 0 ? good : wrong)),
  );
}

/** The status of the answer. The server may end the connection before it has read everything. */
async function sendOne(
  port: number,
  { bytes, guidAt }: { readonly bytes: Buffer; readonly guidAt: number },
): Promise<number> {
  const socket = connect({ port, host: "127.0.0.1" });
  await once(socket, "connect");
  const answered = firstData(socket);
  socket.write(bytes.subarray(0, guidAt));
  socket.write(randomUUID());
  socket.write(bytes.subarray(guidAt + 36));
  const answer = await answered;
  socket.destroy();
  return Number(/^HTTP\/1\.1 ([0-9]{3})/.exec(answer)?.[1]);
}

function countAnswers(answers: readonly number[]): string {
  const statuses = [...new Set(answers)].sort((one, other) => one - other);
  return statuses
    .map(
      (status) => `${String(status)} ${String(answers.filter((answer) => answer === status).length)} times`,
    )
    .join(", ");
}
