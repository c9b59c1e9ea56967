import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { DeliveryWriter } from "../../../src/ingress/delivery-writer.ts";
import { createIntake } from "../../../src/ingress/intake.ts";
import { createByteBudget } from "../../../src/ingress/read-body.ts";
import { createHttpServer, stopHttpServer } from "../../../src/ingress/server.ts";
import { createLog } from "../../../src/log.ts";
import type { NewDelivery } from "../../../src/store/delivery.ts";
import { requests, SECRET, type Sent } from "../requests.ts";
import { createTarget } from "../target.ts";

/** Milliseconds that a connection may stay open after everything was said. */
const PATIENCE = 5_000;

const stored: NewDelivery[] = [];
const logged: string[] = [];
const writer: DeliveryWriter = {
  async write(delivery) {
    await setImmediate();
    stored.push(delivery);
  },
  settled: () => Promise.resolve(),
  counts: () => ({ batches: 0, rows: 0 }),
};
const budget = createByteBudget(100 * 1024 * 1024);
const intake = createIntake({
  secrets: { github: [SECRET], jira: [SECRET] },
  writer,
  budget,
  log: createLog({
    level: "warn",
    clock: { now: () => new Date() },
    secrets: [],
    write: (line) => void logged.push(line),
  }),
});
const server = createHttpServer(intake, (_request, response) => void response.writeHead(404).end());
/** A socket of the file system: ports would run out. */
const folder = mkdtempSync(join(tmpdir(), "holdpoint-fuzz-"));
const path = join(folder, "http");

async function listen(): Promise<void> {
  if (server.listening) return;
  server.listen(path);
  await once(server, "listening");
}

interface Answered {
  readonly text: string;
  readonly closed: boolean;
  readonly stored: readonly NewDelivery[];
  readonly logged: readonly string[];
  readonly held: number;
}

/** Sends, says that this is all, and reads until the server closes the connection. */
async function send({ bytes, piece }: Sent): Promise<Answered> {
  await listen();
  stored.length = 0;
  logged.length = 0;
  const socket = connect({ path, allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => void chunks.push(chunk));
  // The server may end a connection while bytes are still being sent.
  socket.on("error", () => undefined);
  const gone = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
      socket.destroy();
    }, PATIENCE);
    socket.on("end", () => void socket.end());
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
  for (let at = 0; at < bytes.length; at += piece) socket.write(bytes.subarray(at, at + piece));
  socket.end();
  const closed = await gone;
  for (let turn = 0; turn < 20 && budget.held() > 0; turn += 1) await setImmediate();
  return {
    text: Buffer.concat(chunks).toString("latin1"),
    closed,
    stored: [...stored],
    logged: [...logged],
    held: budget.held(),
  };
}

const STATUSES: ReadonlySet<string> = new Set([
  "100",
  "202",
  "400",
  "401",
  "404",
  "408",
  "413",
  "415",
  "417",
  "431",
  "501",
  "503",
]);

export const intakeTarget = createTarget({
  name: "intake",
  claim:
    "bytes to the real HTTP server: headers, signatures, bodies up to 200 KB, lengths, chunks and pieces; stored is only what was rightly signed, byte for byte, what is right is taken, every connection ends, nothing is logged as broken, all memory is given back",
  inputs: requests,
  act: send,
  judge({ bytes, isRight }, answered) {
    if (!answered.closed) return "the connection stays open";
    if (answered.held > 0) return `${String(answered.held)} bytes are not given back`;
    if (answered.logged.length > 0) return `it is logged: ${answered.logged.join("")}`;
    for (const { body } of answered.stored) {
      const signature = createHmac("sha256", SECRET).update(body).digest("hex");
      if (!bytes.includes(signature)) return "a body was stored that nobody signed";
    }
    const statuses = Array.from(answered.text.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status = ""]) => status);
    const strange = statuses.find((status) => !STATUSES.has(status));
    if (strange !== undefined) return `it answers ${strange}`;
    if (/\bat .*:\d+|Error:/.test(answered.text)) return "the answer tells a stack trace";
    return isRight && statuses[0] !== "202" ? `a right delivery is answered ${statuses.join(" ")}` : null;
  },
  batch: 200,
  show: ({ bytes, piece }) => JSON.stringify({ bytes: bytes.toString("latin1"), piece }),
  async stop() {
    if (server.listening) await stopHttpServer(server, 1_000);
    rmSync(folder, { recursive: true, force: true });
  },
});
