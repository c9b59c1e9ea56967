import { createHmac, randomUUID } from "node:crypto";
import { asError } from "../../../errors.ts";
import type { Account, Installation, Json, Repository } from "../model.ts";
import type { World } from "../world.ts";

/** One attempt at telling the App of one event; a second attempt has the same GUID and a number of its own. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly deliveredAt: Date;
  readonly redelivery: boolean;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  /** Exactly what went over the wire. */
  readonly body: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** null while it is under way. */
  outcome: Outcome | null;
}

export interface Outcome {
  /** `OK`, or what went wrong: only `OK` is success. */
  readonly status: string;
  /** 0: nobody answered. */
  readonly statusCode: number;
  readonly seconds: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
}

export interface Target {
  readonly url: string;
  readonly secret: string;
}

/** What may befall a delivery on its way; see the lies. */
export type Fate = "arrives" | "twice" | "after-the-next" | "lost" | "refused";

export interface DeliveriesOptions {
  readonly deliver: (request: Request) => Promise<Response>;
  readonly target: () => Target | null;
  readonly fate: (event: string) => Fate;
  /** How many may be under way at a time; 1 keeps the order, which GitHub does not promise. */
  readonly atOnce: number;
  /** For how long the receiver is waited for. */
  readonly timeoutMilliseconds: number;
}

export interface Deliveries {
  readonly send: (world: World, event: string, action: string | null, payload: Json, about: About) => void;
  /** Again, under the same GUID; false: there is no such delivery. */
  readonly redeliver: (world: World, id: number) => boolean;
  /** Newest first. */
  readonly list: () => readonly Delivery[];
  readonly find: (id: number) => Delivery | null;
  /** Resolves when every delivery so far, and what followed from it here, has its outcome. */
  readonly settled: () => Promise<void>;
}

export interface About {
  readonly sender: Account;
  readonly repository: Repository | null;
  readonly installation: Installation | null;
}

const KEPT_DELIVERIES = 20_000;

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const kept = new Map<number, Delivery>();
  const waiting: Delivery[] = [];
  const heldBack: Delivery[] = [];
  const underWay = new Set<Promise<void>>();

  function keep(delivery: Delivery): Delivery {
    kept.set(delivery.id, delivery);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_DELIVERIES && oldest !== undefined) kept.delete(oldest);
    return delivery;
  }

  function send(world: World, event: string, action: string | null, payload: Json, about: About): void {
    const target = options.target();
    if (target === null) return;
    const fate = options.fate(event);
    if (fate === "lost") return;
    const body = JSON.stringify(payload);
    const guid = randomUUID();
    const delivery = keep({
      id: world.nextId(),
      guid,
      deliveredAt: world.now(),
      redelivery: false,
      event,
      action,
      installationId: about.installation?.id ?? null,
      repositoryId: about.repository?.id ?? null,
      body,
      requestHeaders: headersFor(world, event, guid, body, target),
      outcome: null,
    });
    if (fate === "refused") {
      delivery.outcome = failure("Service Unavailable", 503);
      return;
    }
    if (fate === "after-the-next") {
      heldBack.push(delivery);
      return;
    }
    waiting.push(delivery, ...heldBack.splice(0));
    if (fate === "twice") waiting.push(keep({ ...delivery, id: world.nextId() }));
    work();
  }

  function work(): void {
    while (underWay.size < options.atOnce) {
      const delivery = waiting.shift();
      if (delivery === undefined) return;
      const attempt = makeAttempt(delivery).finally(() => {
        underWay.delete(attempt);
        work();
      });
      underWay.add(attempt);
    }
  }

  async function makeAttempt(delivery: Delivery): Promise<void> {
    const target = options.target();
    if (target === null) {
      delivery.outcome = failure("there is nobody to deliver to", 0);
      return;
    }
    const startedAt = performance.now();
    try {
      const request = new Request(target.url, {
        method: "POST",
        headers: delivery.requestHeaders,
        body: delivery.body,
        signal: AbortSignal.timeout(options.timeoutMilliseconds),
      });
      const response = await options.deliver(request);
      delivery.outcome = {
        status: response.ok ? "OK" : response.statusText || `Invalid HTTP Response: ${response.status}`,
        statusCode: response.status,
        seconds: since(startedAt),
        responseHeaders: Object.fromEntries(response.headers),
        responseBody: (await response.text()).slice(0, 10_000),
      };
    } catch (error) {
      // That nobody takes it is what a delivery records, not a fault of the sandbox.
      const timedOut = asError(error).name === "TimeoutError";
      delivery.outcome = {
        ...failure(timedOut ? "timed out" : "failed to connect to host", 0),
        seconds: since(startedAt),
      };
    }
  }

  return {
    send,
    redeliver: (world, id) => {
      const delivery = kept.get(id);
      if (delivery === undefined) return false;
      const again = {
        ...delivery,
        id: world.nextId(),
        deliveredAt: world.now(),
        redelivery: true,
        outcome: null,
      };
      waiting.push(keep(again));
      work();
      return true;
    },
    list: () => [...kept.values()].toReversed(),
    find: (id) => kept.get(id) ?? null,
    settled: async () => {
      waiting.push(...heldBack.splice(0));
      work();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function since(startedAt: number): number {
  return Math.round(performance.now() - startedAt) / 1_000;
}

function failure(status: string, statusCode: number): Outcome {
  return { status, statusCode, seconds: 0, responseHeaders: {}, responseBody: null };
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers */
function headersFor(
  world: World,
  event: string,
  guid: string,
  body: string,
  { secret }: Target,
): Readonly<Record<string, string>> {
  const sign = (algorithm: string): string => createHmac(algorithm, secret).update(body).digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/sandbox",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": "1",
    "x-github-hook-installation-target-id": String(world.app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": `sha1=${sign("sha1")}`,
    "x-hub-signature-256": `sha256=${sign("sha256")}`,
  };
}
