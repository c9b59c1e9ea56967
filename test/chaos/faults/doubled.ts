import { randomUUID } from "node:crypto";
import { genuineDeliveries, sendDelivery } from "../send-delivery.ts";
import type { Stage } from "../stage.ts";
import { type ChaosFault, done } from "./fault.ts";

const AT_ONCE = 16;
const PAIRS_A_TIME = 500;

export const doubled: ChaosFault = {
  name: "doubled",
  told: "deliveries that come twice at once, the same GUID to two replicas: one row, and one effect",
  async strike(stage, { times }) {
    await stage.life.begin();
    await stage.life.begin();
    let pairs = 0;
    const wanted = times * PAIRS_A_TIME;
    // What is sent comes of what people do meanwhile.
    const end = stage.life.beginEvery(8_000);
    async function sendPairs(): Promise<void> {
      while (pairs < wanted) {
        const patterns = genuineDeliveries(stage);
        const pattern = patterns[pairs % Math.max(1, patterns.length)];
        if (pattern === undefined) throw new Error("nothing was delivered yet");
        pairs += 1;
        await sendPair(stage, pattern);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sendPairs));
    end();
    return done({ "doubled deliveries": wanted });
  },
};

async function sendPair(stage: Stage, pattern: Parameters<typeof sendDelivery>[1]): Promise<void> {
  const guid = randomUUID();
  await Promise.all([sendDelivery(stage, pattern, guid), sendDelivery(stage, pattern, guid)]);
  stage.acknowledged.push(guid);
}
