import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { z } from "zod";
import { GUID_LENGTH, type Prepared, prepare } from "../payloads.ts";
import { quantile } from "../statistics.ts";
import { tell, untilLetGo } from "./parent.ts";

const questionSchema = z.object({
  port: z.int(),
  size: z.enum(["7 KB", "1 MB"]),
  connections: z.int(),
  seconds: z.number(),
});

/** Answers of one round: their times in milliseconds, and how many were not 2xx. */
interface Round {
  readonly times: number[];
  refused: number;
}

/**
 * One connection: the next request goes out when the answer to the one before has come. Only status line and length of the
 * answer are read.
 */
function drive(socket: Socket, next: () => Prepared | null, round: Round): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let answer = "";
    let bytes = Buffer.alloc(0);

    function send(): void {
      const request = next();
      if (request === null) {
        socket.end();
        return resolve();
      }
      if (bytes.length !== request.bytes.length) bytes = Buffer.from(request.bytes);
      else request.bytes.copy(bytes);
      bytes.write(randomUUID(), request.guidAt, GUID_LENGTH, "latin1");
      sentAt = performance.now();
      socket.write(bytes);
    }

    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString("latin1");
      if (!isWhole(answer)) return;
      round.times.push(performance.now() - sentAt);
      if (!/^HTTP\/1\.1 20[0-9] /.test(answer)) round.refused += 1;
      answer = "";
      send();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server ended a connection")));
    send();
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(answer.slice(0, end))?.[1];
  if (length === undefined) return answer.endsWith("0\r\n\r\n");
  return answer.length >= end + 4 + Number(length);
}

async function run({ port, size, connections, seconds }: z.infer<typeof questionSchema>): Promise<object> {
  const requests = prepare(size, port);
  const sockets = Array.from({ length: connections }, () =>
    connect({ port, host: "127.0.0.1", noDelay: true }),
  );
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  const round: Round = { times: [], refused: 0 };
  const startedAt = performance.now();
  let turn = 0;
  function next(): Prepared | null {
    if (performance.now() - startedAt >= seconds * 1_000) return null;
    turn += 1;
    return requests[turn % requests.length] ?? null;
  }
  await Promise.all(sockets.map((socket) => drive(socket, next, round)));
  const took = (performance.now() - startedAt) / 1_000;
  return {
    rate: round.times.length / took,
    p50: quantile(round.times, 0.5),
    p99: quantile(round.times, 0.99),
    answered: round.times.length,
    refused: round.refused,
  };
}

process.on("message", (message) => {
  run(questionSchema.parse(message)).then(tell, (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
untilLetGo(() => undefined);
tell({ ready: true });
