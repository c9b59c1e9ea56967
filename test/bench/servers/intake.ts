import { generateKeyPairSync } from "node:crypto";
import { startClock } from "../../../src/clock.ts";
import { openDatabase } from "../../../src/database/open-database.ts";
import { createDeliveryWriter } from "../../../src/ingress/delivery-writer.ts";
import { createIntake } from "../../../src/ingress/intake.ts";
import { createTranslator } from "../../../src/ingress/create-translator.ts";
import { processDelivery } from "../../../src/ingress/process-delivery.ts";
import { createByteBudget, MAX_BYTES_IN_FLIGHT } from "../../../src/ingress/read-body.ts";
import { createHttpServer } from "../../../src/ingress/server.ts";
import { createLog } from "../../../src/log.ts";
import { createQueue } from "../../../src/queue/create-queue.ts";
import { SECRET } from "../payloads.ts";
import { announce, untilLetGo } from "./parent.ts";

/**
 * Holdpoint's intake, put together as `main.ts` does it. Its workers are off, or (BENCH_WORKERS) translate what comes
 * in; looks and effects then end at once, for there is no GitHub here.
 */
const url = process.env["BENCH_DATABASE"] ?? "";
const clock = startClock(new Date(), () => performance.now());
const log = createLog({
  level: "error",
  clock,
  write: (line) => void process.stderr.write(line),
  secrets: [],
});
const database = await openDatabase({ url, purpose: "work", log });
const intakeDatabase = await openDatabase({ url, purpose: "intake", log });
const queue = await createQueue({ url, database, clock, log });
const writer = createDeliveryWriter(intakeDatabase, queue, clock);
const budget = createByteBudget(MAX_BYTES_IN_FLIGHT);
const intake = createIntake({ secrets: { github: [SECRET], jira: [] }, writer, budget, log });
if (process.env["BENCH_WORKERS"] === "on") {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const translate = await createTranslator({ appId: 1, privateKey, webhookSecret: SECRET });
  await queue.work({
    delivery: ({ id }) => processDelivery({ appId: 1, translate, database, queue, clock, log }, id),
    look: () => Promise.resolve(),
    effect: () => Promise.resolve(),
  });
}
const server = createHttpServer(intake, (_, response) => response.writeHead(404).end());
await announce(server);
untilLetGo(async () => {
  server.closeAllConnections();
  await writer.settled();
  await queue.stop(1_000);
  await intakeDatabase.close();
  await database.close();
});
