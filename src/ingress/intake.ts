import { isUtf8 } from "node:buffer";
import { hash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isDeliveryId } from "../domain/brands.ts";
import type { DeliveryId } from "../domain/model.ts";
import { deliveryStored } from "../domain/wording/ingress.ts";
import { Fault, asError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { DeliverySource } from "../store/delivery.ts";
import { answerRefusal } from "./answer-refusal.ts";
import { type DeliveryHeaders, readDeliveryHeaders } from "./delivery-headers.ts";
import type { DeliveryWriter } from "./delivery-writer.ts";
import { type ByteBudget, readBody } from "./read-body.ts";
import type { Refusal, RefusalCode } from "./refusal.ts";
import { prepareSecrets, startSignatureCheck } from "./signature.ts";

export interface IntakeOptions {
  /** By source; empty: that source is refused. */
  readonly secrets: Readonly<Record<DeliverySource, readonly string[]>>;
  readonly writer: DeliveryWriter;
  readonly budget: ByteBudget;
  readonly log: Log;
}

export interface Intake {
  /** Takes one delivery: bounded, verified, stored, and only then answered 202. */
  readonly take: (
    source: DeliverySource,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  readonly counts: () => { readonly accepted: number; readonly refused: ReadonlyMap<RefusalCode, number> };
  /** From now on every request is asked to come again. */
  readonly stop: () => void;
}

/** The door of webhooks. Nothing is parsed or logged before the signature over the raw bytes was right. */
export function createIntake(options: IntakeOptions): Intake {
  const { writer, budget, log } = options;
  const secrets = {
    github: prepareSecrets(options.secrets.github),
    jira: prepareSecrets(options.secrets.jira),
  };
  const refused = new Map<RefusalCode, number>();
  let accepted = 0;
  let stopping = false;

  function accept(response: ServerResponse): void {
    accepted += 1;
    if (response.destroyed) return;
    response.writeHead(202, stopping ? { ...ACCEPTED_HEADERS, connection: "close" } : ACCEPTED_HEADERS);
    response.end(deliveryStored());
  }

  /** Null: stored. */
  async function receive(source: DeliverySource, request: IncomingMessage): Promise<Refusal | null> {
    if (stopping) return { status: 503, code: "stopping" };
    if (secrets[source].length === 0) return { status: 503, code: "not-configured" };
    const read = readDeliveryHeaders(source, request);
    if (!read.ok) return read.refusal;
    const signature = startSignatureCheck(secrets[source]);
    const received = await readBody(request, budget, signature.update);
    if (!received.ok) return received.refusal;
    const { body } = received;
    try {
      if (!signature.matches(read.headers.signature)) return { status: 401, code: "signature-wrong" };
      if (!isUtf8(body)) return { status: 400, code: "not-utf8" };
      return await store(source, read.headers, body);
    } finally {
      budget.give(body.length);
    }
  }

  async function store(
    source: DeliverySource,
    { id, event, appId }: DeliveryHeaders,
    body: Buffer,
  ): Promise<Refusal | null> {
    const bodyHash = hash("sha256", body, "buffer");
    const known = id ?? idFromHash(bodyHash);
    try {
      await writer.write({ id: known, source, event: event ?? source, appId, body, bodyHash });
      return null;
    } catch (error) {
      log.error("a delivery could not be stored", {
        delivery: known,
        code: error instanceof Fault ? error.code : "unexpected",
        error: asError(error),
      });
      return { status: 503, code: "not-stored" };
    }
  }

  return {
    async take(source, request, response) {
      try {
        const refusal = await receive(source, request);
        if (refusal === null) return accept(response);
        refused.set(refusal.code, (refused.get(refusal.code) ?? 0) + 1);
        answerRefusal(request, response, refusal);
      } catch (error) {
        log.error("a webhook broke the intake", { error: asError(error) });
        response.destroy();
      }
    },
    counts: () => ({ accepted, refused: new Map(refused) }),
    stop() {
      stopping = true;
    },
  };
}

const ACCEPTED_HEADERS = {
  "content-type": "text/plain; charset=utf-8",
  "content-length": Buffer.byteLength(deliveryStored()),
};

/** Jira Data Center names no identifier: the same body is the same delivery. */
function idFromHash(bodyHash: Buffer): DeliveryId {
  const id = `jira:${bodyHash.toString("hex")}`;
  if (!isDeliveryId(id)) throw new Error("a hash in hex is always an id");
  return id;
}
