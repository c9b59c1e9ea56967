import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { z } from "zod";
import { GUID_LENGTH, type Prepared, prepare } from "../payloads.ts";
import { quantile } from "../statistics.ts";
import { type Round, drive } from "./drive.ts";
import { tell, untilLetGo } from "./parent.ts";

const questionSchema = z.object({
  port: z.int(),
  size: z.enum(["7 KB", "1 MB"]),
  connections: z.int(),
  seconds: z.number(),
});

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
  await Promise.all(sockets.map((socket) => drive(socket, stamped(next), round)));
  const took = (performance.now() - startedAt) / 1_000;
  return {
    rate: round.times.length / took,
    p50: quantile(round.times, 0.5),
    p99: quantile(round.times, 0.99),
    answered: round.times.length,
    refused: round.refused,
  };
}

/** Each request under a GUID of its own, in a buffer of the connection's own. */
function stamped(next: () => Prepared | null): () => Buffer | null {
  let bytes = Buffer.alloc(0);
  return () => {
    const request = next();
    if (request === null) return null;
    if (bytes.length !== request.bytes.length) bytes = Buffer.from(request.bytes);
    else request.bytes.copy(bytes);
    bytes.write(randomUUID(), request.guidAt, GUID_LENGTH, "latin1");
    return bytes;
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
