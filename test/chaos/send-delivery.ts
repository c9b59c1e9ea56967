import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Delivery } from "../../src/sandbox/github/webhooks/deliveries.ts";
import type { Stage } from "./stage.ts";

/** One that was answered with success. */
export interface Acknowledged {
  readonly guid: string;
  readonly milliseconds: number;
  /** Tries that nobody answered with success, before this one. */
  readonly refused: number;
}

const TRIES = 60;
const AGAIN_AFTER = 500;

/** Hands a delivery over, again and again until somebody takes it: GitHub would wait longer in between. */
export async function sendDelivery(
  { front }: Pick<Stage, "front">,
  { body, requestHeaders }: Delivery,
  guid: string = randomUUID(),
): Promise<Acknowledged> {
  for (let refused = 0; refused < TRIES; refused += 1) {
    const startedAt = performance.now();
    const headers = { ...requestHeaders, "x-github-delivery": guid };
    const status = await post(`${front.url}/api/github/webhooks`, headers, body);
    const milliseconds = performance.now() - startedAt;
    if (status >= 200 && status < 300) return { guid, milliseconds, refused };
    await pause(AGAIN_AFTER);
  }
  throw new Error(`nobody took delivery ${guid}`);
}

/** Fewer than a listener lets wait at its door: the rest would knock again only seconds later, and be counted as slow. */
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** The status; 0: there was no answer. */
function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { method: "POST", headers, agent }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", () => resolve(0));
    });
    sent.once("error", () => resolve(0));
    sent.end(body);
  });
}

/** Deliveries of every kind that there were, of all that were taken; waits for the first. */
export async function genuineDeliveries({ box }: Pick<Stage, "box">): Promise<readonly Delivery[]> {
  for (;;) {
    const taken = box.github.deliveries.list().filter(({ outcome }) => outcome?.status === "OK");
    if (taken.length > 0) return taken;
    await pause(AGAIN_AFTER);
  }
}
