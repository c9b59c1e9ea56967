import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, request as startRequest } from "node:http";
import type { Database } from "../../src/database/database.ts";
import { isDeliveryId } from "../../src/domain/brands.ts";
import type { DeliveryId } from "../../src/domain/model.ts";
import { createTranslator } from "../../src/ingress/create-translator.ts";
import { type DeliveryWriter, createDeliveryWriter } from "../../src/ingress/delivery-writer.ts";
import { type Intake, createIntake } from "../../src/ingress/intake.ts";
import type { ProcessingDependencies } from "../../src/ingress/process-delivery.ts";
import { type ByteBudget, createByteBudget } from "../../src/ingress/read-body.ts";
import type { RefusalCode } from "../../src/ingress/refusal.ts";
import { type ServerTimes, createHttpServer, stopHttpServer } from "../../src/ingress/server.ts";
import type { Log } from "../../src/log.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { silentLog } from "../database/loud-log.ts";
import { wallClock } from "../queue/queue-fixture.ts";

/** The secret of the example in GitHub's documentation. */
export const SECRET = "It's a Secret to Everybody";
export const JIRA_SECRET = "jira's own secret";
export const APP_ID = 4711;

export interface IntakeFixture {
  readonly server: Server;
  readonly port: number;
  readonly intake: Intake;
  readonly writer: DeliveryWriter;
  readonly budget: ByteBudget;
  readonly refused: () => Partial<Record<RefusalCode, number>>;
  readonly close: () => Promise<void>;
}

export interface IntakeFixtureOptions {
  readonly database: Database;
  readonly queue: Pick<Queue, "deliveryJobs">;
  readonly secrets?: readonly string[];
  readonly jiraSecrets?: readonly string[];
  readonly budget?: number;
  readonly times?: ServerTimes;
  readonly patience?: number;
  readonly log?: Log;
}

/** The intake as it runs in production, on a port of its own. */
export async function startIntake(options: IntakeFixtureOptions): Promise<IntakeFixture> {
  const { database, queue, log = silentLog } = options;
  const budget = createByteBudget(options.budget ?? 100 * 1024 * 1024);
  const writer = createDeliveryWriter(database, queue, wallClock, options.patience);
  const intake = createIntake({
    secrets: { github: options.secrets ?? [SECRET], jira: options.jiraSecrets ?? [JIRA_SECRET] },
    writer,
    budget,
    log,
  });
  const server = createHttpServer(intake, (_request, response) => void response.writeHead(404).end(), {
    times: options.times,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server has a port");
  return {
    server,
    port: address.port,
    intake,
    writer,
    budget,
    refused: () => Object.fromEntries(intake.counts().refused),
    close: () => stopHttpServer(server, 2_000),
  };
}

export function signatureOf(body: string | Buffer, secret: string = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export function githubHeaders(body: string | Buffer, given: Headers = {}): Headers {
  return {
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": "push",
    "x-github-hook-installation-target-type": "integration",
    "x-github-hook-installation-target-id": String(APP_ID),
    "x-hub-signature-256": signatureOf(body),
    ...given,
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One POST on a connection of its own. */
export async function post(
  port: number,
  body: string | Buffer,
  headers: Headers,
  path = "/api/github/webhooks",
): Promise<Answer> {
  const request = startRequest({
    port,
    host: "127.0.0.1",
    path,
    method: "POST",
    agent: false,
    headers: {
      "content-length": Buffer.byteLength(body),
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          typeof value === "string" ? value : [...value],
        ]),
      ),
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on("response", resolve);
    // The server may end the connection while the body is still being sent; an answer that came counts.
    request.on("error", reject);
  });
  request.end(body);
  const response = await answered;
  let text = "";
  response.setEncoding("utf8");
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, text };
}

/** Signs the payload and posts it as GitHub does. */
export async function deliver(
  port: number,
  event: string,
  payload: unknown,
  headers: Headers = {},
): Promise<Answer> {
  const body = JSON.stringify(payload);
  return post(port, body, githubHeaders(body, { "x-github-event": event, ...headers }));
}

export interface DeliveryRow {
  readonly id: string;
  readonly event: string;
  readonly state: string;
  readonly reason: string | null;
  readonly redeliveries: number;
  readonly body: Buffer;
}

export function listDeliveries(database: Database): Promise<readonly DeliveryRow[]> {
  return database.query<DeliveryRow>(
    "select id, event, state, reason, redeliveries, body from holdpoint.delivery order by received_at, id",
  );
}

export function listDeliveryJobs(database: Database): Promise<readonly { readonly id: string }[]> {
  return database.query("select data->>'id' as id from pgboss.job where name = 'delivery' order by 1");
}

/** What processing needs; the key is none, because no call is made. */
export async function processing(
  database: Database,
  queue: Pick<Queue, "enqueue">,
  log: Log = silentLog,
): Promise<ProcessingDependencies> {
  const translate = await createTranslator({
    appId: APP_ID,
    privateKey: "no key: nobody is called",
    webhookSecret: SECRET,
  });
  return { appId: APP_ID, translate, database, queue, clock: wallClock, log };
}

export function deliveryId(text: string): DeliveryId {
  if (!isDeliveryId(text)) throw new RangeError("a delivery's id is expected");
  return text;
}
