import { once } from "node:events";
import { connect } from "node:net";
import { z } from "zod";
import { quantile } from "../statistics.ts";
import { type Round, drive } from "./drive.ts";
import { tell, untilLetGo } from "./parent.ts";

const questionSchema = z.object({
  port: z.int(),
  path: z.string(),
  token: z.string(),
  connections: z.int(),
  seconds: z.number(),
});

/** Asks the same question over so many connections for so long. */
async function run(question: z.infer<typeof questionSchema>): Promise<object> {
  const { port, path, token, connections, seconds } = question;
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${String(port)}\r\nauthorization: Bearer ${token}\r\naccept: application/json\r\n\r\n`,
  );
  const sockets = Array.from({ length: connections }, () =>
    connect({ port, host: "127.0.0.1", noDelay: true }),
  );
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  const round: Round = { times: [], refused: 0 };
  const startedAt = performance.now();
  function next(): Buffer | null {
    return performance.now() - startedAt >= seconds * 1_000 ? null : request;
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
