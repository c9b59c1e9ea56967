import { randomUUID } from "node:crypto";
import type { Delivery } from "../../../src/sandbox/github/webhooks/deliveries.ts";
import { genuineDeliveries, sendDelivery } from "../send-delivery.ts";
import type { Stage } from "../stage.ts";
import { type ChaosFault, done } from "./fault.ts";

const AT_ONCE = 16;
const PAIRS_A_TIME = 500;
const REPOSITORY_EVERY = 8_000;
const KILL_EVERY = 4_000;
/** What is sent comes of what people do meanwhile. */
const PATTERNS_ANEW = 250;

export const doubled: ChaosFault = {
  name: "doubled",
  told: "500 deliveries that come twice at once, the same GUID to two replicas, one of which may be killed over it (every 4 s): one row, and one effect",
  async strike(stage, { random, times }) {
    await stage.life.begin();
    await stage.life.begin();
    const wanted = times * PAIRS_A_TIME;
    let pairs = 0;
    let patterns: readonly Delivery[] = await genuineDeliveries(stage);
    const end = stage.life.beginEvery(REPOSITORY_EVERY);
    const killing = setInterval(
      () => void stage.replicas.kill(Math.floor(random() * stage.replicas.count)),
      KILL_EVERY,
    );

    async function sendPairs(): Promise<void> {
      while (pairs < wanted) {
        if (pairs % PATTERNS_ANEW === 0) patterns = await genuineDeliveries(stage);
        const pattern = patterns[pairs % Math.max(1, patterns.length)];
        pairs += 1;
        if (pattern !== undefined) await sendPair(stage, pattern);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sendPairs));
    clearInterval(killing);
    end();
    return done({ "doubled deliveries": wanted });
  },
};

async function sendPair(stage: Stage, pattern: Delivery): Promise<void> {
  const guid = randomUUID();
  await Promise.all([sendDelivery(stage, pattern, guid), sendDelivery(stage, pattern, guid)]);
  stage.acknowledged.push(guid);
}
